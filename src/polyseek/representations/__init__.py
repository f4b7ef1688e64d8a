"""Asset -> arrays, pure and seeded: points, views, measures, silhouettes, voxels."""

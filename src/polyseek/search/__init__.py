"""Query -> Hits."""

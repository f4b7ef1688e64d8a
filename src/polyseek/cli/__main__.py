"""`python -m polyseek.cli` does what `polyseek` does."""

import sys

from polyseek.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""Made models: everyday things from a seed, with numpy only; for the demo, tests and training."""

from polyseek.procedural.assembly import Made
from polyseek.procedural.making import family, made, made_library, make
from polyseek.procedural.table import CATEGORIES

__all__ = ["CATEGORIES", "Made", "family", "made", "made_library", "make"]

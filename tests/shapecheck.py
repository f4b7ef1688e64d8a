"""The type checker that jaxtyping calls on every function of polyseek while the tests run: shapes, dtypes, classes."""

import sys

from beartype import BeartypeConf, beartype

# An int is welcome where a float is annotated (PEP 484's numeric tower), as for every other type checker.
check = beartype(conf=BeartypeConf(is_pep484_tower=True))

# A checked call takes several frames; readers nest as deep as limits.depth.
sys.setrecursionlimit(10_000)

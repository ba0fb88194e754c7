"""Words for values that no economy can have."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float

from gongfu.core import Problem

__all__ = ["refuse"]

SHOWN = 5


def refuse(
    name: str,
    values: Float[np.ndarray, "*shape"],
    fine: Bool[np.ndarray, "*shape"],
    expected: str,
    *,
    fix: str = "",
) -> Iterator[Problem]:
    """Yield a problem for each of the first values that are not fine, with its indices."""
    where = np.argwhere(~fine)
    more = f" (and {len(where) - SHOWN} more)" if len(where) > SHOWN else ""
    for index in where[:SHOWN]:
        place = f"[{', '.join(str(i) for i in index)}]" if index.size else ""
        found = f"{values[tuple(index)]:.6g}"
        yield Problem(f"{name}{place} is out of range{more}", expected, found, fix=fix)

"""Labels of groups as numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Int

from gongfu.core import InputError, Problem

__all__ = ["Grouping", "group_rows"]

_WIDEST_TABLE = 1 << 20
"""Range of whole-number labels up to which a table of all of them is cheaper than a sort."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Rows assigned to groups.

    Parameters
    ----------
    names : label of each group as text, in ascending order of the labels.
    code : position in ``names`` of each row's group.
    """

    names: tuple[str, ...]
    code: Int[np.ndarray, " row"]


def group_rows(labels: Sequence[Any] | np.ndarray, rows: int) -> Grouping:
    """Return the grouping that labels (text, whole numbers, booleans) describe.

    Raises
    ------
    InputError
        If there is not one label per row, or a label is missing.
    """
    array = np.asarray(labels)
    if array.shape != (rows,):
        raise InputError(
            Problem(
                "there is not one group label per income",
                expected=f"{rows} labels",
                found=f"an array of shape {array.shape}",
            )
        )
    if array.dtype.kind in "iub":
        return _group_numbers(array)
    return _group_texts(array.tolist())


def _group_numbers(labels: np.ndarray) -> Grouping:
    numbers = labels.astype(np.int64, copy=False)
    low, high = int(numbers.min()), int(numbers.max())
    if high - low >= _WIDEST_TABLE:
        present, code = np.unique(numbers, return_inverse=True)
    else:
        offset = numbers - low
        is_present = np.bincount(offset, minlength=high - low + 1) > 0
        present = np.flatnonzero(is_present) + low
        code = offset if is_present.all() else (np.cumsum(is_present) - 1)[offset]
    names = tuple(str(label) for label in present.astype(labels.dtype).tolist())
    return Grouping(names, code)


def _group_texts(labels: list[Any]) -> Grouping:
    text = {label: str(label) for label in set(labels)}
    _refuse_missing(labels, list(text))
    names = tuple(sorted(set(text.values())))
    position = {name: i for i, name in enumerate(names)}
    code = {label: position[name] for label, name in text.items()}
    return Grouping(names, np.fromiter(map(code.__getitem__, labels), np.int64, len(labels)))


def _refuse_missing(labels: list[Any], distinct: list[Any]) -> None:
    if not any(_is_missing(label) for label in distinct):
        return
    bad = [row for row, label in enumerate(labels) if _is_missing(label)]
    raise InputError(
        Problem(
            f"{len(bad)} rows have no group",
            found=f"{labels[bad[0]]!r} at position {bad[0]} (counted from 0)",
            fix="Give them a group of their own, or leave these rows out.",
        )
    )


def _is_missing(label: Any) -> bool:
    is_nan = isinstance(label, float) and math.isnan(label)
    return label is None or label == "" or is_nan

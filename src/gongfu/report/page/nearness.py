"""Whether two printed numbers can be one number, rounded on two machines."""

from __future__ import annotations

import csv
import io
import math
import re
from decimal import Decimal

__all__ = ["near_download", "near_text"]


def near_text(stated: str, right: str) -> bool:
    """Return whether two texts differ at most by one unit of the last digit of their numbers."""
    words, wanted = (_NUMBER.split(text) for text in (stated, right))
    numbers, others = (_NUMBER.findall(text) for text in (stated, right))
    return words == wanted and all(map(_near, numbers, others))


def near_download(stated: str, right: str) -> bool:
    """Return whether two CSV texts hold the same table, numbers within 1e-5."""
    said, wanted = _cells(stated), _cells(right)
    return (
        said is not None
        and wanted is not None
        and [len(row) for row in said] == [len(row) for row in wanted]
        and all(
            _same_cell(a, b)
            for row, other in zip(said, wanted, strict=True)
            for a, b in zip(row, other, strict=True)
        )
    )


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _near(stated: str, right: str) -> bool:
    if stated == right:
        return True
    a, b = (Decimal(text.replace(",", "")) for text in (stated, right))
    exponent = a.as_tuple().exponent
    assert isinstance(exponent, int), "the pattern finds digits only"
    # Whole numbers are years, counts and ranks: they have no last digit that rounding could move.
    return exponent < 0 and abs(a - b) <= Decimal(1).scaleb(exponent)


def _cells(text: str) -> list[list[str]] | None:
    try:
        return [*csv.reader(io.StringIO(text, newline=""))]
    except csv.Error:
        return None


def _same_cell(stated: str, right: str) -> bool:
    if stated == right:
        return True
    try:
        a, b = float(stated), float(right)
    except ValueError:
        return False
    # Simulated totals agree to 1e-5 between machines, everything else much closer.
    return math.isclose(a, b, rel_tol=1e-5, abs_tol=1e-7)

"""China's published fifths of households, at constant prices where a deflator reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Fifths", "published_fifths"]

VARIABLES = tuple(f"income_quintile_q{k}_all" for k in range(1, 6))


@dataclass(frozen=True, slots=True)
class Fifths:
    """Mean incomes of the five groups on two dates.

    Parameters
    ----------
    means : of the first and the last year, by the group's name, from poor to rich.
    price_base : what they are counted in.
    """

    start: int
    end: int
    means: tuple[Mapping[str, float], Mapping[str, float]]
    price_base: str


def published_fifths(start: int, end: int, language: str) -> Fifths:
    """Return the embedded means of fifths of households of two years.

    Raises
    ------
    InputError
        If a year has no figures.
    """
    from gongfu.core import InputError, Problem
    from gongfu.data import load_china, load_china_national
    from gongfu.data.prices import deflate, national_deflator
    from gongfu.report.catalogue import text

    panel = load_china_national().select(*VARIABLES)
    known = panel.years(*VARIABLES)
    missing = [year for year in (start, end) if year not in known]
    if missing or start >= end:
        found = ", ".join(map(str, missing)) or f"{start} to {end}"
        expected = f"two of {', '.join(map(str, known))}, in order"
        raise InputError(Problem("no published fifths", expected=expected, found=found))
    deflator = national_deflator(load_china())
    is_real = end <= deflator.years[-1]
    cut = panel.until(end)
    names = [text(f"group.fifth.{k}", language) for k in range(1, 6)]
    columns = [
        (deflate(cut, name, deflator) if is_real else cut).array(name, ["CN"], [start, end])[0]
        for name in VARIABLES
    ]
    first, last = (
        {name: float(column[i]) for name, column in zip(names, columns, strict=True)}
        for i in (0, 1)
    )
    price_base = f"{deflator.base_year} prices" if is_real else "current prices"
    return Fifths(start, end, (first, last), price_base)

"""The prices a study counts money in: constant prices where a price index exists, then current."""

from __future__ import annotations

from dataclasses import dataclass

from gongfu.core import InputError, Problem
from gongfu.data import Deflator, load_china, national_deflator
from gongfu.study.settings import StudySettings
from gongfu.study.tables import StudyTables

__all__ = ["CURRENT", "Prices", "study_prices"]


@dataclass(frozen=True, slots=True)
class Prices:
    """One way to count money.

    Parameters
    ----------
    label : such as ``2020 prices`` or ``current prices``.
    deflator : price levels, or nothing for current prices.
    """

    label: str
    deflator: Deflator | None = None

    @property
    def is_real(self) -> bool:
        """Whether amounts of different years can be compared."""
        return self.deflator is not None

    def level(self, unit: str, year: int) -> float:
        """Return the price level to divide an amount by."""
        return 1.0 if self.deflator is None else self.deflator.at(unit, year)

    def keep(self, years: list[int]) -> list[int]:
        """Return the years in which these prices exist."""
        return years if self.deflator is None else [y for y in years if y in self.deflator.years]


CURRENT = Prices("current prices")


def study_prices(settings: StudySettings, tables: StudyTables) -> list[Prices]:
    """Return constant prices first, where the study has a deflator, then current prices."""
    name, base = settings.prices.deflator, settings.prices.base_year
    if name == "none":
        return [CURRENT]
    if name == "china":
        deflator = national_deflator(load_china(), base_year=base)
    else:
        deflator = _own_deflator(name, base, tables)
    return [Prices(f"{base} prices", deflator), CURRENT]


def _own_deflator(name: str, base: int, tables: StudyTables) -> Deflator:
    table, _, variable = name.partition(".")
    if table not in tables.units or variable not in tables.units[table].panel.names:
        raise InputError(
            Problem(
                f"no price index {name!r}",
                expected="'china', 'none', or table.variable of a price index",
                column="prices.deflator",
            )
        )
    panel = tables.units[table].panel
    levels = {unit: {} for unit in panel.select(variable).units}  # type: dict[str, dict[int, float]]
    for year in panel.years(variable):
        for unit, value in panel.at(variable, year).items():
            levels[unit][year] = value
    missing = [unit for unit, by_year in levels.items() if not by_year.get(base, 0) > 0]
    if missing:
        raise InputError(
            Problem(
                f"the price index {name} has no value above 0 in the base year {base}",
                found=f"missing for {', '.join(missing[:5])}",
                column="prices.base_year",
                fix="Choose a base year that the index covers.",
            )
        )
    real = {u: {y: v / by[base] for y, v in by.items()} for u, by in levels.items()}
    return Deflator(base, real, f"{name}, prices of {base}")

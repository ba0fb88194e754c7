"""Draw docs/explanation/mechanisms/base-year.svg: groups hit, fitted and held out; two populations.

With ``--table`` it prints the table of the base year instead.
"""

from __future__ import annotations

import sys

import numpy as np
import polars as pl
from enterprise_base import open_pair, save
from matplotlib.axes import Axes

from gongfu.economy.base_year import BaseYear, base_year_targets, build_base_year, target_frame
from gongfu.report.palette import FILL

HELD_OUT = np.array([5_221.0, 11_894.0, 19_320.0, 29_438.0, 54_544.0])
"""Quintile means of 2015, yuan: National Bureau of Statistics, released 2016-01-19. Not fitted."""


def main() -> None:
    """Draw both plots, or print the table."""
    if "--table" in sys.argv:
        _print_table()
        return
    figure, left, right = open_pair()
    _draw_quintiles(left)
    _draw_populations(right)
    save(figure, "base-year")


def _draw_quintiles(axes: Axes) -> None:
    places = np.arange(1, 6)
    for year, role in ((2015, "third"), (2016, "second"), (2023, "first")):
        rows = _by_name(build_base_year(year))
        own = np.array([rows[f"quintile_{k}"][1] for k in places])
        found = np.array([rows[f"quintile_{k}"][0] or HELD_OUT[k - 1] for k in places])
        label = f"{year}, held out" if year == 2015 else f"{year}, fitted"
        axes.plot(places, own / 1_000, color=FILL[role], label=label)
        axes.plot(places, found / 1_000, "o", color=FILL[role], ms=4)
        print(year, (100 * (own / found - 1)).round(1))
    axes.set(
        title="Quintile means: published (dots), base year (lines)",
        xlabel="fifth of households, poorest first",
        ylabel="1,000 yuan per person, current prices",
        xticks=places,
    )
    axes.legend()


def _draw_populations(axes: Axes) -> None:
    years = range(2013, 2024)
    rows = [_by_name(build_base_year(year, 5_000))["rural_share_census"] for year in years]
    census, survey = (100 * np.array(values) for values in zip(*rows, strict=True))
    axes.plot(years, survey, color=FILL["first"], label="implied by the survey's means")
    axes.plot(years, census, color=FILL["second"], ls="--", label="census population")
    axes.fill_between(years, census, survey, color=FILL["fifth"], alpha=0.35, lw=0)
    axes.set(title="Rural share of people", ylabel="%")
    axes.legend()


def _by_name(base: BaseYear) -> dict[str, tuple[float | None, float]]:
    return {row.name: (row.published, row.reproduced) for row in base_year_targets(base)}


def _print_table() -> None:
    frame = target_frame(base_year_targets(build_base_year()))
    with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_width_chars=240, fmt_str_lengths=70):
        print(frame.select("target", "unit", "published", "reproduced", "how", "gives_way"))


if __name__ == "__main__":
    main()

"""Draw what the tax schedule and the living allowance do to income (E18)."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from gongfu.data import load_china_national
from gongfu.data.assumption_files import find_assumption
from gongfu.economy.government.benefits import living_allowance
from gongfu.economy.government.income_tax import income_tax, read_schedule, surtax

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "mechanisms" / "government.svg"


def main() -> None:
    mpl.rcParams["svg.hashsalt"] = "gongfu"
    figure = Figure(figsize=(7.0, 2.8), layout="constrained")
    left, right = figure.subplots(1, 2)
    schedule = read_schedule(load_china_national(), 2023)
    assert schedule is not None
    income = np.linspace(1_000, 1_200_000, 600)
    tax = income_tax(income, schedule)
    extra = surtax(income, threshold=find_assumption("surtax_threshold").value, rate=0.05)
    left.plot(income / 1e4, 100 * tax / income, color="#0072B2", label="statutory 2019")
    left.plot(income / 1e4, 100 * (tax + extra) / income, color="#D55E00", label="with surtax 5 %")
    left.set(xlabel="income per earner, 10k yuan a year", ylabel="tax, % of income")
    left.legend(frameon=False)
    line = 9_400.0
    poor = np.linspace(0, 2 * line, 200)
    takes = np.ones(200, dtype=bool)
    for rise, colour in ((0.0, "#0072B2"), (0.3, "#D55E00")):
        lines = np.full(200, line * (1 + rise))
        after = poor + living_allowance(poor, lines, takes)
        right.plot(poor / 1e3, after / 1e3, color=colour, label=f"line + {100 * rise:.0f} %")
    right.set(xlabel="income before, 1,000 yuan", ylabel="income after, 1,000 yuan")
    right.legend(frameon=False)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PAGE, metadata={"Date": None})


if __name__ == "__main__":
    main()

"""Draw docs/explanation/mechanisms/adoption.svg: the response of one firm, the path of all."""

from __future__ import annotations

import numpy as np
from enterprise_base import Model, build_model, open_pair, save
from matplotlib.axes import Axes

from gongfu.economy.enterprises import adoption_by_market
from gongfu.economy.enterprises.adoption import adopt
from gongfu.report.palette import FILL

YEARS = 10
CENSUS = (2023, 0.47)


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    figure, left, right = open_pair()
    _draw_response(left)
    _draw_path(right)
    save(figure, "adoption")


def _draw_response(axes: Axes) -> None:
    advantage = np.linspace(-0.1, 0.1, 201)
    for dispersion, role in ((0.02, "third"), (0.03, "first"), (0.05, "second")):
        step = adopt(
            np.zeros(201), advantage, np.zeros(201), speed=1.0, dispersion=dispersion, ceiling=1.0
        )
        axes.plot(100 * advantage, 100 * step, color=FILL[role], label=f"s = {dispersion}")
    axes.set(
        title="Share of firms convinced",
        xlabel="gain less cost, % of costs a year",
        ylabel="% of those left, before the speed",
    )
    axes.legend(title="dispersion")


def _draw_path(axes: Axes) -> None:
    years = np.arange(2020, 2021 + YEARS)
    central = _path(build_model(2020))
    slow, fast = (_path(build_model(2020, adoption_speed=speed)) for speed in (0.10, 0.18))
    voucher = _path(build_model(2020), sme_voucher=0.3)
    axes.fill_between(years, 100 * slow, 100 * fast, color=FILL["fifth"], alpha=0.35, lw=0)
    axes.plot(years, 100 * central, color=FILL["first"], label="no lever (band: speed 0.10-0.18)")
    axes.plot(years, 100 * voucher, color=FILL["second"], ls="--", label="vouchers of 30 %")
    axes.plot(CENSUS[0], 100 * CENSUS[1], "o", color=FILL["total"], label="census 2023")
    axes.set(title="Mean adoption outside agriculture", ylabel="% of firms", ylim=(0, 100))
    axes.legend(loc="lower right")
    print("path", dict(zip(years.tolist(), central.round(3).tolist(), strict=True)))
    print("vouchers", dict(zip(years.tolist(), voucher.round(3).tolist(), strict=True)))


def _path(model: Model, **levers: float) -> np.ndarray:
    start = model.base.enterprises
    states = [start, *(year.enterprises for year in model.years(YEARS, **levers))]
    sector = np.arange(93) % 3
    return np.array(
        [adoption_by_market(state, by_sales=False)[:93][sector > 0].mean() for state in states]
    )


if __name__ == "__main__":
    main()

"""Draw docs/explanation/mechanisms/competition.svg and print the table of the pages of E1-E4."""

from __future__ import annotations

import numpy as np
from enterprise_base import Model, build_model, open_pair, save
from matplotlib.axes import Axes

from gongfu.economy.enterprises import (
    EnterpriseYear,
    by_region_sector,
    concentration_ratio,
    herfindahl,
)
from gongfu.economy.enterprises.competition import inverse_elasticity
from gongfu.report.palette import FILL

CASES = (
    {},
    {"data_sharing": 0.3},
    {"open_public_data": 0.3},
    {"interoperability": 0.3},
    {"competition_conduct": 0.5},
    {"sme_voucher": 0.3},
    {"compliance_cost": 0.001},
    {"consent": 0.8},
)


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    model = build_model(2023)
    figure, left, right = open_pair()
    _draw_markups(model, left)
    _draw_levers(model, right)
    save(figure, "competition")
    _print_base(model)
    _print_levers(model)


def _draw_markups(model: Model, axes: Axes) -> None:
    share = np.linspace(0, 0.6, 121)
    for conduct, label, role in (
        (0, "Cournot", "first"),
        (0.5, "half", "third"),
        (1, "Bertrand", "second"),
    ):
        inverse = inverse_elasticity(
            share, substitution=model.rules.firm_substitution, elasticity=1.6, conduct=conduct
        )
        axes.plot(100 * share, 1 / (1 - inverse), color=FILL[role], label=f"{label} ({conduct:g})")
    axes.set(
        title="Markup of a firm in a digital market",
        xlabel="market share, %",
        ylabel="price over marginal cost",
    )
    axes.legend(title="conduct")


def _draw_levers(model: Model, axes: Axes) -> None:
    levels = np.linspace(0, 1, 6)
    for lever, label, role in (
        ("competition_conduct", "competitive conduct", "first"),
        ("interoperability", "interoperability", "second"),
    ):
        found = [model.years(5, **{lever: level})[-1] for level in levels]
        markup = [year.competition.market_markup[93:].mean() for year in found]
        index = [1e4 * _herfindahl(year)[93:].mean() for year in found]
        axes.plot(index, markup, "o-", ms=3, color=FILL[role], label=label)
    axes.annotate("no lever", (index[0], markup[0]), xytext=(6, -2), textcoords="offset points")
    axes.set(
        title="Digital markets after five years, lever 0 to 1",
        xlabel="Herfindahl-Hirschman index, points",
        ylabel="market markup",
    )
    axes.legend(loc="lower left")


def _herfindahl(year: EnterpriseYear) -> np.ndarray:
    firms = year.enterprises
    return herfindahl(year.competition.share, firms.market, firms.weight, 103)


def _print_base(model: Model) -> None:
    firms, found = model.base.enterprises, model.base.competition
    index = 1e4 * herfindahl(found.share, firms.market, firms.weight, 103)
    four = concentration_ratio(found.share, firms.market, firms.weight, 103)
    for name, markets in (("regional", slice(0, 93)), ("digital", slice(93, 103))):
        print(
            f"{name}: index {index[markets].mean():.0f} ({index[markets].min():.0f}-"
            f"{index[markets].max():.0f}), four largest {four[markets].mean():.3f}, "
            f"markup {found.market_markup[markets].mean():.4f}"
        )


def _print_levers(model: Model) -> None:
    base = model.base.competition
    plain = model.years(10)[-1]
    before = by_region_sector(plain.competition, base, digital_elasticity=1.6)
    print("lever | productivity: regional, digital % | digital: price %, markup, index | outlay %")
    for case in CASES:
        years = model.years(10, **case)
        after = by_region_sector(years[-1].competition, base, digital_elasticity=1.6)
        gain = 100 * np.log(after.productivity / before.productivity).mean(0)
        price = 100 * np.log(after.price / before.price).mean(0)
        index = 1e4 * (_herfindahl(years[-1]) - _herfindahl(plain))[93:].mean()
        outlay = 100 * np.mean([year.voucher_outlay.mean() for year in years])
        print(
            f"| {case} | {gain[:3].mean():+.2f} | {gain[3]:+.2f} | {price[3]:+.2f} | "
            f"{(after.markup - before.markup)[0, 3]:+.4f} | {index:+.0f} | {outlay:.2f} |"
        )


if __name__ == "__main__":
    main()

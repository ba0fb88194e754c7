"""Draw docs/explanation/mechanisms/markets.svg: labour types and sectors answer; print numbers."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from enterprise_base import assumption_values, open_pair, save
from matplotlib.axes import Axes

from gongfu.economy.base_year import build_base_year
from gongfu.economy.markets import (
    MarketBase,
    MarketOutcome,
    MarketParameters,
    MarketShocks,
    calibrate_base,
    no_shocks,
    solve_markets,
)
from gongfu.report.palette import FILL, GRID, MUTED

YEAR = 2023
GUIZHOU = 23
ROLES = ("third", "first", "second")


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    base = base_of(YEAR)
    figure, left, right = open_pair()
    _draw_premium(left, base)
    _draw_farm(right, base)
    save(figure, "markets")
    _print_table(base)
    _print_transfer(base)


def base_of(year: int, **changes: float) -> MarketBase:
    """Return the markets of a base year, some home shares changed."""
    inputs = build_base_year(year, households=2_000).markets
    values = {field.name: getattr(inputs, field.name) for field in fields(inputs)}
    return calibrate_base(**(values | changes))


def solve(base: MarketBase, shocks: MarketShocks, **changes: float) -> MarketOutcome:
    """Return the equilibrium with central elasticities, some of them changed."""
    return solve_markets(base, shocks, MarketParameters.from_values(assumption_values(**changes)))


def premium(base: MarketBase, outcome: MarketOutcome) -> float:
    """Return earnings of digital over routine labour, relative to the base year."""
    digital, routine = (
        np.average(outcome.earnings_hat[:, k], weights=base.group_income[:, k]) for k in (0, 1)
    )
    return float(digital / routine)


def _draw_premium(axes: Axes, base: MarketBase) -> None:
    growth = np.linspace(0, 0.5, 11)
    for xi, role in zip((1.4, 1.8, 2.6), ROLES, strict=True):
        axes.plot(
            100 * growth,
            [
                100
                * (premium(base, solve(base, _more_digital(base, g), skill_substitution=xi)) - 1)
                for g in growth
            ],
            color=FILL[role],
            label=f"{xi}",
        )
    axes.set(
        title="Premium of digital labour",
        xlabel="more digital labour, %",
        ylabel="change of the premium, %",
    )
    axes.legend(title="substitution of types")


def _draw_farm(axes: Axes, base: MarketBase) -> None:
    nus = np.linspace(0.2, 1.6, 15)
    for kappa, role in zip((1.2, 1.5, 3.0), ROLES, strict=True):
        axes.plot(
            nus,
            [_farm_income(base, nu, kappa) for nu in nus],
            color=FILL[role],
            label=f"{kappa}",
        )
    axes.axhline(0, color=MUTED, lw=0.8)
    axes.axvspan(0.3, 0.9, color=GRID, lw=0)
    axes.set(
        title="Farm income when farms gain 10 %",
        xlabel="substitution of sectors (grey: range)",
        ylabel="change of farm labour income, %",
    )
    axes.legend(title="mobility of labour")


def _more_digital(base: MarketBase, growth: float) -> MarketShocks:
    calm = no_shocks(base)
    return replace(calm, labour_hat=calm.labour_hat * [1 + growth, 1])


def _farm_income(base: MarketBase, nu: float, kappa: float) -> float:
    outcome = solve(base, _gain(base, 0), sector_substitution=nu, labour_mobility=kappa)
    return float(100 * (outcome.labour_payments[:, 0].sum() / base.labour_payments[:, 0].sum() - 1))


def _gain(base: MarketBase, sector: int) -> MarketShocks:
    calm = no_shocks(base)
    better = calm.productivity_hat.copy()
    better[:, sector] *= 1.1
    return replace(calm, productivity_hat=better)


def _print_table(base: MarketBase) -> None:
    calm = no_shocks(base)
    tax = calm.production_tax
    farm_tax = tax + np.array([0.01, 0, 0, 0])
    cases = {
        "productivity +10 %, agriculture": _gain(base, 0),
        "productivity +10 %, industry": _gain(base, 1),
        "productivity +10 %, services": _gain(base, 2),
        "productivity +10 %, digital": _gain(base, 3),
        "digital labour +10 %": _more_digital(base, 0.1),
        "digital bias +.05": replace(calm, digital_bias=calm.digital_bias + 0.05),
        "capital +10 %": replace(calm, capital_hat=1.1),
        "rural efficiency +2 %": replace(
            calm, labour_hat=calm.labour_hat * np.tile([[1], [1.02]], (len(tax), 1))
        ),
        "production tax +1 point, all": replace(calm, production_tax=tax + 0.01),
        "production tax +1 point, agriculture": replace(calm, production_tax=farm_tax),
        "markups -1 %": replace(calm, markup=np.maximum(1, 0.99 * calm.markup)),
    }
    for name, shocks in cases.items():
        outcome = solve(base, shocks)
        rural, labour = outcome.labour_payments[1::2].sum(), outcome.labour_payments.sum()
        share = labour / outcome.output.sum()
        rural_before = base.labour_payments[1::2].sum() / base.labour_payments.sum()
        before = base.labour_payments.sum() / base.output.sum()
        print(
            f"| {name} | {100 * (outcome.real_gdp_hat - 1):+.3f} | {100 * (share - before):+.2f} "
            f"| {100 * (premium(base, outcome) - 1):+.2f} "
            f"| {100 * (rural / labour - rural_before):+.2f} |"
        )


def _print_transfer(base: MarketBase) -> None:
    """Ten billion yuan a year to one province, paid by all in proportion to output."""
    for factor in (0.0, 0.5, 1.0):
        world = base_of(YEAR, home_share=factor * base.home_share)
        output = world.output.sum(1)
        moved = -100 * output / output.sum()
        moved[GUIZHOU] += 100
        outcome = solve(world, replace(no_shocks(world), transfers=world.net_transfers + moved))
        gained = (outcome.output.sum(1) - output)[GUIZHOU]
        real = 100 * (outcome.regional_real_gdp_hat[GUIZHOU] - 1)
        print(f"home shares x {factor}: output {gained:+.1f}, volume {real:+.3f} %")


if __name__ == "__main__":
    main()

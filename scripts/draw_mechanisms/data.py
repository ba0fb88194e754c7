"""Draw docs/explanation/mechanisms/data.svg: what a firm can use, and what that is worth."""

from __future__ import annotations

import numpy as np
from enterprise_base import MARKETS, Model, build_model, open_pair, save
from matplotlib.axes import Axes

from gongfu.economy.enterprises import by_region_sector
from gongfu.economy.enterprises.data_stock import access
from gongfu.economy.enterprises.moves import sell_data
from gongfu.report.palette import FILL

LEVELS = np.linspace(0, 1, 21)
MARKET = 1
"""Industry in the first region."""


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    model = build_model(2023)
    figure, left, right = open_pair()
    _draw_usable(model, left)
    _draw_productivity(model, right)
    save(figure, "data")
    _print_trade(model)


def _draw_usable(model: Model, axes: Axes) -> None:
    firms = model.base.enterprises
    inside = np.flatnonzero(firms.market == MARKET)
    leader, mean = inside[0], inside[np.argmin(np.abs(firms.size[inside] - 1))]
    small = inside[-1]
    relative = np.array([_usable(model, sharing) for sharing in LEVELS])
    shown = ((leader, "leader", "second"), (mean, "mean firm", "first"), (small, "small", "third"))
    for firm, label, role in shown:
        text = f"{label} (size {firms.size[firm]:.2g})"
        axes.plot(LEVELS, relative[:, firm], color=FILL[role], label=text)
    axes.set(
        title="Data a firm can use",
        xlabel="share of data offered",
        ylabel="base-year stock, weighted by sales = 1",
        ylim=(0, None),
    )
    axes.legend()


def _usable(model: Model, sharing: float) -> np.ndarray:
    firms, nothing = model.base.enterprises, np.zeros(MARKETS)
    return access(
        firms.data,
        firms.adoption,
        firms.market,
        firms.weight,
        model.base.stocks,
        sharing=np.full(MARKETS, sharing),
        public=nothing,
        interoperability=nothing,
        relevance=model.rules.data_relevance,
    ).relative


def _draw_productivity(model: Model, axes: Axes) -> None:
    plain = _productivity(model)
    cases = (
        ("data_sharing", "shared by firms", "first", 0.05),
        ("open_public_data", "public data opened", "third", 0.0),
    )
    for lever, label, role, start in cases:
        levels = np.linspace(start, 0.5, 7)
        effect = [100 * (_productivity(model, **{lever: level}) - plain) for level in levels]
        axes.plot(levels, effect, color=FILL[role], label=label)
        print(lever, dict(zip(levels.round(3).tolist(), np.round(effect, 3).tolist(), strict=True)))
    axes.set(
        title="Productivity of industry after ten years",
        xlabel="share offered; share of the base pool opened",
        ylabel="% above no lever",
        ylim=(0, None),
    )
    axes.legend()


def _productivity(model: Model, **levers: float) -> float:
    last = model.years(10, **levers)[-1].competition
    table = by_region_sector(last, model.base.competition, digital_elasticity=1.6)
    return float(np.log(table.productivity[:, 1]).mean())


def _print_trade(model: Model) -> None:
    for sharing in (0.05, 0.3):
        year = model.years(1, data_sharing=sharing)[-1]
        trade = sell_data(year, model.base.stocks, levers=model.levers, rules=model.rules)
        sectors = trade.turnover[:93].reshape(31, 3).mean(0)
        print(f"turnover at sharing {sharing}: % of sales", (100 * sectors).round(3))


if __name__ == "__main__":
    main()

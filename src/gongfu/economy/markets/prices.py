"""Prices of output (E8): unit cost, productivity, markup and the wedge of production taxes."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["cost_share", "output_price", "tax_wedge", "unit_cost"]

Cells = Float[np.ndarray, "region sector"]


def unit_cost(
    composite: Cells, rental_hat: float, capital_share: Float[np.ndarray, " sector"]
) -> Cells:
    """(E8) Return ``w^(1-alpha) R^alpha``, the cost of a bundle of inputs relative to the base.

    Parameters
    ----------
    composite : wage of the labour mix relative to the base year.
    rental_hat : national rental of capital relative to the base year.
    capital_share : alpha, share of capital in cost, 0-1.
    """
    return composite ** (1.0 - capital_share) * rental_hat**capital_share


def tax_wedge(base_tax: Cells, production_tax: Cells) -> Cells:
    """(E8) Return ``(1 - t0) / (1 - t)``: how a tax on output drives price from revenue kept.

    Parameters
    ----------
    base_tax, production_tax : taxes on production as shares of output, at least 0 and below 1.
    """
    return (1.0 - base_tax) / (1.0 - production_tax)


def output_price(cost: Cells, productivity_hat: Cells, markup_hat: Cells, wedge: Cells) -> Cells:
    """(E8) Return the price of output relative to the base year, ``mu c / A (1-t0)/(1-t)``.

    Parameters
    ----------
    cost : as from ``unit_cost``.
    productivity_hat, markup_hat : relative to the base year.
    wedge : as from ``tax_wedge``.

    Notes
    -----
    Without the wedge a tax would be revenue at no cost to anyone, and raise GDP.
    """
    return markup_hat * cost / productivity_hat * wedge


def cost_share(production_tax: Cells, markup: Cells) -> Cells:
    """(E8) Return factor payments per yuan of output, ``(1 - t) / mu``; the rest is tax and profit.

    Parameters
    ----------
    production_tax : share of output.
    markup : price over marginal cost, at least 1.
    """
    return (1.0 - production_tax) / markup

"""Labour: what employers pay for a mix of types (E7) and where people work (E10).

References
----------
[GRY] Galle, Rodriguez-Clare, Yi (2023) Slicing the pie: quantifying the aggregate and
distributional effects of trade. Review of Economic Studies 90(1).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from gongfu.economy.markets.ces import ces_bundle

__all__ = [
    "coverage_efficiency",
    "digital_bias",
    "labour_composite",
    "labour_supply",
    "type_weights",
]

Cells = Float[np.ndarray, "region sector"]
Wages = Float[np.ndarray, "region sector type"]
Payments = Float[np.ndarray, "zone sector type"]
Groups = Float[np.ndarray, "zone type"]
Zones = Float[np.ndarray, " zone"]


def digital_bias(adoption: Cells, base_adoption: Cells, digital_labour_bias: float) -> Cells:
    """(E7) Return the log shift of employers' weight on digital labour, ``zeta (g - g0)``.

    Parameters
    ----------
    adoption, base_adoption : share of activity by digital enterprises, 0-1.
    digital_labour_bias : zeta, log points per unit of adoption.
    """
    return digital_labour_bias * (adoption - base_adoption)


def type_weights(type_share: Wages, bias: Cells) -> Wages:
    """(E7) Return cost weights of labour types: base shares, the digital one times ``exp(bias)``.

    Parameters
    ----------
    type_share : base-year shares of types in labour cost; type 0 is digital.
    bias : as from ``digital_bias``.
    """
    is_digital = np.arange(type_share.shape[-1]) == 0
    return type_share * np.exp(bias[..., None] * is_digital)


def labour_composite(
    wage_hat: Wages, type_weight: Wages, skill_substitution: float
) -> tuple[Cells, Wages]:
    """(E7) Return the wage of the labour mix relative to the base, and the cost share of each type.

    Parameters
    ----------
    wage_hat : wages per unit of labour relative to the base year.
    type_weight : as from ``type_weights``; renormalised, so that bias alone moves no wage bill.
    skill_substitution : xi, elasticity of substitution between labour types.

    Notes
    -----
    ``w = [sum_k b e^bias w_k^(1-xi) / sum_k b e^bias]^(1/(1-xi))``.
    """
    return ces_bundle(wage_hat, type_weight, skill_substitution, axis=-1)


def coverage_efficiency(
    coverage: Zones, base_coverage: Zones, zone_coverage_efficiency: float
) -> Zones:
    """(E10) Return the efficiency of a zone's labour, ``exp(beta (coverage - base))``.

    Parameters
    ----------
    coverage, base_coverage : share of the zone reached by the network, 0-1.
    zone_coverage_efficiency : beta_z, log points of efficiency per unit of coverage.

    Notes
    -----
    Coverage acts on all labour of the zone, not on farm productivity alone: the latter lowers
    rural income nationally when demand for food is inelastic (the farm problem).
    """
    return np.exp(zone_coverage_efficiency * (coverage - base_coverage))


def labour_supply(
    wage_hat: Wages, sector_share: Payments, income_at_base: Groups, labour_mobility: float
) -> Payments:
    """(E10) Return what labour of each zone, sector and type earns at given wages, in money.

    Parameters
    ----------
    wage_hat : wages relative to the base year.
    sector_share : base-year share of each sector in the income of group (zone, type); adds to 1.
    income_at_base : labour income of each group at base-year wages: base income times labour
        units (with efficiency) relative to the base year.
    labour_mobility : kappa > 1, shape of the Frechet draws of ability over sectors.

    Notes
    -----
    A group earns ``I = I0 L [sum_s l0 w^kappa]^(1/kappa)`` and a share ``l0 w^kappa / sum_s l0
    w^kappa`` of it in sector s [GRY]. Zones of a region meet the same wages; they are adjacent.
    """
    regions = len(wage_hat)
    pull = _by_region(sector_share, regions) * (wage_hat**labour_mobility)[:, None]
    total = pull.sum(2)
    scale = _by_region(income_at_base, regions) * total ** (1.0 / labour_mobility - 1.0)
    return (pull * scale[:, :, None]).reshape(sector_share.shape)


def _by_region(array: Float[np.ndarray, "*zones"], regions: int) -> Float[np.ndarray, "*blocks"]:
    return array.reshape(regions, -1, *array.shape[1:])

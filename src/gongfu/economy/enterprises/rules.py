"""What nobody decides (assumed values) and what somebody decides (levers), for enterprises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name

__all__ = ["EnterpriseLevers", "EnterpriseRules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseRules:
    """Assumed values of E1-E4; names, units, ranges and sources as in ``enterprises.toml``."""

    adoption_speed: float
    adoption_ceiling: float
    adoption_cost: float
    adoption_peer_effect: float
    adoption_size_effect: float
    adoption_dispersion: float
    digital_productivity: float
    skill_complementarity: float
    data_elasticity: float
    data_depreciation: float
    data_relevance: float
    firm_substitution: float
    small_firm_size: float
    technology_user_cost: float

    @classmethod
    def from_values(cls, values: Mapping[str, float]) -> EnterpriseRules:
        """Return the rules among assumption values by name (others are left alone).

        Raises
        ------
        InputError
            If values are missing; all of them are named.
        """
        names = [field.name for field in fields(cls)]
        missing = [name for name in names if name not in values]
        if missing:
            raise InputError(Problem(f"no value for assumption {name!r}") for name in missing)
        return cls(**{name: float(values[name]) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EnterpriseLevers:
    """What is decided about enterprises in one year, by market.

    Parameters
    ----------
    data_sharing : share of its data a firm offers to others, 0-1.
    open_public_data : public data opened, as a share of the base-year pool, 0-1.
    interoperability : share of the leader's data lead opened to every firm, 0-1.
    competition_conduct : weight of competitive conduct: 0 Cournot, 1 Bertrand.
    sme_voucher : share of the adoption cost of small firms that is paid for them, 0-1.
    dividend_share : share of data proceeds paid to the people the data are about, 0-1.
    compliance_cost : fixed yearly cost of rules beyond the base year's, in sales of a mean firm.
    """

    data_sharing: Float[np.ndarray, " market"]
    open_public_data: Float[np.ndarray, " market"]
    interoperability: Float[np.ndarray, " market"]
    competition_conduct: Float[np.ndarray, " market"]
    sme_voucher: Float[np.ndarray, " market"]
    dividend_share: Float[np.ndarray, " market"]
    compliance_cost: Float[np.ndarray, " market"]

    @classmethod
    def everywhere(cls, markets: int, **values: float) -> EnterpriseLevers:
        """Return levers with the same value in every market; those not named are zero.

        Raises
        ------
        InputError
            If a name is none of the levers.
        """
        names = [field.name for field in fields(cls)]
        unknown = [name for name in values if name not in names]
        if unknown:
            raise InputError(
                Problem(f"enterprises have no lever {name!r}", fix=nearest_name(name, names))
                for name in unknown
            )
        return cls(**{name: np.full(markets, values.get(name, 0.0)) for name in names})

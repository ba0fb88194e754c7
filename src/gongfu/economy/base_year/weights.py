"""Survey weights beside census population (step 6): both are carried, the gap is printed."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

__all__ = ["survey_population", "survey_rural_share"]


def survey_rural_share(
    everyone: Float[np.ndarray, "*shape"],
    urban: Float[np.ndarray, "*shape"],
    rural: Float[np.ndarray, "*shape"],
) -> Float[np.ndarray, "*shape"]:
    """(E17) Return the rural share that published mean incomes imply.

    Parameters
    ----------
    everyone, urban, rural : mean income per person, same unit.

    Notes
    -----
    ``everyone = (1 - share) urban + share rural``. The survey's weights were not revised with the
    census, so the share stands above the census share, by 2 to 8 points of population.
    """
    share: Float[np.ndarray, "*shape"] = (urban - everyone) / (urban - rural)
    return share


def survey_population(
    population: Float[np.ndarray, " region"], rural_share: Float[np.ndarray, " region"]
) -> Float[np.ndarray, " zone"]:
    """(E17) Return people by zone as the survey weights them; regions keep their population.

    Parameters
    ----------
    population : of a region, 10k persons.
    rural_share : see :func:`survey_rural_share`, 0-1.
    """
    rural = population * rural_share
    return np.stack([population - rural, rural], axis=1).ravel()

"""Change between two samples: independent ones, or waves that share their sampling units.

References
----------
[Berger-Priam 2016] A simple variance estimator of change for rotating repeated surveys: an
application to the EU-SILC household surveys. Journal of the Royal Statistical Society A 179(1).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Shaped

from gongfu.core import InputError, Problem
from gongfu.measure.design import SurveyDesign
from gongfu.measure.linearised import Linearised

__all__ = ["change", "stacked_design"]


def change(
    later: tuple[Linearised, SurveyDesign],
    earlier: tuple[Linearised, SurveyDesign],
    *,
    same_units: bool = False,
) -> tuple[Linearised, SurveyDesign]:
    """Return ``later - earlier`` with the design of both samples stacked, ready for ``estimate``.

    Parameters
    ----------
    later, earlier : a statistic and the design of its rows.
    same_units : true when a PSU label means the same unit in both samples (a panel). Its rows of
        both dates are then one cluster, which brings the covariance in. False for independent
        samples: the variances add.

    Raises
    ------
    InputError
        If ``same_units`` is asked for and a sample has no ``psu`` (for a panel of persons drawn
        one by one, the person is the PSU).

    Notes
    -----
    Influence ``(z_later, -z_earlier)`` on the stacked rows [Berger-Priam 2016].
    """
    (new, new_design), (old, old_design) = later, earlier
    influence = np.concatenate([new.influence, -old.influence])
    design = stacked_design(new_design, old_design, same_units=same_units)
    return Linearised(new.value - old.value, influence), design


def stacked_design(
    later: SurveyDesign, earlier: SurveyDesign, *, same_units: bool = False
) -> SurveyDesign:
    """Return the design of the rows of both samples, the later first; as in ``change``."""
    weight = np.concatenate([later.weight, earlier.weight])
    if same_units:
        _require_psu(later, earlier)
        strata, psu = _shared_labels(later, earlier)
    else:
        strata, psu = _separate_labels(later, earlier)
    return SurveyDesign(weight, strata, psu, later.lonely)


def _require_psu(*designs: SurveyDesign) -> None:
    if any(design.psu is None for design in designs):
        raise InputError(
            Problem(
                "a panel needs the sampling unit of every row in both samples",
                fix="Give psu in both designs; for persons drawn one by one it is the person.",
            )
        )


def _shared_labels(
    *designs: SurveyDesign,
) -> tuple[Shaped[np.ndarray, " row"], Shaped[np.ndarray, " row"]]:
    strata = [np.zeros(len(d.weight)) if d.strata is None else d.strata for d in designs]
    return np.concatenate(strata), np.concatenate([d.psu for d in designs if d.psu is not None])


def _separate_labels(
    first: SurveyDesign, second: SurveyDesign
) -> tuple[Shaped[np.ndarray, " row"], Shaped[np.ndarray, " row"]]:
    offset_stratum, offset_unit = len(first.units.names), len(first.units.stratum)
    units = np.concatenate([_unit_of_row(first), _unit_of_row(second) + offset_unit])
    strata = np.concatenate(
        [
            first.units.stratum[_unit_of_row(first)],
            second.units.stratum[_unit_of_row(second)] + offset_stratum,
        ]
    )
    return strata, units


def _unit_of_row(design: SurveyDesign) -> Shaped[np.ndarray, " row"]:
    unit = design.units.unit
    return np.arange(len(design.weight)) if unit is None else unit

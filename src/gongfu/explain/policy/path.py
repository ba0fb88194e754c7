"""Effects by time since adoption, with a band for all of them and a test of those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from jaxtyping import Float, Int

from gongfu.core import Evidence
from gongfu.explain.joint import joint_test, sup_t
from gongfu.explain.random_effects import SpecificationTest
from gongfu.explain.result import EstimationResult

__all__ = ["EffectPath", "effect_path", "relative_name"]

_REJECTS = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class EffectPath:
    """Effects by time since adoption.

    Parameters
    ----------
    result : coefficients called ``e-2``, ``e+0`` and so on, without the reference.
    relative : time since adoption of each coefficient.
    reference : relative time that is zero by construction; None where there is none.
    level, critical : joint coverage of the band and its multiple of the errors.
    pretrend : joint test that effects before adoption are zero; None without any.
    """

    result: EstimationResult
    relative: Int[np.ndarray, " effect"]
    reference: int | None
    level: float
    critical: float
    pretrend: SpecificationTest | None

    @property
    def band(self) -> Float[np.ndarray, "effect bound"]:
        """Lower and upper bound that hold all effects at once with ``level``."""
        reach = self.critical * self.result.standard_errors
        middle = self.result.coefficients
        return np.column_stack([middle - reach, middle + reach])

    def table(self) -> pl.DataFrame:
        """Return the result's table with relative time and band, the reference row included."""
        table = self.result.table(self.level).with_columns(
            relative=self.relative, band_low=self.band[:, 0], band_high=self.band[:, 1]
        )
        if self.reference is None:
            return table
        zero = {"name": relative_name(self.reference), "estimate": 0.0, "relative": self.reference}
        row = pl.DataFrame([zero], schema_overrides={"relative": table.schema["relative"]})
        return pl.concat([table, row], how="diagonal").sort("relative")


def relative_name(relative: int) -> str:
    """Return the name of the effect ``relative`` times after adoption, such as ``e-2``."""
    return f"e{relative:+d}"


def effect_path(
    result: EstimationResult,
    relative: Sequence[int],
    *,
    reference: int | None = -1,
    pretrend: SpecificationTest | None = None,
    level: float = 0.95,
    draws: int = 20_000,
    seed: int = 0,
) -> EffectPath:
    """Return the path of a result whose first coefficients are effects by relative time.

    Parameters
    ----------
    relative : of the first coefficients; those behind them are covariates and left out.
    pretrend : a test made elsewhere; by default that of the effects before adoption.
    level, draws, seed : of the band.

    Notes
    -----
    Where effects before adoption are jointly different from zero at 5 %, the tag falls to
    associational: the comparison was moving apart before the policy.
    """
    count = len(relative)
    kept = replace(
        result,
        names=result.names[:count],
        coefficients=result.coefficients[:count],
        vcov=result.vcov[:count, :count],
    )
    times = np.asarray(relative, dtype=np.int64)
    critical = sup_t(kept.vcov, level=level, dof=kept.convention.dof, draws=draws, seed=seed)
    pretrend = pretrend or _pretrend(kept, times)
    return EffectPath(_judged(kept, pretrend), times, reference, level, critical, pretrend)


def _pretrend(result: EstimationResult, relative: np.ndarray) -> SpecificationTest | None:
    before = np.flatnonzero(relative < 0)
    if not len(before):
        return None
    return joint_test(
        result.coefficients[before],
        result.vcov[np.ix_(before, before)],
        dof=result.convention.dof,
        null="no effect before adoption",
    )


def _judged(result: EstimationResult, pretrend: SpecificationTest | None) -> EstimationResult:
    if pretrend is None:
        return result.warned("No time before the reference: parallel trends cannot be looked at.")
    notes = (pretrend.warning,) if pretrend.warning else ()
    if pretrend.p >= _REJECTS:
        return result.warned(*notes)
    moved = f"Effects before adoption are not zero (joint p = {pretrend.p:.3g})."
    return replace(result, evidence=Evidence.ASSOCIATIONAL).warned(*notes, moved)

"""Instruments that are weak, or that the effects absorb.

References
----------
[Montiel Olea-Pflueger 2013] A robust test for weak instruments. Journal of Business and Economic
Statistics 31(3).
[Andrews-Stock-Sun 2019] Weak instruments in instrumental variables regression: theory and
practice. Annual Review of Economics 11.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from numpy.typing import ArrayLike

from gongfu.core import InputError
from gongfu.explain.instruments_columns import ErrorRule, instrument_columns
from gongfu.explain.instruments_strength import RULE, InstrumentStrength, instrument_strength
from gongfu.explain.panel_data import PanelData
from gongfu.explain.vcov import Errors
from gongfu.explain.within import Effects
from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_instruments"]

CITATION = "Montiel Olea, Pflueger 2013, JBES 31(3); Andrews, Stock, Sun 2019, Ann. Rev. Econ. 11"
FIX = Say(
    "报告 Anderson-Rubin 置信集，不报告两阶段最小二乘的区间；或寻找更强的工具变量。",
    "Report the Anderson-Rubin set instead of the 2SLS interval, or find a stronger instrument.",
)
ABSORBED_FIX = Say(
    "换用在地区内随时间变化的工具变量；不随时间变化的量可与逐年外生序列相乘。",
    "Use an instrument that varies within entities; a fixed quantity can be multiplied by a series "
    "that varies exogenously by year.",
)


def check_instruments(
    data: PanelData,
    *,
    endogenous: Sequence[str],
    instruments: Mapping[str, ArrayLike],
    effects: Effects | None = "two-way",
    errors: Errors = "cluster",
) -> Finding:
    """Return whether instruments are absorbed by the effects, or weak.

    Parameters
    ----------
    data, endogenous, instruments, effects, errors : as in ``instrumental_variables``.

    Notes
    -----
    One endogenous regressor: effective F against its 5 % critical value for a bias of 10 % of the
    worst case. Several: Kleibergen-Paap F against 10, a rule of thumb.
    """
    try:
        columns = instrument_columns(data, endogenous, instruments, effects)
    except InputError as error:
        return _unusable(error, len(instruments))
    return _strength_finding(instrument_strength(columns, ErrorRule(errors)))


def _unusable(error: InputError, count: int) -> Finding:
    what = "; ".join(problem.what for problem in error.problems)
    return Finding(
        "instruments",
        "found",
        Say(f"工具变量不可用：{what}。", f"The instruments cannot be used: {what}."),
        {"instruments": float(count)},
        {},
        ABSORBED_FIX,
        CITATION,
    )


def _strength_finding(strength: InstrumentStrength) -> Finding:
    robust = strength.effective_f is not None and strength.critical is not None
    value = strength.effective_f if strength.effective_f is not None else strength.kleibergen_paap_f
    limit = strength.critical if strength.critical is not None else RULE
    name = "effective_f" if robust else "kleibergen_paap_f"
    words = ("有效 F", "effective F") if robust else ("Kleibergen-Paap F", "Kleibergen-Paap F")
    return Finding(
        "instruments",
        "found" if strength.is_weak else "clean",
        Say(
            f"第一阶段{words[0]} 为 {value:.1f}，界限 {limit:.1f}；"
            f"识别不足检验 p = {strength.underidentification.p:.3f}。",
            f"The first stage has an {words[1]} of {value:.1f}, the limit is {limit:.1f}; the test "
            f"of under-identification has p = {strength.underidentification.p:.3f}."
            if robust
            else f"The first stage has a {words[1]} of {value:.1f}, the limit is {limit:.1f}; the "
            f"test of under-identification has p = {strength.underidentification.p:.3f}.",
        ),
        {name: value, "underidentification_p": strength.underidentification.p},
        {name: limit},
        FIX,
        CITATION,
    )

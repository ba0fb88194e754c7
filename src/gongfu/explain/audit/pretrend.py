"""Groups that were moving apart before a policy.

References
----------
[Roth 2022] Pretest with caution: event-study estimates after testing for parallel trends. American
Economic Review: Insights 4(3), 305-322.
"""

from __future__ import annotations

from gongfu.explain.random_effects import SpecificationTest
from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_pretrend"]

CITATION = "Roth 2022, AER: Insights 4(3)"


def check_pretrend(pretrend: SpecificationTest | None, *, level: float = 0.05) -> Finding:
    """Return whether effects before adoption are jointly different from zero.

    Parameters
    ----------
    pretrend : of an ``EffectPath``; None where there is no time to look at.
    level : p-value at or below which the check speaks up.
    """
    if pretrend is None:
        need = Say("需要政策实施前至少两期。", "Needs two times or more before adoption.")
        return Finding("trends-before-policy", "not possible", need, {}, {}, need, CITATION)
    p = pretrend.p
    return Finding(
        "trends-before-policy",
        "found" if p <= level else "clean",
        Say(
            f"政策实施前各期效应为零的联合检验 p = {p:.3f}。",
            f"Joint test that effects before adoption are zero: p = {p:.3f}.",
        ),
        {"p": p, "statistic": pretrend.statistic},
        {"p": level},
        Say(
            "改用走势相近的对照（合成双重差分），或只报告为关联；不显著不等于平行。",
            "Compare with units that moved alike (synthetic_did) or call it an association; a test "
            "that does not reject does not show parallel trends.",
        ),
        CITATION,
    )

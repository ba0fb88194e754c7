"""A sentence on the effect of a policy that says no more than its interval and tag let it."""

from __future__ import annotations

from gongfu.core import Evidence
from gongfu.explain.result import EstimationResult
from gongfu.measure.index.finding import Say

__all__ = ["policy_sentence"]


def policy_sentence(
    result: EstimationResult, name: str, outcome: Say, *, source: str = "", level: float = 0.95
) -> Say:
    """Return what one coefficient says about a policy, in both languages.

    Parameters
    ----------
    name : of the coefficient.
    outcome : words for the outcome, with its unit.
    source : that declares the dates.
    level : of the interval, 0-1.

    Notes
    -----
    Where the interval holds zero, no direction is named. A causal verb stands only behind a causal
    tag, together with the condition on which it rests.
    """
    interval = result.interval_of(name, level)
    span = f"{level:.0%} {_number(interval.low)} to {_number(interval.high)}"
    zh_span = f"{level:.0%} 区间 [{_number(interval.low)}, {_number(interval.high)}]"
    value = result.coefficient(name)
    if interval.low <= 0 <= interval.high:
        return Say(
            f"数据不能确定政策与{outcome.zh}的关系方向：估计值 {_number(value)}，"
            f"{zh_span}，包含零。",
            f"The data do not settle which way the policy and {outcome.en} go together: estimate "
            f"{_number(value)}, {span}, which holds zero.",
        )
    size, up = _number(abs(value)), value > 0
    if result.evidence is Evidence.CAUSAL:
        told = (f"（政策日期据{source}）", f" (dates: {source})") if source else ("", "")
        return Say(
            f"若无政策时两组走势相同，则政策使{outcome.zh}平均{'提高' if up else '降低'} {size}"
            f"（{zh_span}）{told[0]}。",
            "If both groups had moved alike without it, the policy "
            f"{'raised' if up else 'lowered'} {outcome.en} by {size} on average ({span}){told[1]}.",
        )
    return Say(
        f"实施政策的地区，{outcome.zh}的变化平均{'高' if up else '低'} {size}（{zh_span}）；"
        "这是关联，不是因果。",
        f"Where the policy was adopted, {outcome.en} changed by {size} {'more' if up else 'less'} "
        f"on average ({span}); an association, not a cause.",
    )


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "\N{MINUS SIGN}")

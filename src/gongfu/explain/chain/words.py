"""Sentences that say no more than an interval lets them, in both languages."""

from __future__ import annotations

from gongfu.core import Evidence, Interval
from gongfu.explain.chain.question import Question
from gongfu.measure.index.finding import Say

__all__ = ["association", "needs", "number"]

_TAGS = {
    Evidence.CAUSAL: ("在所声明的设计成立时可作因果解读", "causal if the stated design holds"),
    Evidence.SIMULATED: ("模拟数据中的关联", "an association in simulated data"),
}
_ASSOCIATION = ("这是关联，不是因果", "an association, not a cause")


def association(
    question: Question,
    name: str,
    value: float,
    interval: Interval,
    *,
    evidence: Evidence = Evidence.ASSOCIATIONAL,
    outcome: str | None = None,
    how: tuple[str, str] = ("", ""),
) -> Say:
    """Return what one coefficient shows.

    Parameters
    ----------
    name : formula of the regressor.
    how : a clause on the model, such as ``("控制双向效应后", "given two-way effects")``.
    """
    target = outcome or question.outcome
    x = [question.label(name, language) for language in ("zh", "en")]
    y = [question.label(target, language) for language in ("zh", "en")]
    low, high, level = number(interval.low), number(interval.high), f"{interval.level:.0%}"
    tag = _TAGS.get(evidence, _ASSOCIATION)
    lead = (f"{how[0]}，" if how[0] else "", f", {how[1]}," if how[1] else "")
    if interval.low <= 0 <= interval.high:
        return Say(
            f"{lead[0]}数据不能确定{x[0]}与{y[0]}的关联方向：估计值 {number(value)}，"
            f"{level} 区间 [{low}, {high}] 包含零。",
            f"The data do not settle which way {x[1]} and {y[1]} go together{lead[1].rstrip(',')}: "
            f"estimate {number(value)}, {level} interval {low} to {high}, which holds zero.",
        )
    zh, en = ("高", "higher") if value > 0 else ("低", "lower")
    return Say(
        f"{lead[0]}{x[0]}高一个单位的地方，{y[0]}平均{zh} {number(abs(value))}"
        f"（{level} 区间 [{low}, {high}]）；{tag[0]}。",
        f"Where {x[1]} is one unit higher{lead[1]} {y[1]} is {number(abs(value))} {en} on average "
        f"({level} interval {low} to {high}); {tag[1]}.",
    )


def needs(zh: str, en: str) -> Say:
    """Return the sentence of a step that is not possible here."""
    return Say(f"这里无法进行：需要{zh}。", f"Not possible here: needs {en}.")


def number(value: float) -> str:
    """Return a number with three digits and a true minus sign."""
    return f"{value:.3g}".replace("-", "\N{MINUS SIGN}")

"""Poverty, polarisation and top tails by name: ``sst(60%median)``, ``der(0.5)``, ``hill(5)``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from gongfu.core import InputError, Problem
from gongfu.measure.linearised import Linearised
from gongfu.measure.named_measure import FROM_ZERO, MONEY, RATIO, NamedMeasure
from gongfu.measure.polarisation_density import duclos_esteban_ray
from gongfu.measure.poverty.kinds import PovertyKind, poverty_kind
from gongfu.measure.poverty.line import PovertyLine, read_line, under_line
from gongfu.measure.sample import Sample
from gongfu.measure.top_tail import hill, inverted_pareto, mean_excess

__all__ = ["MORE_EXAMPLES", "MORE_FAMILIES", "TAIL_KINDS", "tail_measure"]

MORE_EXAMPLES = ("headcount(60%median)", "fgt(2,50%mean)", "der(0.5)", "hill(5)")


_ALL, _OWN = "of all rows", "of the rows measured, each group its own"


def _poverty(_: str, kind: str, line: str) -> NamedMeasure | Problem:
    measure = poverty_kind(kind)
    if isinstance(measure, Problem):
        return measure
    try:
        drawn = read_line(line)
    except InputError as error:
        return error.problems[0]
    return NamedMeasure(
        measure.under(drawn),
        f"{measure.en} ({drawn.name})",
        measure.zh,
        measure.unit,
        f"{measure.convention}; {drawn.words.replace(_ALL, _OWN)}",
        partial(_of, measure, drawn),
    )


def _fgt(name: str, alpha: str, line: str) -> NamedMeasure | Problem:
    return _poverty(name, f"fgt({alpha})", line)


def _of(kind: PovertyKind, line: PovertyLine, rows: Sample) -> Linearised:
    return under_line(kind.at, rows, line)


def _der(name: str, alpha: str) -> NamedMeasure | Problem:
    number = float(alpha)
    if not (number == 0 or 0.25 <= number <= 1):
        return Problem(f"{name}: alpha lies between 0.25 and 1")
    words = "half of the published index, so that alpha 0 is the Gini; Gaussian kernel, held"
    of = partial(duclos_esteban_ray, alpha=number)
    return NamedMeasure(name, f"Duclos-Esteban-Ray {number:g}", "DER极化指数", FROM_ZERO, words, of)


def _tail(name: str, kind: str, sign: str, number: str) -> NamedMeasure | Problem:
    at = float(number)
    if sign and at > 0:
        return tail_measure(kind, threshold=at)
    if sign:
        return Problem(f"{name}: the threshold must be above 0")
    if not 0 < at < 100:
        return Problem(f"{name}: a top share lies between 0 and 100 per cent")
    return tail_measure(kind, top=at)


def tail_measure(
    kind: str, *, top: float | None = None, threshold: float | None = None
) -> NamedMeasure:
    """Return a measure of the tail above an amount, or of the ``top`` per cent.

    Parameters
    ----------
    kind : one of ``TAIL_KINDS``.
    top : per cent of people, between 0 and 100.
    threshold : amount above 0. Give one of the two.
    """
    en, zh, unit, words, of = _TAIL[kind]
    if top is None:
        name, where = f"{kind}(>{threshold:.10g})", f"> {threshold:.10g}"
        words = f"{words}; fixed threshold"
        bound = partial(of, threshold=threshold)
    else:
        name, where = f"{kind}({top:.10g})", f"top {top:.10g} %"
        words = f"{words}; threshold at a quantile, estimated with its error"
        bound = partial(of, top=top / 100)
    return NamedMeasure(name, f"{en} ({where})", zh, unit, words, bound)


_TAIL: dict[str, tuple[str, str, str, str, Callable[..., Linearised]]] = {
    "hill": ("Tail index", "帕累托尾指数", RATIO, "Hill's maximum likelihood, weighted", hill),
    "mean-excess": (
        "Mean excess",
        "平均超额",
        MONEY,
        "mean above the threshold, less it",
        mean_excess,
    ),
    "inverted-pareto": (
        "Inverted Pareto",
        "倒帕累托系数",
        RATIO,
        "mean above the threshold over it",
        inverted_pareto,
    ),
}

TAIL_KINDS = tuple(_TAIL)
"""Names of the measures of a tail, before it is said where the tail begins."""

_NUMBER = r"(\d+(?:\.\d+)?)"

MORE_FAMILIES: tuple[tuple[str, Callable[..., NamedMeasure | Problem]], ...] = (
    (r"(headcount|gap|severity|watts|sen|sst)\(([^()]+)\)", _poverty),
    (rf"fgt\({_NUMBER},([^()]+)\)", _fgt),
    (rf"der\({_NUMBER}\)", _der),
    (rf"(hill|mean-excess|inverted-pareto)\((>?){_NUMBER}\)", _tail),
)
"""Patterns of names without spaces in small letters, and what makes the measure of one."""

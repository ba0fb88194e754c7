"""What people call a formula, made from the labels of its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongfu.explain.chain.expressions import Formula, parse_formula

__all__ = ["formula_label"]

_WORDS: Mapping[str, tuple[str, str]] = {
    "log": ("{0}（对数）", "{0} (log)"),
    "lag": ("上一期{0}", "{0}, one period earlier"),
    "change": ("{0}的变化", "change of {0}"),
    "growth": ("{0}的对数增长", "log growth of {0}"),
    "ratio": ("{0}与{1}之比", "{0} over {1}"),
    "product": ("{0} × {1}", "{0} × {1}"),
    "square": ("{0}的平方", "{0} squared"),
    "standard": ("{0}（标准化）", "{0} (standardised)"),
}


def formula_label(text: str, column: Callable[[str], tuple[str, str]]) -> tuple[str, str]:
    """Return the label of a formula in Chinese and English.

    Parameters
    ----------
    column : gives the two labels of a column, or of a whole formula that has its own.
    """
    formula = parse_formula(text)
    return _label(formula, column, 0), _label(formula, column, 1)


def _label(formula: Formula, column: Callable[[str], tuple[str, str]], place: int) -> str:
    own = column(formula.text)[place]
    if not formula.parts or own != formula.text:
        return own
    parts = [_label(part, column, place) for part in formula.parts]
    return _WORDS[formula.head][place].format(*parts)

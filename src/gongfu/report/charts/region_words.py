"""What charts and chapters on regions share: signs, p-values, the subject, whose error it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import rounded
from gongfu.report.chart import Chart
from gongfu.report.document import Column, ResultDocument
from gongfu.report.words import inside_sentence

__all__ = [
    "money_or_index",
    "p_value",
    "p_words",
    "region_count",
    "sign_of",
    "subject",
    "with_error",
]

_TINY = 0.001


def sign_of(low: float, high: float) -> Literal["falling", "rising", "unclear"]:
    """Return which side of zero an interval lies on, if on one."""
    if high < 0:
        return "falling"
    return "rising" if low > 0 else "unclear"


def subject(document: ResultDocument, language: str) -> str:
    """Return what is compared between regions, as it stands within a sentence."""
    label = document.table("beta_points").column("value").label(language)
    return inside_sentence(label, language)


def money_or_index(column: Column) -> Literal["yuan", "index"]:
    """Return how values of the variable are printed: money in whole yuan."""
    return "yuan" if column.price_base else "index"


def p_value(p: float | None) -> str:
    """Return a p-value as people print it."""
    return "<0.001" if p is not None and p < _TINY else rounded(p, 2)


def p_words(p: float | None) -> str:
    """Return a p-value with its relation, as it follows the letter p."""
    shown = p_value(p)
    return shown if shown.startswith("<") else f"={shown}"


def with_error(chart: Chart) -> Chart:
    """Return a chart whose note says which error its intervals show: published totals have none."""
    error = text(f"region_error.{chart.key}", chart.language)
    return replace(
        chart,
        note=f"{chart.note} {error}" if chart.language == "en" else f"{chart.note}{error}",
        uncertainty_text=text("uncertainty_short.no_published_error", chart.language),
    )


def region_count(document: ResultDocument) -> int:
    """Return how many regions a document compares."""
    return document.table("rank_moves").rows.height

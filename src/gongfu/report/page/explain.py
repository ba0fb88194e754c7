"""The chapter on questions: what goes with what, how sure, and what a referee would ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup

from gongfu.report.catalogue import has_text, text
from gongfu.report.catalogue.numbers import span
from gongfu.report.charts.explain import questions_of
from gongfu.report.document import ResultDocument
from gongfu.report.regression import to_html
from gongfu.report.regression.answers import answer_tables

__all__ = ["Answered", "StepView", "explain_chapter", "main_sentence"]


_CHARTS = {"threshold": "threshold", "policy": "events", "distribution": "quantiles"}
"""Steps with a chart of their own, by the start of its key."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One step: its name, sentences, and its table where it has one."""

    name: str
    sentences: tuple[str, ...]
    is_possible: bool
    table: Markup | None
    chart: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One audit finding."""

    name: str
    mark: str
    says: str
    fix: str
    citation: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with its steps.

    Parameters
    ----------
    key : of the question; its charts are ``coefficients_<key>`` and ``curve_<key>``.
    first : sentence of the baseline.
    steps : those with something to say; ``left_out`` those the data cannot support.
    """

    key: str
    title: str
    about: str
    first: str
    steps: tuple[StepView, ...]
    left_out: tuple[StepView, ...]
    checks: tuple[Check, ...]


def explain_chapter(document: ResultDocument, language: str) -> list[Answered] | None:
    """Return the questions of a document, or None where it asks none."""
    questions = questions_of(document)
    if not questions:
        return None
    tables = {
        (one.question, one.step): to_html(one.table) for one in answer_tables(document, language)
    }
    return [_answered(document, question, tables, language) for question in questions]


def _answered(
    document: ResultDocument,
    question: Mapping[str, Any],
    tables: Mapping[tuple[str, str], Markup],
    language: str,
) -> Answered:
    key = question["question"]
    steps = [*_steps(document, key, tables, language)]
    possible = [one for one in steps if one.is_possible]
    return Answered(
        key=key,
        title=question[f"title_{language}"],
        about=_about(question, language),
        first=main_sentence(document, key, language),
        steps=tuple(possible),
        left_out=tuple(one for one in steps if not one.is_possible),
        checks=tuple(_checks(document, key, language)),
    )


def main_sentence(document: ResultDocument, key: str, language: str) -> str:
    """Return what the main model says, and how many other specifications agree; else nothing."""
    rows = document.table("explain_says").rows.filter(pl.col("question") == key)
    found = [
        rows.filter((pl.col("step") == step) & pl.col("is_possible"))[f"says_{language}"].head(1)
        for step in ("baseline", "robustness")
    ]
    return ("" if language == "zh" else " ").join(one.item() for one in found if len(one))


def _about(question: Mapping[str, Any], language: str) -> str:
    return text(
        "explain.about",
        language,
        outcome=question[f"outcome_{language}"],
        treatment=question[f"treatment_{language}"],
        rows=question["rows"],
        units=question["units"],
        years=span(question["start"], question["end"]),
    )


def _steps(
    document: ResultDocument,
    key: str,
    tables: Mapping[tuple[str, str], Markup],
    language: str,
) -> Iterator[StepView]:
    rows = document.table("explain_says").rows.filter(pl.col("question") == key)
    for step in dict.fromkeys(rows["step"]):
        own = rows.filter(pl.col("step") == step).sort("position")
        yield StepView(
            name=step_name(step, language),
            sentences=tuple(own[f"says_{language}"]),
            is_possible=bool(own["is_possible"].all()),
            table=tables.get((key, step)),
            chart=f"{_CHARTS[step]}_{key}" if step in _CHARTS else "",
        )


def step_name(step: str, language: str) -> str:
    """Return the name of a step of the chain."""
    name = f"explain.step.{step}"
    return text(name, language) if has_text(name, language) else step


def _checks(document: ResultDocument, key: str, language: str) -> Iterator[Check]:
    if "explain_findings" not in document:
        return
    rows = document.table("explain_findings").rows.filter(pl.col("question") == key)
    order = {"found": 0, "not possible": 1, "clean": 2}
    for row in sorted(rows.iter_rows(named=True), key=lambda row: order[row["outcome"]]):
        outcome = row["outcome"].replace(" ", "_")
        yield Check(
            name=row["check"],
            mark=text(f"explain.outcome.{outcome}", language),
            says=row[f"says_{language}"],
            fix=row[f"fix_{language}"] if row["outcome"] == "found" else "",
            citation=row["citation"],
        )

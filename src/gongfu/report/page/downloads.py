"""The numbers of a page as CSV files: of every figure, and of tables that the page only sums up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongfu.report.cells import csv_bytes
from gongfu.report.chart import Chart, Twin
from gongfu.report.charts.winners import winners
from gongfu.report.document import ResultDocument
from gongfu.report.page.background import excluded_twin
from gongfu.report.policies import has_policies, packages_of

__all__ = ["downloads_of"]


def downloads_of(
    document: ResultDocument, charts: Mapping[str, Chart], language: str
) -> dict[str, str]:
    """Return the CSV files of a page, each as text under its name without language and ending."""
    twins = {**{key: chart.twin for key, chart in charts.items()}, **_others(document, language)}
    return {name: csv_bytes(twin).decode("utf-8-sig") for name, twin in twins.items()}


def _others(document: ResultDocument, language: str) -> dict[str, Twin]:
    return dict([*_packages(document, language), *_excluded(document, language)])


def _packages(document: ResultDocument, language: str) -> Iterator[tuple[str, Twin]]:
    """Yield the groups of every package but the first, which has a figure."""
    if has_policies(document) and "policy_groups" in document:
        for package in packages_of(document, language)[1:]:
            yield f"winners-{package.key}", winners(document, package, language).twin


def _excluded(document: ResultDocument, language: str) -> Iterator[tuple[str, Twin]]:
    if "excluded" in document:
        yield "excluded", excluded_twin(document, language)

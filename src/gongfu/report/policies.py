"""The simulated packages of a document, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import signed, span
from gongfu.report.document import ResultDocument
from gongfu.report.words import price_text

__all__ = [
    "EFFECTS",
    "Effect",
    "Package",
    "focus_year",
    "has_policies",
    "packages_of",
    "policy_prices",
    "policy_years",
    "range_text",
    "shown_years",
    "verdict_key",
]

EFFECTS = (
    "cake", "household_share", "division", "prosperity", "mean_income", "gini",
    "urban_rural_ratio", "package_cost", "enterprise_cost",
)  # fmt: skip
"""Effects of the summary table, in its order: the account first, then single measures."""

_FOCUS = 10  # years after the base year that texts and charts speak of
_AFTER_COLON = re.compile(r"\s*[：:].*$")


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect of a package against the baseline in one year, in ``unit``.

    ``low`` and ``high`` span the draws over assumptions, and are None where none were made.
    """

    name: str
    unit: str
    value: float
    low: float | None
    high: float | None
    verdict: str

    @property
    def is_clear(self) -> bool:
        """Whether all of the range lies on one side of zero."""
        return self.verdict in ("up", "down")


@dataclass(frozen=True, slots=True)
class Package:
    """A package of measures: names, how it is paid for, and its effects by year and name.

    ``name`` is the label without what follows a colon, unless two packages would then share it.
    """

    key: str
    label: str
    name: str
    closure: str
    effects: Mapping[tuple[int, str], Effect]

    def effect(self, name: str, year: int) -> Effect:
        """Return one effect in one year."""
        return self.effects[year, name]


def has_policies(document: ResultDocument) -> bool:
    """Whether the document holds simulated packages."""
    return "policy_effects" in document


def packages_of(document: ResultDocument, language: str) -> list[Package]:
    """Return the packages in the order of the document."""
    rows = document.table("policy_effects").rows
    heads = rows.unique("scenario", keep="first", maintain_order=True)
    labels = dict(heads.select("scenario", f"label_{language}").iter_rows())
    short = _short(labels)
    return [
        Package(key, labels[key], short[key], closure, _effects(rows, key))
        for key, closure in heads.select("scenario", "closure").iter_rows()
    ]


def focus_year(document: ResultDocument) -> int:
    """Return the year that texts and charts speak of: ten after the base year, else the last."""
    rows = document.table("policy_effects").rows.filter(pl.col("horizon") <= _FOCUS)
    return int(rows["year"].max())  # type: ignore[arg-type]


def shown_years(document: ResultDocument) -> list[int]:
    """Return the years that the table of all years prints."""
    rows = document.table("policy_effects").rows.filter("is_shown")
    return sorted(rows["year"].unique().to_list())


def policy_years(document: ResultDocument) -> str:
    """Return the span that was simulated."""
    years = document.table("policy_effects").rows["year"]
    return span(int(years.min()), int(years.max()))  # type: ignore[arg-type]


def policy_prices(document: ResultDocument, language: str) -> str:
    """Return the prices that simulated money is counted in: those of the base year."""
    first = document.table("policy_effects").rows.row(0, named=True)
    return price_text(f"{first['year'] - first['horizon']} prices", language)


def range_text(low: float | None, high: float | None, language: str) -> str:
    """Return a range over assumptions in words, or that there is none."""
    if low is None or high is None:
        return text("policies.no_range", language)
    return text("policies.range", language, low=signed(low), high=signed(high))


def verdict_key(verdict: str) -> str:
    """Return a verdict as a key of the catalogue."""
    return verdict.replace(" ", "_")


def _short(labels: Mapping[str, str]) -> dict[str, str]:
    short = {key: _AFTER_COLON.sub("", label) for key, label in labels.items()}
    taken: Sequence[str] = list(short.values())
    return {key: name if taken.count(name) == 1 else labels[key] for key, name in short.items()}


def _effects(rows: pl.DataFrame, package: str) -> dict[tuple[int, str], Effect]:
    own = rows.filter(pl.col("scenario") == package)
    fields = own.select("year", "effect", "unit", "value", "low", "high", "verdict")
    return {(year, name): Effect(name, *rest) for year, name, *rest in fields.iter_rows()}

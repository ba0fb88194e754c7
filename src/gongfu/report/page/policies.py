"""What packages of measures would do, as a page tells it: sentences, tables, how sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import change_percent, count, signed
from gongfu.report.document import ResultDocument
from gongfu.report.page.grid import Cell, Grid, Row, grid_of
from gongfu.report.page.winners import Winners, winners_of
from gongfu.report.policies import (
    EFFECTS,
    Effect,
    Package,
    focus_year,
    has_policies,
    packages_of,
    policy_prices,
    policy_years,
    range_text,
    shown_years,
    verdict_key,
)
from gongfu.report.why import row_paths
from gongfu.report.words import unit_text

__all__ = ["Policies", "policies_of"]

_DOUBTS = ("range", "assumed", "sum", "baseline", "validation", "left_out", "again")


@dataclass(frozen=True, slots=True)
class Policies:
    """What the template needs of the packages.

    Parameters
    ----------
    sentences : name and one careful sentence of each package; words follow the ranges.
    paths : of the number that each sentence is about.
    summary, years : effects in the year that texts speak of, and in every year marked as shown.
    winners : groups under every package but the first, which has a chart.
    doubts : what limits the trust in simulated effects, and how to make them again.
    """

    lead: str
    sentences: list[tuple[str, str]]
    paths: list[str]
    summary: Grid
    years: Grid
    winners: list[Winners]
    doubts: list[str]


def policies_of(document: ResultDocument, language: str) -> Policies | None:
    """Return the chapter on packages, or None where the document simulates none."""
    if not has_policies(document):
        return None
    packages, year = packages_of(document, language), focus_year(document)
    return Policies(
        lead=_lead(document, packages, language),
        sentences=[(one.label, _sentence(one, year, language)) for one in packages],
        paths=[_path(document, one, year) for one in packages],
        summary=_summary(document, packages, language),
        years=_by_year(document, packages, language),
        winners=_further(document, packages, language),
        doubts=[
            *_setup(document, language),
            *(text(f"policies.sure.{doubt}", language) for doubt in _DOUBTS),
        ],
    )


def _lead(document: ResultDocument, packages: Sequence[Package], language: str) -> str:
    """Return what the chapter is about: how many packages, which years, against what."""
    return text(
        "lead.policies",
        language,
        count=len(packages),
        years=policy_years(document),
        year=focus_year(document),
        price=policy_prices(document, language),
    )


def _summary(document: ResultDocument, packages: Sequence[Package], language: str) -> Grid:
    """Return packages by effects, each effect with its range below."""
    year = focus_year(document)
    columns = [
        (text("policies.package", language), False),
        *_effect_columns(packages[0], language),
        (text("policies.financing", language), False),
    ]
    rows: list[Row] = [
        (
            package.name,
            *_effect_cells(document, package, year, language),
            text(f"closure.{package.closure}", language),
        )
        for package in packages
    ]
    price = policy_prices(document, language)
    return grid_of(text("policies.caption", language, year=year, price=price), columns, rows)


def _further(document: ResultDocument, packages: Sequence[Package], language: str) -> list[Winners]:
    if "policy_groups" not in document:
        return []
    return [winners_of(document, package, language) for package in packages[1:]]


def _by_year(document: ResultDocument, packages: Sequence[Package], language: str) -> Grid:
    columns = [
        (text("policies.package", language), False),
        (text("column.year", language), True),
        *_effect_columns(packages[0], language),
    ]
    shown = shown_years(document)
    rows: list[Row] = [
        (package.name, str(year), *_effect_cells(document, package, year, language))
        for package in packages
        for year in shown
    ]
    years = text("list.separator", language).join(str(year) for year in shown)
    return grid_of(text("policies.years_caption", language, years=years), columns, rows)


def _setup(document: ResultDocument, language: str) -> Iterator[str]:
    """Yield how finely the economy was simulated, where the document says so."""
    if "policy_setup" not in document:
        return
    row = document.table("policy_setup").rows.row(0, named=True)
    names = ("households", "enterprises", "draws")
    yield text("policies.sure.setup", language, **{name: count(row[name]) for name in names})


def _sentence(package: Package, year: int, language: str) -> str:
    effect = package.effect("prosperity", year)
    return text(
        f"policies.sentence.{verdict_key(effect.verdict)}",
        language,
        year=year,
        points=_size(effect),
        percent=change_percent(effect.value / 100),
        range=range_text(effect.low, effect.high, language),
        cake=_clause(package.effect("cake", year), language),
        division=_clause(package.effect("division", year), language),
    )


def _path(document: ResultDocument, package: Package, year: int) -> str:
    table = document.table("policy_effects")
    cells = {"scenario": package.key, "year": year, "effect": "prosperity"}
    return f"{row_paths(table)(cells)}/value"


def _size(effect: Effect) -> str:
    """Return the effect, without its sign where the words say the direction."""
    shown = signed(effect.value)
    return shown.lstrip("+−") if effect.is_clear else shown


def _clause(effect: Effect, language: str) -> str:
    return text(
        f"policies.{effect.name}.{verdict_key(effect.verdict)}",
        language,
        value=signed(effect.value),
    )


def _effect_columns(package: Package, language: str) -> Iterator[tuple[str, bool]]:
    units = {effect.name: effect.unit for effect in package.effects.values()}
    for name in EFFECTS:
        unit = unit_text(units[name], language)
        label = text(f"effect.{name}", language)
        yield text("policies.head", language, label=label, unit=unit), True


def _effect_cells(
    document: ResultDocument, package: Package, year: int, language: str
) -> Iterator[Cell]:
    path_of_row = row_paths(document.table("policy_effects"))
    for name in EFFECTS:
        effect = package.effect(name, year)
        lines = [signed(effect.value)]
        if effect.verdict != "none":
            lines.append(range_text(effect.low, effect.high, language))
        if effect.verdict == "cannot tell":
            lines.append(text("verdict.cannot_tell", language))
        at = path_of_row({"scenario": package.key, "year": year, "effect": name})
        yield Cell("\n".join(lines), f"{at}/value")

"""What packages would do: their places in the grow-divide plane, and their effects by year.

Effects are in log points (100 times a log change), so places of equal prosperity lie on lines of
slope -1 as in the plane of the past.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.catalogue.numbers import signed
from gongfu.report.chart import Axis, Chart, ReferenceLine, Role, Series
from gongfu.report.charts.frame import chart_of, text_column, title_key, twin_of, year_column
from gongfu.report.charts.plane import fair_quadrant
from gongfu.report.document import ResultDocument
from gongfu.report.policies import (
    Effect,
    Package,
    focus_year,
    policy_prices,
    policy_years,
)
from gongfu.report.why import row_paths

__all__ = ["package_roles", "policy_paths", "policy_plane"]

_DRAWN = {
    "cake": "cake",
    "household_share": "household_share",
    "x": "mean_income",
    "y": "division",
    "prosperity": "prosperity",
}
"""Effects behind the numbers of a place in the plane."""

_ROLES: tuple[Role, ...] = ("first", "second", "third", "fourth", "fifth", "total")


def policy_plane(document: ResultDocument, packages: Sequence[Package], language: str) -> Chart:
    """Return the place of each package in the plane, with the ranges of both coordinates."""
    year, price = focus_year(document), policy_prices(document, language)
    rows = [_place(document, package, year) for package in packages]
    x = _axis("x", text("chart.plane_policies.x", language), str(year), price, language)
    y = _axis("y", text("chart.plane_policies.y", language), str(year), "", language)
    finding = {
        "year": year,
        "price": price,
        "all": len(rows),
        "better": sum(_is_above(row["x_low"]) and _is_above(row["y_low"]) for row in rows),
        "listed": text("list.separator", language).join(
            text("chart.plane_policies.place", language, package=row["label"],
                 income=signed(row["x"]), division=signed(row["y"]))
            for row in rows
        ),
    }  # fmt: skip
    return chart_of(
        document,
        document.table("policy_effects"),
        language,
        kind="effects_plane",
        key="plane_policies",
        title=text(f"chart.plane_policies.{title_key(finding, 'better')}", language, **finding),
        subtitle=text("chart.plane_policies.subtitle", language, **finding),
        note=text("chart.plane_policies.note", language),
        axes={"x": x, "y": y},
        series=tuple(
            Series(key=one.key, label=one.name, mark="range", role=role, rows=(row,))
            for one, role, row in zip(packages, package_roles(packages), rows, strict=True)
        ),
        references=_equal_prosperity(rows, language),
        shades=fair_quadrant(language),
        twin=twin_of(
            (
                text_column("label", text("policies.package", language)),
                *(replace(x, key=name, label=text(f"effect.{name}", language))
                  for name in ("cake", "household_share")),
                *_with_range(x, language),
                *_with_range(y, language),
                replace(x, key="prosperity", label=text("effect.prosperity", language)),
            ),
            rows,
        ),
        alt=text("chart.plane_policies.alt", language, **finding),
    )  # fmt: skip


def policy_paths(document: ResultDocument, packages: Sequence[Package], language: str) -> Chart:
    """Return the effect on prosperity by year, a panel per package, with its range as a band."""
    years, price = policy_years(document), policy_prices(document, language)
    value = _axis("y", text("effect.prosperity", language), years, price, language)
    series = tuple(
        _path(document, package, role)
        for package, role in zip(packages, package_roles(packages), strict=True)
    )
    ends = sorted(series, key=lambda one: float(one.rows[-1]["y"]))
    numbers = {
        "years": years,
        "price": price,
        "last": series[0].rows[-1]["x"],
        "least": ends[0].label,
        "low": signed(ends[0].rows[-1]["y"]),
        "most": ends[-1].label,
        "high": signed(ends[-1].rows[-1]["y"]),
    }
    x = replace(year_column(language), key="x")
    return chart_of(
        document,
        document.table("policy_effects"),
        language,
        kind="panels",
        key="policy_paths",
        title=text("chart.policy_paths.title", language, **numbers),
        subtitle=text("chart.policy_paths.subtitle", language, **numbers),
        note=text("chart.policy_paths.note", language),
        axes={"x": x, "y": value},
        series=series,
        twin=twin_of(
            (
                text_column("label", text("policies.package", language)),
                x,
                *_with_range(value, language),
            ),
            [{**row, "label": one.label} for one in series for row in one.rows],
        ),
        alt=text("chart.policy_paths.title", language, **numbers),
    )


def _place(document: ResultDocument, package: Package, year: int) -> dict[str, Any]:
    """Return the coordinates of a package: household income, its step of the cake, division."""
    cake, share = package.effect("cake", year).value, package.effect("household_share", year).value
    income, division = package.effect("mean_income", year), package.effect("division", year)
    return {
        "label": package.name,
        "cake": cake,
        "household_share": share,
        "x": cake + share,  # the log change of mean income, whose range is therefore that of x
        "x_low": _log_points(income.low),
        "x_high": _log_points(income.high),
        "y": division.value,
        "y_low": division.low,
        "y_high": division.high,
        "prosperity": package.effect("prosperity", year).value,
        "paths": dict(_place_paths(document, package, year)),
    }


def _place_paths(
    document: ResultDocument, package: Package, year: int
) -> Iterator[tuple[str, str]]:
    """Yield which number of the document each coordinate of a package is."""
    path_of_row = row_paths(document.table("policy_effects"))
    for key, effect in _DRAWN.items():
        at = path_of_row({"scenario": package.key, "year": year, "effect": effect})
        yield key, f"{at}/value"
        if key in ("x", "y"):
            yield from ((f"{key}_{end}", f"{at}/{end}") for end in ("low", "high"))


def _log_points(percent: float | None) -> float | None:
    return None if percent is None else 100 * math.log1p(percent / 100)


def _is_above(low: float | None) -> bool:
    return low is not None and low > 0


def package_roles(packages: Sequence[Package]) -> list[Role]:
    """Return a colour for each package; beyond six they share one."""
    return [_ROLES[i] if i < len(_ROLES) else "neutral" for i in range(len(packages))]


def _path(document: ResultDocument, package: Package, role: Role) -> Series:
    path_of_row = row_paths(document.table("policy_effects"))
    own = {"scenario": package.key, "effect": "prosperity"}
    effects: list[tuple[int, Effect]] = [
        (year, effect) for (year, name), effect in package.effects.items() if name == "prosperity"
    ]
    return Series(
        key=package.key,
        label=package.name,
        mark="range",
        role=role,
        rows=tuple(
            {"x": year, "y": one.value, "y_low": one.low, "y_high": one.high,
             "row_path": path_of_row({**own, "year": year})}
            for year, one in sorted(effects, key=lambda pair: pair[0])
        ),
    )  # fmt: skip


def _axis(key: str, label: str, year: str, price: str, language: str) -> Axis:
    unit = text("unit.log points", language)
    return Axis(
        key=key, label=label, unit=unit, format="effect", year=year, price_base=price, of="value"
    )


def _with_range(axis: Axis, language: str) -> tuple[Axis, ...]:
    """Return a column with the two ends of its range."""
    return (
        axis,
        *(
            replace(
                axis,
                key=f"{axis.key}_{end}",
                label=text(f"column.{end}", language, of=axis.label),
                of=end,
            )
            for end in ("low", "high")
        ),
    )


def _equal_prosperity(rows: Sequence[dict[str, Any]], language: str) -> tuple[ReferenceLine, ...]:
    """Return lines of equal prosperity at round log points within the reach of effects."""
    reach = [0.0]
    for row in rows:
        xs, ys = ([row[f"{axis}{end}"] for end in ("", "_low", "_high")] for axis in "xy")
        reach += [x + y for x in xs for y in ys if x is not None and y is not None]
    low, high = min(reach), max(reach)
    steps = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
    step = next((size for size in steps if high - low <= 8 * size), 100)
    levels = [step * i for i in range(math.floor(low / step), math.ceil(high / step) + 1)]
    return tuple(
        ReferenceLine(
            intercept=level,
            slope=-1.0,
            label=text("chart.plane_policies.equal", language, change=signed(level, 1)),
            short=signed(level, 1),
        )
        for level in levels
    )

"""What can be wrong with how the parts of an index tree hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from gongfu.core import Problem
from gongfu.core.errors import nearest_name
from gongfu.data.dictionary import load_dictionary
from gongfu.data.yearbook import load_china

__all__ = ["tree_problems"]


def tree_problems(raw: Mapping[str, Any], file: str) -> list[Problem]:
    """Return what is wrong between the entries of a tree as written, before its shape is checked.

    Parameters
    ----------
    raw : the parsed TOML; entries that are no tables are left to the check of the shape.
    file : named in the problems.
    """
    root = str(raw.get("name", ""))
    nodes, indicators = _tables(raw, "nodes"), _tables(raw, "indicators")
    found = [
        *_names(root, nodes, indicators),
        *_parents(root, nodes, {**nodes, **indicators}, indicators),
        *_weights(raw, root, {**nodes, **indicators}),
        *_bounds(raw, indicators),
    ]
    if raw.get("data") == "china":
        found += _variables(indicators)
    return [replace(problem, file=file) for problem in found]


def _tables(raw: Mapping[str, Any], key: str) -> dict[str, dict[str, Any]]:
    entries = raw.get(key)
    if not isinstance(entries, dict):
        return {}
    return {name: entry for name, entry in entries.items() if isinstance(entry, dict)}


def _names(root: str, nodes: Mapping[str, Any], indicators: Mapping[str, Any]) -> Iterator[Problem]:
    for name in sorted({*nodes, *indicators}):
        if (name in nodes and name in indicators) or name == root:
            yield Problem("name stands twice", expected="a name of its own", found=name)


def _parents(
    root: str,
    nodes: Mapping[str, dict[str, Any]],
    entries: Mapping[str, dict[str, Any]],
    indicators: Mapping[str, Any],
) -> Iterator[Problem]:
    above = {name: str(entry.get("parent") or root) for name, entry in entries.items()}
    kinds = {name: "indicators" if name in indicators else "nodes" for name in entries}
    for name, parent in above.items():
        if parent not in nodes and parent != root:
            yield Problem(
                "no such parent",
                expected=f"one of {', '.join([*nodes, root])}",
                found=parent,
                column=f"{kinds[name]}.{name}.parent",
                fix=nearest_name(parent, [*nodes, root]),
            )
    for name in nodes:
        if _in_circle(name, above):
            yield Problem("a node stands under itself", column=f"nodes.{name}.parent")
        elif name not in above.values():
            yield Problem(
                "a node without children", column=f"nodes.{name}", fix="Give it an indicator."
            )


def _in_circle(name: str, above: Mapping[str, str]) -> bool:
    place = above.get(name)
    for _ in above:
        if place == name:
            return True
        place = above.get(place) if place is not None else None
    return False


def _weights(
    raw: Mapping[str, Any], root: str, entries: Mapping[str, dict[str, Any]]
) -> Iterator[Problem]:
    if raw.get("weighting") != "expert":
        return
    sums: dict[str, float] = {}
    for entry in entries.values():
        weight, parent = entry.get("weight", 1.0), str(entry.get("parent") or root)
        sums[parent] = sums.get(parent, 0.0) + (weight if isinstance(weight, int | float) else 1.0)
    for parent, total in sums.items():
        if not total > 0:
            yield Problem("the children of a node weigh nothing together", found=parent)


def _bounds(raw: Mapping[str, Any], indicators: Mapping[str, dict[str, Any]]) -> Iterator[Problem]:
    if raw.get("normalisation", "bounds") != "bounds":
        return
    for name, entry in indicators.items():
        if "bounds" not in entry:
            yield Problem(
                "no bounds",
                expected="bounds = [low, high] in the unit of the indicator",
                column=f"indicators.{name}.bounds",
                fix="Fixed bounds keep past years as they are; or state another normalisation.",
            )


def _variables(indicators: Mapping[str, dict[str, Any]]) -> Iterator[Problem]:
    known = load_china().names
    for name, entry in indicators.items():
        for key in ("variable", "per"):
            wanted = str(entry.get(key) or (name if key == "variable" else ""))
            if wanted and wanted not in known:
                yield Problem(
                    "no such variable in the embedded figures of provinces",
                    found=wanted,
                    column=f"indicators.{name}.{key}",
                    fix=nearest_name(wanted, known) or "`gongfu data list` shows them.",
                )
        money = load_dictionary().get(str(entry.get("variable") or name))
        if entry.get("prices") and money is not None and money.price_base != "current prices":
            yield Problem(
                "only money at current prices can be counted at prices of a year",
                found=money.name,
                column=f"indicators.{name}.prices",
            )

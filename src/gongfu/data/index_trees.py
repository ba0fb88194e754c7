"""Index trees: those that ship with gongfu and a user's own, every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.core.index_tree import IndexNode, IndexTree, Indicator
from gongfu.data.index_tree_file import IndicatorEntry, TreeFile, known_keys
from gongfu.data.index_tree_problems import tree_problems
from gongfu.data.toml_files import parse_toml, read_toml_text

__all__ = ["index_tree", "index_tree_schema", "load_index_trees", "read_index_tree"]


def index_tree(name: str) -> IndexTree:
    """Return a tree that ships with gongfu, or say which name was probably meant."""
    known = load_index_trees()
    if name not in known:
        fix = nearest_name(name, list(known)) or f"Ready trees: {', '.join(known)}."
        raise InputError(Problem(f"no index is called {name!r}", fix=fix))
    return known[name]


def load_index_trees() -> Mapping[str, IndexTree]:
    """Return every tree that ships with gongfu, by name."""
    folder = resources.files("gongfu.data") / "indices"
    files = sorted(folder.iterdir(), key=lambda entry: entry.name)
    trees = [_parse(f.read_text("utf-8"), f.name) for f in files if f.name.endswith(".toml")]
    return {tree.name: tree for tree in trees}


def read_index_tree(path: str | Path) -> IndexTree:
    """Return the tree of a file.

    Raises
    ------
    InputError
        If the file is missing or not TOML, or a key, parent, variable, weight or bound is wrong;
        all problems at once, each with the nearest name.
    """
    ready = list(load_index_trees())
    meant = nearest_name(Path(path).stem, ready) or f"Ready trees: {', '.join(ready)}."
    return _parse(read_toml_text(path, "index", otherwise=meant), str(path))


def index_tree_schema() -> dict[str, Any]:
    """Return the JSON Schema of index files."""
    return TreeFile.model_json_schema()


def _parse(text: str, file: str) -> IndexTree:
    raw = parse_toml(text, file)
    problems = tree_problems(raw, file)
    try:
        written = TreeFile.model_validate(raw)
    except ValidationError as error:
        raise InputError([*_shape_problems(error, file), *problems]) from error
    if problems:
        raise InputError(problems)
    return _tree(written)


def _tree(written: TreeFile) -> IndexTree:
    nodes = tuple(
        IndexNode(
            name,
            node.title.zh,
            node.title.en,
            node.parent or written.name,
            node.weight,
            node.aggregation,
        )
        for name, node in written.nodes.items()
    )
    indicators = tuple(_indicator(n, one, written.name) for n, one in written.indicators.items())
    missing = written.missing
    return IndexTree(
        name=written.name,
        zh=written.title.zh,
        en=written.title.en,
        nodes=nodes,
        indicators=indicators,
        data=written.data,
        years=written.years,
        normalisation=written.normalisation,
        weighting=written.weighting,
        aggregation=written.aggregation,
        score_range=written.score_range,
        penalty_scale=written.penalty_scale,
        missing_zh=missing.zh if missing else "",
        missing_en=missing.en if missing else "",
    )


def _indicator(name: str, entry: IndicatorEntry, root: str) -> Indicator:
    return Indicator(
        name=name,
        zh=entry.title.zh,
        en=entry.title.en,
        parent=entry.parent or root,
        variable=entry.variable or name,
        unit=entry.unit,
        direction=entry.direction,
        reason_zh=entry.reason.zh,
        reason_en=entry.reason.en,
        source=entry.source,
        bounds=entry.bounds,
        per=entry.per,
        factor=entry.factor,
        prices=entry.prices,
        weight=entry.weight,
        is_inequality=entry.inequality,
    )


def _shape_problems(error: ValidationError, file: str) -> Iterator[Problem]:
    for one in error.errors(include_url=False):
        place = ".".join(str(part) for part in one["loc"])
        last = str(one["loc"][-1]) if one["loc"] else ""
        if one["type"] == "extra_forbidden":
            fix = nearest_name(last, known_keys())
            yield Problem("unknown key", file=file, column=place, fix=fix)
            continue
        given = one.get("input")
        found = "" if one["type"] == "missing" else repr(given)[:80]
        yield Problem(
            "missing" if one["type"] == "missing" else str(one["msg"]),
            found=found,
            file=file,
            column=place,
            fix=_fix(one, str(given)),
        )


def _fix(one: Mapping[str, Any], given: str) -> str:
    if one["type"] != "literal_error":
        return ""
    choices = [word.strip("' ") for word in one["ctx"]["expected"].replace(" or ", ", ").split(",")]
    return nearest_name(given, choices)

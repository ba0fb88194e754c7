"""The index trees a study names: ready ones and files of the user's own."""

from __future__ import annotations

from pathlib import Path

from gongfu.core import InputError, Problem
from gongfu.core.index_tree import IndexTree
from gongfu.data.index_trees import index_tree, read_index_tree
from gongfu.study.settings import IndexSettings

__all__ = ["study_trees", "tree_files"]


def study_trees(settings: IndexSettings, folder: Path) -> tuple[IndexTree, ...]:
    """Return the trees a study names, every problem of all of them at once."""
    found: list[IndexTree] = []
    problems: list[Problem] = []
    for name in settings.trees:
        try:
            found.append(read_index_tree(folder / name) if _is_file(name) else index_tree(name))
        except InputError as error:
            problems.extend(error.problems)
    names = [tree.name for tree in found]
    problems += [
        Problem(f"two indices of the study are called {name!r}", fix="Give each its own name.")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if problems:
        raise InputError(problems)
    return tuple(found)


def tree_files(settings: IndexSettings, folder: Path) -> list[Path]:
    """Return the index files of the user's own, in the order named."""
    return [folder / name for name in settings.trees if _is_file(name)]


def _is_file(name: str) -> bool:
    return name.endswith(".toml")

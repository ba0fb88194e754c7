"""Which tree and which figures a command of ``gongfu index`` speaks of."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

from gongfu.core import Panel
from gongfu.core.index_tree import IndexTree
from gongfu.data.flags import Language
from gongfu.data.index_trees import index_tree, read_index_tree
from gongfu.data.index_values import indicator_panel
from gongfu.data.readers import ReadingNote, read_panel
from gongfu.data.yearbook import exclusion_line, load_china

__all__ = ["IndexSource", "find_tree", "read_source"]


@dataclass(frozen=True, slots=True)
class IndexSource:
    """A tree, its indicators, the figures they were made from, and what was noted on the way.

    ``is_embedded`` where the figures are those that ship with gongfu.
    """

    tree: IndexTree
    panel: Panel
    figures: Panel
    notes: list[str]
    is_embedded: bool = False


def find_tree(name: str) -> IndexTree:
    """Return a ready tree by name, or the tree of a file."""
    is_file = name.endswith(".toml") or Path(name).exists()
    return read_index_tree(name) if is_file else index_tree(name)


def read_source(name: str, data: Path | None, language: Language = "en") -> IndexSource:
    """Return a tree with its indicators, from a user's file or the embedded figures."""
    tree = find_tree(name)
    if data is None:
        panel = indicator_panel(tree)
        return IndexSource(tree, panel, load_china(), [exclusion_line(language=language)], True)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ReadingNote)
        figures = read_panel(data)
    notes = [str(one.message) for one in caught if issubclass(one.category, ReadingNote)]
    return IndexSource(tree, indicator_panel(tree, figures), figures, notes)

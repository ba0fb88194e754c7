"""The page on the ready trees says what the files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongfu.data.index_trees import load_index_trees

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "measures" / "index-trees.md"


@pytest.mark.parametrize("name", ["digital-economy", "common-prosperity"])
def test_every_indicator_stands_there_with_its_bounds(name):
    tree, text = load_index_trees()[name], PAGE.read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for one in tree.indicators:
        row = next(line for line in rows if f"`{one.name}`" in line and one.en in line)
        assert f"| {one.direction} | {one.bounds[0]:g} to {one.bounds[1]:g} |" in row
        assert f"`{one.variable}`" in row
    assert tree.missing_en.strip() in text
    assert f"(`{name}`), {tree.years[0]}-{tree.years[1]}" in text

"""The worked examples of the measure pages run and hold."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[3] / "docs" / "reference" / "measures"
NAMES = sorted(page.name for page in PAGES.glob("*.md") if "```python" in page.read_text("utf-8"))


def test_there_are_pages_with_examples():
    assert {"gini.md", "errors.md", "tables.md"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_examples_of_the_page_hold(name, tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", (PAGES / name).read_text("utf-8"), flags=re.S)
    script = tmp_path / "example.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    runpy.run_path(str(script))


@pytest.mark.parametrize("name", NAMES)
def test_links_of_the_page_lead_somewhere(name):
    for target in re.findall(r"\]\(([\w-]+\.md)\)", (PAGES / name).read_text("utf-8")):
        assert (PAGES / target).exists(), target

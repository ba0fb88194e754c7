"""The worked examples of the pages on policies, distributions and description run and print."""

import contextlib
import io
import re
import runpy
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[3] / "docs" / "reference" / "explain"


@pytest.mark.parametrize("name", ["policy.md", "distribution.md", "describe.md"])
def test_example_of_the_page_prints_what_the_page_shows(name, tmp_path):
    text = (PAGES / name).read_text("utf-8")
    pattern = r"```python\n(.*?)```\n\n((?:    [^\n]*\n)+)"
    code, shown = re.search(pattern, text, flags=re.S).groups()
    script = tmp_path / "example.py"
    script.write_text(code, encoding="utf-8")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        runpy.run_path(str(script))
    assert printed.getvalue().splitlines() == [line[4:] for line in shown.splitlines()]

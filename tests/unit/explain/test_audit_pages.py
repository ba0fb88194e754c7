"""The worked examples of the pages on thresholds, mediation and audits run and hold."""

import re
import runpy
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[3] / "docs" / "reference" / "explain"


@pytest.mark.parametrize("name", ["threshold.md", "mediation.md", "audits.md"])
def test_examples_of_the_page_hold(name, tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", (PAGES / name).read_text("utf-8"), flags=re.S)
    script = tmp_path / "example.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    assert blocks
    runpy.run_path(str(script))

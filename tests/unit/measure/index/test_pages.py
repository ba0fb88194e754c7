"""The examples on the pages about indices run and hold what they assert."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[4] / "docs" / "reference" / "measures"


@pytest.mark.parametrize(
    "name", ["aggregation", "audit", "build", "choices", "coupling", "trees", "weights"]
)
def test_examples_run_and_print_what_the_page_shows(name, capsys):
    page = (FOLDER / f"index-{name}.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, f"index-{name}.md", "exec"), names)
    printed = capsys.readouterr().out.splitlines()
    for line in re.findall(
        r"^    ((?:normalisation|weighting|aggregation): .* places)$", page, re.M
    ):
        assert line in printed

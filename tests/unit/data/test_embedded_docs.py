import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs" / "reference" / "data"


def read(name):
    return (PAGES / name).read_text(encoding="utf-8")


def test_variables_page_is_what_the_dictionary_says():
    script = ROOT / "scripts" / "write_variable_docs.py"
    spec = importlib.util.spec_from_file_location("write_variable_docs", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert read("variables.md") == module.page()


@pytest.mark.parametrize("name", ["figures.md", "prices.md"])
def test_examples_in_the_documentation_run(name):
    blocks = re.findall(r"```python\n(.*?)```", read(name), flags=re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, name, "exec"), {})

"""The pages on households list every assumption of their file, as it stands there."""

import importlib.util
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
NAMES = ("access", "skills", "displacement", "income", "migration", "renewal")
PAGES = [ROOT / "docs" / "explanation" / "mechanisms" / f"{name}.md" for name in NAMES]


def load_script():
    path = ROOT / "scripts" / "draw_mechanisms" / "parameters.py"
    spec = importlib.util.spec_from_file_location("parameters", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_parameter_tables_are_those_of_the_file(page):
    text = page.read_text(encoding="utf-8")
    assert load_script().filled(text) == text, "run scripts/draw_mechanisms/parameters.py"


def test_every_household_assumption_stands_on_one_page():
    file = resources.files("gongfu.data") / "assumptions" / "households.toml"
    listed = []
    for page in PAGES:
        listed += re.findall(r"^\| `(\w+)`", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(tomllib.loads(file.read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_shows_its_picture(page):
    assert f"({page.stem}.svg)" in page.read_text(encoding="utf-8")
    assert page.with_suffix(".svg").is_file()

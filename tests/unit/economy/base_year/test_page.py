"""The page on the base year shows the values of the file, and names every assumption."""

import importlib.util
import tomllib
from importlib import resources
from pathlib import Path

ROOT = Path(__file__).parents[4]
PAGE = ROOT / "docs" / "explanation" / "mechanisms" / "base-year.md"


def test_the_parameter_table_is_that_of_the_file():
    path = ROOT / "scripts" / "draw_mechanisms" / "parameters.py"
    spec = importlib.util.spec_from_file_location("parameters", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    text = PAGE.read_text(encoding="utf-8")
    assert script.filled(text) == text, "run scripts/draw_mechanisms/parameters.py"


def test_every_assumption_stands_on_the_page_or_is_a_year_of_the_internet_path():
    file = resources.files("gongfu.data") / "assumptions" / "base_year.toml"
    text = PAGE.read_text(encoding="utf-8")
    names = tomllib.loads(file.read_text("utf-8"))
    missing = [name for name in names if f"`{name}`" not in text]
    assert all(name.startswith(("internet_urban_20", "internet_rural_20")) for name in missing)


def test_every_assumption_without_a_figure_says_so():
    file = resources.files("gongfu.data") / "assumptions" / "base_year.toml"
    for name, entry in tomllib.loads(file.read_text("utf-8")).items():
        if entry["evidence"] == "assumed":
            assert "assumed" in entry["source"] or "press quotation" in entry["source"], name


def test_the_page_shows_its_picture():
    assert "(base-year.svg)" in PAGE.read_text(encoding="utf-8")
    assert PAGE.with_suffix(".svg").is_file()

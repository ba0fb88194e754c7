"""The pages on households list every assumption of their file."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[4] / "docs" / "explanation" / "mechanisms"
NAMES = ("access", "skills", "displacement", "income", "migration", "renewal")


def test_every_household_assumption_stands_on_one_page():
    file = resources.files("gongfu.data") / "assumptions" / "households.toml"
    listed = [name for page in NAMES for name in parameters(page)]
    assert sorted(listed) == sorted(tomllib.loads(file.read_text("utf-8")))


@pytest.mark.parametrize("page", NAMES)
def test_the_picture_of_a_page_is_there(page):
    assert f"]({page}.svg)" in (PAGES / f"{page}.md").read_text(encoding="utf-8")
    assert (PAGES / f"{page}.svg").is_file()


def parameters(page):
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    return text.split("<!-- parameters: ")[1].split(" -->")[0].split()

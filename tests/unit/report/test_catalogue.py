import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from gongfu.report.catalogue import keys, text
from gongfu.report.catalogue.texts import _catalogue

SOURCE = Path(str(files("gongfu.report")))
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")


def names_in(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_both_languages_have_the_same_keys_in_the_same_order():
    assert keys("zh") == keys("en")


def test_no_text_is_empty_and_english_holds_no_chinese():
    for key in keys("zh"):
        assert _catalogue("zh")[key].strip(), key
        assert _catalogue("en")[key].strip(), key
        assert not CHINESE.search(_catalogue("en")[key]), key


def test_both_languages_speak_of_the_same_values():
    for key in keys("zh"):
        chinese, english = names_in(_catalogue("zh")[key]), names_in(_catalogue("en")[key])
        # Where an English sentence begins with the account's name, it has a form of its own.
        assert {n.replace("opening", "account") for n in english} == chinese, key


def test_every_key_is_used_and_every_used_key_exists():
    code = "\n".join(
        path.read_text("utf-8") for path in SOURCE.rglob("*") if path.suffix in (".py", ".html")
    )
    literal = set(re.findall(r"""["']([a-z_]+(?:\.[a-z0-9_ ]+)+)["']""", code))
    prefixes = tuple(re.findall(r"""f?["']([a-z_]+\.[a-z_.]*)(?:\{|["'] ~)""", code))
    known = set(keys("zh"))
    families = {
        "unit",
        "evidence",
        "uncertainty",
        "index",
        "part",
        "chain",
    }  # named by the document or the front end, not by the code
    unused = {
        key
        for key in known - literal
        if not key.startswith(prefixes) and key.split(".")[0] not in families
    }
    assert unused == set()
    families_used = {key.split(".")[0] for key in known}
    missing = {key for key in literal if key.split(".")[0] in families_used} - known
    assert {key for key in missing if not key.endswith((".py", ".toml", ".json", ".html"))} == set()


def test_a_missing_key_and_a_missing_value_are_bugs():
    with pytest.raises(KeyError):
        text("chart.none", "zh")
    with pytest.raises(KeyError):
        text("price.base", "en")

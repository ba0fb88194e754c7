import base64
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from gongfu.report import fonts
from gongfu.report.catalogue import LANGUAGES, keys, text
from gongfu.report.catalogue.texts import _catalogue
from gongfu.report.fonts import (
    FAMILY,
    MissingGlyphWarning,
    faces,
    families_for,
    find_missing_glyphs,
    warn_of_missing_glyphs,
    web_font,
)

FOLDER = files(fonts)
NEVER_USED = "\U00016800"  # a sign of the Bamum supplement


def characters_of(style: str) -> set[int]:
    return set(TTFont(BytesIO((FOLDER / f"GongfuSansSC-{style}.otf").read_bytes())).getBestCmap())


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_our_faces_show_every_character_of_our_own_texts(style: str):
    own = {c for language in LANGUAGES for words in _catalogue(language).values() for c in words}
    data = Path(str(files("gongfu.data"))) / "china"
    for name in ("provinces.csv", "variables.csv", "sources.csv", "notes.csv"):
        own |= set((data / name).read_text("utf-8-sig"))
    held = characters_of(style)
    missing = {c for c in own if c >= " " and ord(c) not in held}
    assert missing == set(), "run scripts/build_fonts.py"


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_a_face_stays_small_and_carries_its_own_name_and_licence(style: str):
    content = (FOLDER / f"GongfuSansSC-{style}.otf").read_bytes()
    assert len(content) <= 1_600_000  # what the wheel can afford for one face
    names = TTFont(BytesIO(content))["name"]
    assert names.getDebugName(1) == FAMILY
    assert "SIL Open Font License" in names.getDebugName(13)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text("utf-8")


def test_common_chinese_and_the_true_minus_are_never_missing():
    assert find_missing_glyphs("共同富裕 −0.3 ≥ ε → ①") == ""
    assert families_for("共同富裕") == (FAMILY,)


def test_what_no_font_shows_is_named_loudly():
    assert find_missing_glyphs(f"共{NEVER_USED}富") == NEVER_USED
    with pytest.warns(MissingGlyphWarning, match=r"U\+16800"):
        warn_of_missing_glyphs(f"共{NEVER_USED}富")


def test_a_character_beyond_our_faces_brings_the_fonts_of_the_system():
    assert families_for(NEVER_USED) == faces.family_names()


def test_a_web_font_holds_the_characters_of_its_page_and_no_others():
    address = web_font("共富+1%", "Bold")
    kind, content = address.split(",", 1)
    assert kind == "data:font/woff2;base64"
    held = set(TTFont(BytesIO(base64.b64decode(content))).getBestCmap())
    assert held == {ord(character) for character in "共富+1%"}
    assert web_font("共富+1%", "Bold") == address


def test_every_text_of_the_catalogue_can_be_asked_for():
    assert all(text(key, "zh", **dict.fromkeys(NAMES, 1)) for key in keys("zh"))


NAMES = {
    part.split("}")[0]
    for words in _catalogue("zh").values()
    for part in words.split("{")[1:]
}  # fmt: skip

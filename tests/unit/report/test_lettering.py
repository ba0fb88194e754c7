import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongfu.report.figures.lettering import text_width, wrap

WORDS = st.text(alphabet="共同富裕分好蛋糕，。（）《》%12 ab–", min_size=1, max_size=80)


@given(WORDS, st.floats(60, 400))
def test_wrapping_keeps_every_character_and_the_width(words: str, width: float):
    lines = wrap(words, 8, width)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    longest_piece = max(map(len, words.split()), default=0)
    for line in lines:
        # A piece that may not be broken can be wider than the line: nothing can be done then.
        assert text_width(line, 8) <= width or len(line) <= longest_piece


@given(st.text(alphabet="共富，。（）", min_size=2, max_size=60))
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(words: str):
    lines = wrap(words, 8, 60)
    assert not any(line[0] in "，。）" for line in lines[1:])
    assert not any(line[-1] in "（" for line in lines[:-1])


def test_latin_words_stay_whole():
    assert wrap("income per person", 8, text_width("income per ", 8)) == ["income per", "person"]


def test_a_chinese_character_is_as_wide_as_the_type_is_high():
    # An ideograph advances one em; the font's fixed-point numbers lose the sixth digit.
    assert text_width("共富", 10) == pytest.approx(20, rel=1e-5)


def test_bold_is_wider_than_regular_and_nothing_has_no_width():
    assert text_width("Income", 8, bold=True) > text_width("Income", 8)
    assert (text_width("", 8), wrap("", 8, 100)) == (0, [""])

"""How wide a text is, and where its lines break, in Chinese and in Latin script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from matplotlib import font_manager, ft2font

from gongfu.report.fonts import family_names

__all__ = ["text_width", "wrap"]

_NOT_FIRST = set("，。、；：！？）》」』】”’…%％‰°·—–,.;:!?)]}")
_NOT_LAST = set("（《「『【“‘([{")
_PIECES = re.compile(r"[!-~À-ɏ−]+|\s+|.", re.DOTALL)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line in points at a font size in points."""
    return size * sum(_advance(character, bold) for character in text)


def wrap(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Return the lines of a text no wider than ``width`` points.

    Chinese breaks anywhere, but never before closing or after opening punctuation; Latin words
    stay whole.
    """
    lines, line = [], ""
    for piece in _unbreakable(text):
        if line and text_width((line + piece).rstrip(), size, bold=bold) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _unbreakable(text: str) -> Iterator[str]:
    """Yield pieces that may not be broken, with punctuation joined to its neighbour."""
    held = ""
    for piece in _PIECES.findall(text):
        if held and not (piece[0] in _NOT_FIRST or held[-1] in _NOT_LAST):
            yield held
            held = piece
        else:
            held += piece
    if held:
        yield held


@cache
def _advance(character: str, bold: bool) -> float:
    """Return the advance of a character as a share of the font size."""
    for family in family_names():
        font = _font(family, bold)
        if font.get_char_index(ord(character)):
            return font.load_char(ord(character)).linearHoriAdvance / 65536 / 100
    return 1.0


@cache
def _font(family: str, bold: bool) -> ft2font.FT2Font:
    properties = font_manager.FontProperties(family=family, weight="bold" if bold else "normal")
    font = ft2font.FT2Font(font_manager.findfont(properties))
    font.set_size(100, 72)
    return font

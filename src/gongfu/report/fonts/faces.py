"""Which font shows which character: ours first, then a Chinese font of the system, or a warning.

The shipped faces are cut from Noto Sans CJK SC (SIL Open Font License 1.1, see ``OFL.txt``) by
``scripts/build_fonts.py``.
"""

from __future__ import annotations

import warnings
from functools import cache
from importlib.resources import as_file, files
from typing import Literal

from matplotlib import font_manager, ft2font

__all__ = [
    "FAMILY",
    "MissingGlyphWarning",
    "Style",
    "face_bytes",
    "families_for",
    "family_names",
    "find_missing_glyphs",
    "warn_of_missing_glyphs",
]

Style = Literal["Regular", "Bold"]
FAMILY = "Gongfu Sans SC"
SYSTEM_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Zen Hei",
    "DejaVu Sans",
)
"""Where else a character may be found, in this order; the last comes with matplotlib."""


class MissingGlyphWarning(UserWarning):
    """Some characters of a text would be drawn as boxes."""


def find_missing_glyphs(text: str) -> str:
    """Return the characters that neither our faces nor a font of this system can show, sorted."""
    missing = {character for character in text if not character.isspace()}
    for family in family_names():
        if not missing:
            break
        missing -= {character for character in missing if ord(character) in _characters(family)}
    return "".join(sorted(missing))


def families_for(text: str) -> tuple[str, ...]:
    """Return the families that show a text: ours alone where it suffices, which draws faster."""
    families = family_names()
    missing = any(ord(c) not in _characters(FAMILY) for c in set(text) if not c.isspace())
    return families if missing else families[:1]


def warn_of_missing_glyphs(text: str) -> None:
    """Warn loudly, with the characters' names, where a text cannot be shown."""
    missing = find_missing_glyphs(text)
    if missing:
        listed = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)
        warnings.warn(
            f"No font here shows {listed}. Figures draw boxes in their place. "
            "Install a font that has them, such as Noto Sans CJK (Debian: fonts-noto-cjk).",
            MissingGlyphWarning,
            stacklevel=3,
        )


@cache
def family_names() -> tuple[str, ...]:
    """Return our family, made known to matplotlib, and the families of this system behind it."""
    for style in ("Regular", "Bold"):
        with as_file(files(__package__) / f"GongfuSansSC-{style}.otf") as path:
            font_manager.fontManager.addfont(path)
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return (FAMILY, *(name for name in SYSTEM_FAMILIES if name in installed))


@cache
def face_bytes(style: Style) -> bytes:
    """Return the font file of one of our faces."""
    return (files(__package__) / f"GongfuSansSC-{style}.otf").read_bytes()


@cache
def _characters(family: str) -> frozenset[int]:
    path = font_manager.findfont(family, fallback_to_default=False)
    return frozenset(ft2font.FT2Font(path).get_charmap())

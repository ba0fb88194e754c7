"""Fonts, sizes and colours of a Word file, as styles that its reader can change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle

from gongfu.report.book.blocks import Style

__all__ = ["ACCENT", "INK", "MARGINS", "MUTED", "TEXT_WIDTH", "set_looks"]

INK, MUTED = RGBColor(0x1F, 0x29, 0x33), RGBColor(0x5B, 0x66, 0x70)
ACCENT = RGBColor(0xB3, 0x26, 0x1E)
MARGINS: Mapping[Style, tuple[int, int, int, int]] = {
    "gov": (30, 28, 26, 24),
    "paper": (25, 25, 25, 25),
}
"""Top, bottom, left and right, in millimetres."""
TEXT_WIDTH = 160  # millimetres between the margins


@dataclass(frozen=True, slots=True)
class _Fonts:
    latin: str
    body: str
    head: str


_FONTS: Mapping[Style, _Fonts] = {
    "gov": _Fonts("Times New Roman", "仿宋", "黑体"),
    "paper": _Fonts("Times New Roman", "宋体", "黑体"),
}


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    colour: RGBColor = INK
    bold: bool = False
    is_head: bool = False
    before: float = 0.0
    after: float = 4.0
    centred: bool = False
    keeps: bool = False
    indent: float = 0.0


def set_looks(document: WordDocument, language: str, style: Style) -> None:
    """Set the styles of the file."""
    is_gov = style == "gov"
    looks = {
        "Normal": _Look(12.0 if is_gov else 10.5),
        "Body Text": _Look(12.0 if is_gov else 10.5, after=6.0,
                           indent=2.0 if is_gov and language == "zh" else 0.0),
        "Title": _Look(24.0 if is_gov else 18.0, bold=True, is_head=True, after=12.0,
                       centred=True),
        "Heading 1": _Look(16.0 if is_gov else 14.0, ACCENT if is_gov else INK, bold=True,
                           is_head=True, before=18.0, after=8.0, keeps=True),
        "Heading 2": _Look(14.0 if is_gov else 12.0, bold=True, is_head=True, before=12.0,
                           after=6.0, keeps=True),
        "Heading 3": _Look(12.0 if is_gov else 10.5, bold=True, is_head=True, before=8.0,
                           after=4.0, keeps=True),
        "Caption": _Look(10.0, bold=True, is_head=True, before=8.0, after=3.0),
        "List Bullet": _Look(12.0 if is_gov else 10.5),
        "Gongfu Kind": _Look(12.0, ACCENT, bold=True, is_head=True, after=18.0, centred=True),
        "Gongfu Label": _Look(12.0, bold=True, is_head=True, before=8.0, keeps=True),
        "Gongfu Finding": _Look(13.0 if is_gov else 10.5, after=8.0),
        "Gongfu Warning": _Look(9.5, ACCENT if is_gov else INK),
        "Gongfu Note": _Look(8.5, MUTED, after=2.0),
        "Gongfu Cell": _Look(8.0, after=0.0),
        "Gongfu Term": _Look(11.0 if is_gov else 10.0),
    }  # fmt: skip
    for name, look in looks.items():
        _set(_style(document, name), look, _FONTS[style])
    _set_language(document.styles["Normal"], language)


def _style(document: WordDocument, name: str) -> ParagraphStyle:
    styles = document.styles
    found = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(found, ParagraphStyle), name
    return found


def _set_language(style: BaseStyle, language: str) -> None:
    """Say the language of each script: Latin words in Chinese text are still no Chinese.

    Else a number could break between any two of its digits.
    """
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), "en-US" if language == "zh" else "en-GB")
    mark.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(mark)


def _set(style: ParagraphStyle, look: _Look, fonts: _Fonts) -> None:
    style.font.name = fonts.latin
    style.font.size = Pt(look.size)
    style.font.bold, style.font.italic = look.bold, False
    style.font.color.rgb = look.colour
    families = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in families.attrib if "Theme" in str(name)]:
        del families.attrib[name]  # a theme's font would overrule ours
    families.set(qn("w:hAnsi"), fonts.latin)
    families.set(qn("w:eastAsia"), fonts.head if look.is_head else fonts.body)
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    space = style.paragraph_format
    space.space_before, space.space_after = Pt(look.before), Pt(look.after)
    space.keep_with_next = look.keeps
    if look.centred:
        space.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if look.indent:
        space.first_line_indent = Pt(look.indent * look.size)

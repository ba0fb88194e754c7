"""Numbers of chapters and sections, as a style writes them."""

from __future__ import annotations

from gongfu.report.book.blocks import Style

__all__ = ["chapter_number", "section_number"]

_DIGITS = "零一二三四五六七八九"


def chapter_number(number: int, style: Style, language: str) -> str:
    """Return what stands before a chapter's title: ``三、`` in official Chinese, else ``3 ``."""
    if style == "gov" and language == "zh":
        return f"{_chinese(number)}、"
    return f"{number} "


def section_number(chapter: int, number: int, style: Style, language: str) -> str:
    """Return what stands before a section's title: ``（二）`` in Chinese, else ``3.2 ``."""
    if style == "gov" and language == "zh":
        return f"（{_chinese(number)}）"
    return f"{chapter}.{number} "


def _chinese(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"

"""Text from outside made fit for one line of a terminal."""

from __future__ import annotations

import re

__all__ = ["INVISIBLE", "plain"]

INVISIBLE = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Regular expression, for Python and Polars, of characters that hide or reorder text: control
characters other than tab and line ends, direction marks, zero-width spaces, byte-order marks."""

_CONTROL = re.compile(rf"{INVISIBLE}|[\t\r\n]")


def plain(text: object, limit: int = 200) -> str:
    r"""Return text on one line: control and direction characters as ``\u202e``, cut to ``limit``.

    Parameters
    ----------
    text : a path, a cell, or the message of a library.
    limit : characters kept.
    """
    whole = str(text)
    shown = _CONTROL.sub(_written_out, whole[:limit])
    shown = shown.encode("utf-8", "backslashreplace").decode("utf-8")
    return shown if len(whole) <= limit else f"{shown}..."


def _written_out(match: re.Match[str]) -> str:
    character = match.group()
    return " " if character in "\t\r\n" else f"\\u{ord(character):04x}"

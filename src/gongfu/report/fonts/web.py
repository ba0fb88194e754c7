"""A web font that holds only the characters of one page."""

from __future__ import annotations

import base64
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

from gongfu.report.fonts.faces import Style, face_bytes

__all__ = ["web_font"]


def web_font(text: str, style: Style) -> str:
    """Return a ``data:`` address of a WOFF2 font with the characters of a text.

    Characters that our faces lack are left to the fonts of the reader's system.
    """
    font = TTFont(BytesIO(face_bytes(style)), recalcBBoxes=False, recalcTimestamp=False, lazy=True)
    options = subset.Options()
    options.hinting = True  # our faces have none left: do not spend time on removing them
    options.layout_features = ["kern", "halt", "chws"]
    options.name_IDs = [0, 13, 14]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    font.flavor = "woff2"
    buffer = BytesIO()
    font.save(buffer)
    return f"data:font/woff2;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"

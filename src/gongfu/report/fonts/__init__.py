"""The fonts of reports: Chinese and Latin in one family, shipped, so that no box is ever drawn."""

from gongfu.report.fonts.faces import (
    FAMILY,
    MissingGlyphWarning,
    families_for,
    family_names,
    find_missing_glyphs,
    warn_of_missing_glyphs,
)
from gongfu.report.fonts.web import web_font

__all__ = [
    "FAMILY",
    "MissingGlyphWarning",
    "families_for",
    "family_names",
    "find_missing_glyphs",
    "warn_of_missing_glyphs",
    "web_font",
]

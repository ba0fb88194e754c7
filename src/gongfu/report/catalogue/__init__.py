"""Every word a report says, in Chinese and English, and how each language writes numbers."""

from gongfu.report.catalogue.texts import LANGUAGES, has_text, keys, text

__all__ = ["LANGUAGES", "has_text", "keys", "text"]

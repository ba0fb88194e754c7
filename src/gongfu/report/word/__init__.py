"""Reports as Word files."""

from gongfu.report.word.write import to_docx

__all__ = ["to_docx"]

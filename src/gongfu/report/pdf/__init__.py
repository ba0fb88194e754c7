"""Reports as PDF."""

from gongfu.report.pdf.typeset import to_pdf

__all__ = ["to_pdf"]

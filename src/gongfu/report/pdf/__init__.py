"""Reports and figures as PDF."""

from gongfu.report.pdf.typeset import picture_to_pdf, to_pdf

__all__ = ["picture_to_pdf", "to_pdf"]

"""One result document -> page, figures, tables, files. Never runs a model."""

from gongfu.report.document import Column, Meta, ResultDocument, ResultTable, Words
from gongfu.report.storage import read_document, write_document

__all__ = [
    "Column",
    "Meta",
    "ResultDocument",
    "ResultTable",
    "Words",
    "read_document",
    "write_document",
]

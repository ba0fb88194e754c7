"""The report as one value of chapters and blocks, which every kind of document sets."""

from gongfu.report.book.blocks import Book, Style
from gongfu.report.book.build import book_charts, build_book

__all__ = ["Book", "Style", "book_charts", "build_book"]

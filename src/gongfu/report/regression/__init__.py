"""Regression tables: one value, many kinds of file."""

from gongfu.report.regression.html import to_html
from gongfu.report.regression.latex import to_latex
from gongfu.report.regression.markdown import to_markdown
from gongfu.report.regression.table import RegressionTable, regression_table
from gongfu.report.regression.word import to_word
from gongfu.report.regression.workbook import to_workbook

__all__ = [
    "RegressionTable",
    "regression_table",
    "to_html",
    "to_latex",
    "to_markdown",
    "to_word",
    "to_workbook",
]

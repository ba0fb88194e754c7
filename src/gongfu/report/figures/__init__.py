"""Charts drawn for print by matplotlib, one file per kind."""

from gongfu.report.figures.draw import draw
from gongfu.report.figures.sheet import NARROW, WIDE, Sheet

__all__ = ["NARROW", "WIDE", "Sheet", "draw"]

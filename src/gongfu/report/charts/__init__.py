"""From the result document to chart specifications, one file per subject."""

from gongfu.report.charts.build import build_charts

__all__ = ["build_charts"]

"""Errors of different units that move together while errors are clustered by unit.

References
----------
[Pesaran 2004] General diagnostic tests for cross section dependence in panels. CESifo Working
Paper 1229.
"""

from __future__ import annotations

from gongfu.core import InputError
from gongfu.explain.cross_section import pesaran_cd_test
from gongfu.explain.panel_data import PanelData
from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_dependence"]

CITATION = "Pesaran 2004, CESifo WP 1229; Driscoll, Kraay 1998, REStat 80(4)"


def check_dependence(data: PanelData, *, level: float = 0.05) -> Finding:
    """Return whether errors of a regression for each unit move together across units.

    Parameters
    ----------
    level : p-value of Pesaran's CD test at or below which the check speaks up.

    Notes
    -----
    Where units are too short for regressions of their own, residuals of entity effects serve.
    """
    try:
        test = pesaran_cd_test(data)
    except InputError:
        test = pesaran_cd_test(data, residuals="entity")
    return Finding(
        "units-move-together",
        "found" if test.p <= level else "clean",
        Say(
            f"残差的 Pesaran CD = {test.statistic:.2f}（p = {test.p:.3g}）。",
            f"Pesaran's CD of the residuals is {test.statistic:.2f} (p = {test.p:.3g}).",
        ),
        {"cd": test.statistic, "p": test.p},
        {"p": level},
        Say(
            "加年份效应；标准误另报双向聚类或空间 HAC（Conley）；时间长时用 Driscoll-Kraay。",
            "Add year effects; report two-way clustered or Conley errors, Driscoll-Kraay where "
            "there are many times.",
        ),
        CITATION,
    )

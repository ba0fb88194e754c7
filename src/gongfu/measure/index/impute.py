"""Gaps in indicators: left alone, or filled and marked as estimated.

Means over the other indicators or units are not offered: a node that quietly averages what is
there gives a unit the scores of figures that nobody published.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from gongfu.core import Panel
from gongfu.data.estimates import estimate_missing

__all__ = ["Imputation", "impute"]

Imputation: TypeAlias = Literal["none", "interpolate", "carry"]


def impute(panel: Panel, method: Imputation = "none", *, until: int | None = None) -> Panel:
    """Return the panel with gaps filled inside each unit's own series.

    Parameters
    ----------
    panel : its variables are indicators.
    method : ``none``; ``interpolate`` on the straight line between two figures, none beyond the
        first and last; ``carry`` the last figure forward, up to the year ``until``.

    Returns
    -------
    Panel
        Filled cells have evidence ``estimated`` and a note; a unit without any figure stays empty.
    """
    if method == "none":
        return panel
    filled = [estimate_missing(panel, name, method, until=until) for name in panel.names]
    return panel.join(*filled)

"""A leaf of a page: the report in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongfu.report.chart import Chart
from gongfu.report.page.asked import Asked
from gongfu.report.page.compact import compact

__all__ = ["Leaf"]

_PRINTED = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """The report in one language.

    Parameters
    ----------
    body : markup of all that a reader reads, printed figures included.
    asked : which numbers of the document stand in it.
    """

    language: str
    charts: Mapping[str, Chart]
    body: str
    asked: Asked

    @property
    def live_body(self) -> str:
        """The body without its printed figures, for a reader whose page draws them."""
        return compact(_PRINTED.sub("", self.body))

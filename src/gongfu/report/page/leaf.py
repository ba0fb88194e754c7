"""A leaf of a page: the report in one language, in markup and as what its front end reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.front import charts_data, palette_data, words_data
from gongfu.report.page.asked import Asked
from gongfu.report.page.compact import compact
from gongfu.report.page.downloads import downloads_of
from gongfu.report.page.pictures import Bodies
from gongfu.report.why import Basis, ledger_of

__all__ = ["Leaf", "content_of", "leaf_data"]

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


def content_of(
    document: ResultDocument,
    leaves: Iterable[Leaf],
    bodies: Mapping[str, Bodies],
    basis: Basis | None,
) -> dict[str, Any]:
    """Return everything that a page carries but its code.

    Parameters
    ----------
    leaves : the first is the one that the page opens in.
    bodies : of the figures, whose heights the live ones keep.
    basis : what the numbers rest on, below the document.
    """
    first, *others = leaves
    ledger, places = ledger_of(
        document, (path for leaf in (first, *others) for path in leaf.asked.paths()), basis
    )
    return {
        "language": first.language,
        "palette": palette_data(),
        "heights": {key: [body.wide, body.narrow] for key, body in bodies.items()},
        "leaves": {
            first.language: leaf_data(document, first.charts, first.language),
            **{
                leaf.language: {
                    **leaf_data(document, leaf.charts, leaf.language),
                    "body": leaf.live_body,
                }
                for leaf in others
            },
        },
        "why": ledger,
        "asked": {leaf.language: leaf.asked.cells(places) for leaf in (first, *others)},
    }


def leaf_data(
    document: ResultDocument, charts: Mapping[str, Chart], language: str
) -> dict[str, Any]:
    """Return words, charts and CSV files in one language."""
    return {
        "name": text("page.language_name", language),
        "title": document.meta.title[language],
        "words": words_data(language),
        "charts": charts_data(charts),
        "downloads": downloads_of(document, charts, language),
        "body": "",
    }

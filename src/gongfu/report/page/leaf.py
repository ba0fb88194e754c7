"""A leaf of a page: the report in one language, in markup and as what its front end reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
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

__all__ = ["Leaf", "content_of", "downloads_data", "side_by_side"]

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
    leaves: Sequence[Leaf],
    bodies: Mapping[str, Bodies],
    basis: Basis | None,
) -> dict[str, Any]:
    """Return everything that a page carries but its code.

    Parameters
    ----------
    leaves : the first is the one that the page opens in.
    bodies : of the figures, whose heights the live ones keep.
    basis : what the numbers rest on, below the document.

    Notes
    -----
    What the languages share or say in much the same way stands side by side, where compression
    finds it.
    """
    first = leaves[0]
    ledger, places = ledger_of(document, (p for leaf in leaves for p in leaf.asked.paths()), basis)
    asked = {leaf.language: leaf.asked.cells(places) for leaf in leaves}
    return {
        "language": first.language,
        "palette": palette_data(),
        "heights": {key: [body.wide, body.narrow] for key, body in bodies.items()},
        "leaves": {leaf.language: _leaf_data(document, leaf, is_own=leaf is first)
                   for leaf in leaves},
        "charts": side_by_side({one.language: charts_data(one.charts) for one in leaves}),
        "downloads": downloads_data(document, leaves),
        "why": ledger,
        "asked": {code: cells for code, cells in asked.items()
                  if code == first.language or cells != asked[first.language]},
    }  # fmt: skip


def downloads_data(
    document: ResultDocument, leaves: Iterable[Leaf]
) -> dict[str, list[dict[str, str]]]:
    """Return the CSV files by name, line by line in every language."""
    files = {one.language: downloads_of(document, one.charts, one.language) for one in leaves}
    lines = {
        code: {name: content.splitlines(keepends=True) for name, content in own.items()}
        for code, own in files.items()
    }
    return {
        name: [
            dict(zip(both, line, strict=True)) for line in zip_longest(*both.values(), fillvalue="")
        ]
        for name, both in side_by_side(lines).items()
    }


def side_by_side(parts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return things that each language has by name, by name and then language."""
    names = dict.fromkeys(name for own in parts.values() for name in own)
    return {name: {code: own[name] for code, own in parts.items() if name in own} for name in names}


def _leaf_data(document: ResultDocument, leaf: Leaf, *, is_own: bool) -> dict[str, Any]:
    return {
        "name": text("page.language_name", leaf.language),
        "title": document.meta.title[leaf.language],
        "words": words_data(leaf.language),
        "body": "" if is_own else leaf.live_body,
    }

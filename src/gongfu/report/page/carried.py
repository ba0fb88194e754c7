"""What pages carry for their front end: languages, figures, files, and why-chains."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.document import ResultDocument
from gongfu.report.front import charts_data, palette_data, words_data
from gongfu.report.page.downloads import downloads_of
from gongfu.report.page.leaf import Leaf
from gongfu.report.page.pictures import Bodies
from gongfu.report.printable import printable, printable_values
from gongfu.report.why import Basis, ledger_of

__all__ = ["Carried"]


class Carried:
    """What the pages of a report carry, made once for all of them.

    Parameters
    ----------
    leaves : the report in each language.
    basis : what the numbers rest on, below the document.

    Notes
    -----
    What the languages share or say in much the same way stands side by side, where compression
    finds it.
    """

    def __init__(
        self, document: ResultDocument, leaves: Sequence[Leaf], basis: Basis | None
    ) -> None:
        self.leaves = leaves
        self._document = document
        self._basis = basis

    def content(self, language: str, bodies: Mapping[str, Bodies]) -> dict[str, Any]:
        """Return everything that the page which opens in a language carries but its code.

        Parameters
        ----------
        bodies : of the figures, whose heights the live ones keep.
        """
        asked = self._asked
        return {
            **self._shared,
            "language": language,
            "heights": {key: [body.wide, body.narrow] for key, body in bodies.items()},
            "leaves": {
                leaf.language: self._leaf(leaf, is_own=leaf.language == language)
                for leaf in self.leaves
            },
            "asked": {
                code: cells
                for code, cells in asked.items()
                if code == language or cells != asked[language]
            },
        }

    def words(self) -> str:
        """Return all that the front end may say, as one text."""
        return json.dumps([self._shared, *map(self._leaf, self.leaves)], ensure_ascii=False)

    @cached_property
    def _shared(self) -> dict[str, Any]:
        charts = {leaf.language: charts_data(leaf.charts) for leaf in self.leaves}
        return {
            "palette": palette_data(),
            "charts": _side_by_side(charts),
            "downloads": self._downloads(),
            "why": printable_values(self._ledger[0]),
        }

    @cached_property
    def _ledger(self) -> tuple[dict[str, Any], dict[str, int]]:
        paths = (path for leaf in self.leaves for path in leaf.asked.paths())
        return ledger_of(self._document, paths, self._basis)

    @cached_property
    def _asked(self) -> dict[str, Any]:
        return {leaf.language: leaf.asked.cells(self._ledger[1]) for leaf in self.leaves}

    def _downloads(self) -> dict[str, list[dict[str, str]]]:
        """Return the CSV files by name, line by line in every language."""
        lines = {
            leaf.language: {
                name: content.splitlines(keepends=True)
                for name, content in downloads_of(
                    self._document, leaf.charts, leaf.language
                ).items()
            }
            for leaf in self.leaves
        }
        return {
            name: [
                dict(zip(both, line, strict=True))
                for line in zip_longest(*both.values(), fillvalue="")
            ]
            for name, both in _side_by_side(lines).items()
        }

    def _leaf(self, leaf: Leaf, *, is_own: bool = False) -> dict[str, Any]:
        return {
            "name": text("page.language_name", leaf.language),
            "title": printable(self._document.meta.title[leaf.language]),
            "words": words_data(leaf.language),
            "body": "" if is_own else leaf.live_body,
        }


def _side_by_side(parts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return things that each language has by name, by name and then language."""
    names = dict.fromkeys(name for own in parts.values() for name in own)
    return {name: {code: own[name] for code, own in parts.items() if name in own} for name in names}

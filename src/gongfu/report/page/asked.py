"""Which numbers of the result document stand where on a page, so that it can be asked why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from gongfu.report.page.grid import Grid

__all__ = ["Asked"]

_NAMED = re.compile(r'data-(?:why|ask)="([^"]+)"')


class Asked:
    """Collects the paths of tables while a page is written, then those named in its markup."""

    def __init__(self) -> None:
        self._grids: list[tuple[tuple[str, ...], ...]] = []
        self._named: list[str] = []

    def place_of(self, grid: Grid) -> int | None:
        """Return the number under which a table's paths are kept; None if it has none."""
        if not grid.paths:
            return None
        self._grids.append(grid.paths)
        return len(self._grids) - 1

    def read(self, html: str) -> None:
        """Take the paths that single numbers of the finished markup name."""
        self._named = [unescape(path) for path in _NAMED.findall(html)]

    def paths(self) -> Iterator[str]:
        """Yield every path that the page can be asked about."""
        yield from (path for grid in self._grids for row in grid for path in row if path)
        yield from self._named

    def cells(self, places: Mapping[str, int]) -> list[Any]:
        """Return, for each table, rows of places in the ledger; ``None`` where nothing is known.

        Parameters
        ----------
        places : of paths, as :func:`gongfu.report.why.ledger_of` returns them.
        """
        return [[[places.get(path) for path in row] for row in grid] for grid in self._grids]

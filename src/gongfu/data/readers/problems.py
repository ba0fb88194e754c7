"""All problems of a file in one list that stays readable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import polars as pl
from jaxtyping import Int
from numpy import ndarray

from gongfu.core import InputError, Problem
from gongfu.data.plain_text import plain

__all__ = ["ProblemList"]

SHOWN = 50


@dataclass(slots=True)
class ProblemList:
    """Collects problems: keeps the first fifty, counts the rest.

    Parameters
    ----------
    file : file the problems are about, as shown in messages.
    """

    file: str
    shown: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems one by one."""
        for problem in problems:
            self.total += 1
            if len(self.shown) < SHOWN:
                self.shown.append(problem)

    def add_rows(
        self,
        wrong: pl.Series,
        column: pl.Series,
        lines: Int[ndarray, " row"],
        words: Problem,
        fix: Callable[[str], str] | None = None,
    ) -> None:
        """Add one problem for each row where ``wrong`` is true.

        Parameters
        ----------
        column : the cells, shown as found.
        lines : file line of each row.
        words : what is wrong, what was expected and the next step.
        fix : next step for a cell, where it depends on the cell.
        """
        rows = wrong.fill_null(value=False).arg_true()
        for row in rows.head(SHOWN - len(self.shown)).to_list():
            cell = column[row]
            self.shown.append(
                replace(
                    words,
                    found="an empty cell" if cell is None else plain(cell, 60),
                    file=self.file,
                    row=int(lines[row]),
                    column=plain(column.name),
                    fix=fix(str(cell)) if fix else words.fix,
                )
            )
        self.total += rows.len()

    def listed(self) -> list[Problem]:
        """Return the problems kept by row and, where there are others, one that says how many."""
        left = self.total - len(self.shown)
        by_row = sorted(self.shown, key=lambda problem: problem.row or 0)
        if left <= 0:
            return by_row
        return [*by_row, Problem(f"and {left:,} more problems", file=self.file)]

    def refuse(self) -> None:
        """Raise `InputError` if there is any problem."""
        if self.total:
            raise InputError(self.listed())

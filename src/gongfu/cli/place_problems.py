"""Problems of a frame, told as problems of the file it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongfu.core import InputError, Problem
    from gongfu.data.readers import Table

__all__ = ["placed"]


def placed(error: InputError, read: Table) -> Iterator[Problem]:
    """Yield the problems with the file's name and the line a person sees."""
    for problem in error.problems:
        row = None if problem.row is None else int(read.lines[problem.row - 2])
        yield replace(problem, row=row, file=read.file if problem.column else "")

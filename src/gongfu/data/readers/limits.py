"""How large a file may be, asked before it is read."""

from __future__ import annotations

import os
from dataclasses import dataclass

from gongfu.core import InputError, Problem

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest table read without being asked to.

    Parameters
    ----------
    megabytes : size of the file, and of the parts of a workbook once unpacked.
    rows, columns, cells : size of the table.
    sheets : sheets of a workbook.

    Notes
    -----
    A number costs 8 bytes in memory, so 200 million cells are 1.6 GB; reading text takes about
    nine times the size of the file for a moment.
    Each limit can be lifted by the environment variable ``GONGFU_MAX_`` + its name.
    """

    megabytes: int = 512
    rows: int = 50_000_000
    columns: int = 5_000
    cells: int = 200_000_000
    sheets: int = 200

    @classmethod
    def from_environment(cls) -> Limits:
        """Return the limits, with those lifted that ``GONGFU_MAX_MEGABYTES`` etc. name."""
        given = {
            name: os.environ[_variable(name)]
            for name in cls.__slots__
            if _variable(name) in os.environ
        }
        return cls(**{name: _positive(name, text) for name, text in given.items()})

    def refuse_bytes(self, size: int, file: str, what: str = "the file") -> None:
        """Raise `InputError` if a file, or a part once unpacked, has more bytes than allowed."""
        if size > self.megabytes * 1_000_000:
            raise self._too_much("megabytes", size / 1_000_000, file, what)

    def refuse_table(self, rows: int, columns: int, file: str) -> None:
        """Raise `InputError` if a table has more rows, columns or cells than allowed."""
        sizes = {"rows": rows, "columns": columns, "cells": rows * columns}
        for name, size in sizes.items():
            if size > getattr(self, name):
                raise self._too_much(name, size, file, "the table")

    def refuse_sheets(self, sheets: int, file: str) -> None:
        """Raise `InputError` if a workbook has more sheets than allowed."""
        if sheets > self.sheets:
            raise self._too_much("sheets", sheets, file, "the workbook")

    def _too_much(self, name: str, size: int | float, file: str, what: str) -> InputError:
        return InputError(
            Problem(
                f"{what} is too large",
                expected=f"at most {getattr(self, name):,} {name}",
                found=f"{size:,.0f} {name}",
                file=file,
                fix=f"Split it, or lift the limit: set {_variable(name)}={_next_size(size)} "
                f"(in Python: limits=Limits({name}={_next_size(size)})).",
            )
        )


def _variable(name: str) -> str:
    return f"GONGFU_MAX_{name.upper()}"


def _next_size(size: int | float) -> int:
    return int(size) + 1


def _positive(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise InputError(
            Problem(
                f"the environment variable {_variable(name)} is not a size",
                expected="a whole number above 0",
                found=text[:50],
                fix="Correct it or unset it.",
            )
        )
    return int(text)

"""Every way gongfu can refuse an input, as one short tree.

::

    GongfuError                 exit code 1 unless a subclass says otherwise
    ├── InputError              3  a file, table, study or argument is wrong; lists all problems
    ├── MissingPartError        4  an optional part (font, reader, data copy) is not installed
    ├── ConvergenceError        5  a solver stopped before its tolerance
    └── VerificationError       6  recomputed numbers differ from the stored ones
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = [
    "ConvergenceError",
    "GongfuError",
    "InputError",
    "MissingPartError",
    "Problem",
    "VerificationError",
    "nearest_name",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where it stands, what was expected, what came, what to do.

    Parameters
    ----------
    what : the problem in one clause, without a full stop.
    expected, found : what should have stood there and what did; empty when not applicable.
    file, row, column : where; ``row`` counts lines as a person sees them (header is line 1).
    fix : the next step a user can take.
    """

    what: str
    expected: str = ""
    found: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""
    fix: str = ""

    @property
    def place(self) -> str:
        """Where the problem is, such as ``income.csv, row 7, column income``."""
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}" if self.place else self.what
        details = []
        if self.expected:
            details.append(f"expected {self.expected}")
        if self.found:
            details.append(f"found {self.found}")
        body = f"{head} ({'; '.join(details)})" if details else head
        return f"{body}. {self.fix}" if self.fix else body

    def to_dict(self) -> dict[str, object]:
        """Return the problem as plain JSON values, for ``--json``."""
        return {name: getattr(self, name) for name in self.__slots__}


class GongfuError(Exception):
    """Base of everything gongfu raises on purpose."""

    exit_code = 1


class InputError(GongfuError):
    """An input is wrong. Carries every problem found, not only the first."""

    exit_code = 3

    def __init__(self, problems: Problem | str | Iterable[Problem]) -> None:
        self.problems = _as_problems(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class MissingPartError(GongfuError):
    """An optional part is missing; the message names the command that brings it."""

    exit_code = 4


class ConvergenceError(GongfuError):
    """A solver stopped before its tolerance; the message says residual and what to change."""

    exit_code = 5


class VerificationError(GongfuError):
    """A recomputed number differs from the stored one beyond its stated tolerance."""

    exit_code = 6

    def __init__(self, problems: Problem | str | Iterable[Problem]) -> None:
        self.problems = _as_problems(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest_name(name: str, known: Sequence[str]) -> str:
    """Return ``Did you mean 'x'?`` for the known name closest to a typo, or an empty string."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    close = difflib.get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.6)
    return f"Did you mean {by_lower[close[0]]!r}?" if close else ""


def _as_problems(problems: Problem | str | Iterable[Problem]) -> tuple[Problem, ...]:
    if isinstance(problems, str):
        return (Problem(problems),)
    if isinstance(problems, Problem):
        return (problems,)
    return tuple(problems)

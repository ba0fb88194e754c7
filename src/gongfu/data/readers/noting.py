"""What was recognised in a file is said, never passed over."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

__all__ = ["ReadingNote", "warn_of"]


class ReadingNote(UserWarning):
    """A reader recognised something that a user may want to know, such as thousands separators."""


def warn_of(notes: Iterable[str]) -> None:
    """Warn of each note, as from the line that called the reader."""
    for note in notes:
        warnings.warn(note, ReadingNote, stacklevel=3)

"""Notes on cells: which only inform, and which keep a figure out unless it is asked for."""

from __future__ import annotations

from functools import cache
from typing import Literal

import polars as pl

from gongfu.core import Evidence
from gongfu.data.embedded import read_embedded

__all__ = ["DOUBT_WORDS", "Language", "explain_notes", "is_doubtful", "load_notes"]

Language = Literal["zh", "en"]

DOUBT_WORDS = ("doubtful", "mixed", "suspect", "error", "unverified")
"""A note with one of these words, in any case, marks its figure as doubtful."""


def is_doubtful(text: str) -> bool:
    """Return whether a flag or note says that a figure is in doubt."""
    lowered = text.lower()
    return any(word in lowered for word in DOUBT_WORDS)


@cache
def load_notes() -> pl.DataFrame:
    """Return the notes: id, flag, evidence, text in zh and en, and whether they mean doubt.

    Notes
    -----
    Doubt is read from the flag and the English text, never from a list of ids, so a new note with
    one of :data:`DOUBT_WORDS` keeps its figures out without a change of code.
    """
    notes = read_embedded("notes.csv")
    words = [f"{flag} {text}" for flag, text in notes.select("flag", "en").iter_rows()]
    return notes.with_columns(doubtful=pl.Series([is_doubtful(text) for text in words]))


def explain_notes(cells: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return cells with their note ids replaced by text, and what the notes mean for them.

    Parameters
    ----------
    cells : with a column ``note`` of ids separated by spaces.

    Returns
    -------
    pl.DataFrame
        ``note`` as text; ``doubtful`` and ``evidence`` added.
    """
    combinations = cells["note"].unique().to_list()
    meanings = pl.DataFrame(
        [_meaning(ids, language) for ids in combinations],
        schema={
            "note": pl.String,
            "text": pl.String,
            "doubtful": pl.Boolean,
            "evidence": pl.String,
        },
        orient="row",
    )
    return cells.join(meanings, on="note", how="left").drop("note").rename({"text": "note"})


_MEANING = {"note": pl.String, "text": pl.String, "doubtful": pl.Boolean, "evidence": pl.String}


def _meaning(ids: str, language: Language) -> tuple[str, str, bool, str]:
    notes = _notes_by_id()
    named = sorted((notes[name] for name in ids.split()), key=lambda note: not note["doubtful"])
    evidence = next((note["evidence"] for note in named if note["evidence"]), Evidence.OBSERVED)
    space = " " if language == "en" else ""
    text = space.join(str(note[language]) for note in named)
    return ids, text, any(note["doubtful"] for note in named), str(evidence)


@cache
def _notes_by_id() -> dict[str, dict[str, object]]:
    return {str(note["id"]): note for note in load_notes().iter_rows(named=True)}

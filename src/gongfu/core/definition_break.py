"""A year in which what a published series counts has changed."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DefinitionBreak"]


@dataclass(frozen=True, slots=True)
class DefinitionBreak:
    """The figures of ``year`` and later count something else than those before.

    Parameters
    ----------
    variable : name in the dictionary.
    zh, en : what changed, in a sentence.
    """

    variable: str
    year: int
    zh: str
    en: str

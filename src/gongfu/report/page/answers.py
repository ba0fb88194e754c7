"""A question of the reader and the answer the numbers give."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and its answer, in the language of the page."""

    question: str
    says: str

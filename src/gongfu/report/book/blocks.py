"""A report as chapters of blocks: words, figures and tables that any kind of document can set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Annexed",
    "Block",
    "Book",
    "Chapter",
    "Heading",
    "Pair",
    "Paragraph",
    "Picture",
    "Points",
    "Style",
    "Table",
    "Terms",
]

Style = Literal["gov", "paper"]
"""Looks: as an official report, or as a journal article."""

Manner = Literal["lead", "body", "about", "note", "source", "warning"]
"""``lead`` and ``about`` (in small type) open a chapter and a section: what follows stays near."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a chapter; ``depth`` 2 is numbered, 3 is not."""

    text: str
    depth: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and what it is there for.

    Parameters
    ----------
    refers : the label of a table or figure that the text names; empty if it names none.
    """

    text: str
    manner: Manner = "body"
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Names, each with what is said of it."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: the key of its chart, and the words above and below it.

    Parameters
    ----------
    label : such as ``Figure 3``; empty until the book is numbered.
    facts : unit, years, prices, evidence and error, then the source, in one paragraph.
    alt : the figure in one sentence, for those who do not see it.
    """

    key: str
    title: str
    subtitle: str
    note: str
    facts: str
    alt: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two narrow figures beside each other."""

    left: Picture
    right: Picture


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words: heads above rows, rules where given, notes below.

    Parameters
    ----------
    heads : rows of the head, which repeats on every page.
    numeric : columns set flush right, or centred where ``is_regression``.
    rules : number of body rows above each thin rule.
    label : such as ``Table 3``; empty until the book is numbered.
    """

    caption: str
    heads: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    rules: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    is_regression: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Annexed:
    """A table in full, for the annex; in its place stands where it is found."""

    table: Table


Block = Heading | Paragraph | Terms | Points | Picture | Pair | Table | Annexed


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its title and what stands in it."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A whole report in one language.

    Parameters
    ----------
    title : of the study.
    headline : what it found, in one sentence.
    warnings : what every reader is told first.
    chapters : in reading order; the annex, if any, is the last.
    imprint : lines that say what was computed with what.
    """

    language: str
    title: str
    headline: str
    warnings: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    imprint: tuple[str, ...]

    def keys(self, *, narrow: bool) -> list[str]:
        """Return the keys of the charts shown narrow, in pairs, or wide."""
        blocks = [block for chapter in self.chapters for block in chapter.blocks]
        if narrow:
            pairs = [block for block in blocks if isinstance(block, Pair)]
            return [one.key for pair in pairs for one in (pair.left, pair.right)]
        return [block.key for block in blocks if isinstance(block, Picture)]

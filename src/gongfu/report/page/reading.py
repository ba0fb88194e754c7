"""A page read back as what it says: tables, sentences, pictures and what it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

from gongfu.report.front import unpacked

__all__ = ["SEAL", "PageTable", "PageText", "Said", "read_page"]

SEAL = "gongfu-seal"
"""Name of the ``meta`` element that holds the seal of a page."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as it stands on the page, every cell as text."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def head(self, column: int) -> str:
        """Return the head above a cell, or its number where the table has none."""
        return self.heads[column] if column < len(self.heads) else f"column {column + 1}"


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text outside tables, and the heading above it."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class PageText:
    """Everything a page says.

    Parameters
    ----------
    language : ``zh`` or ``en``; empty if the page does not say.
    others : file names of the same report in other languages.
    version : of gongfu that wrote it.
    seal : its digests as text; empty if there are none.
    pictures : drawings as markup, in order.
    carried : what it carries for its front end (see :mod:`gongfu.report.page.leaf`); nothing if
        that cannot be read.
    """

    language: str
    others: Mapping[str, str]
    version: str
    seal: str
    tables: tuple[PageTable, ...]
    texts: tuple[Said, ...]
    pictures: tuple[str, ...]
    carried: Mapping[str, Any]

    def files(self, language: str) -> dict[str, str]:
        """Return the CSV files that the page carries in a language, by name."""
        return {
            name: "".join(str(line.get(language, "")) for line in lines if isinstance(line, dict))
            for name, lines in _mapping(self.carried, "downloads").items()
            if isinstance(lines, list)
        }

    def live_charts(self, language: str) -> dict[str, Any]:
        """Return the figures that the page draws in a language, by key."""
        charts = _mapping(self.carried, "charts")
        return {key: _mapping(charts, key).get(language) for key in charts}

    def inside(self) -> Iterator[tuple[str, PageText]]:
        """Yield each language that the page can show in its place, with what it says in it."""
        leaves = _mapping(self.carried, "leaves")
        for language in leaves:
            body = _mapping(leaves, language).get("body")
            if language != self.language and isinstance(body, str):
                yield language, replace(read_page(body), language=language)


def _mapping(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a part of what a page carries; nothing if that is not well made."""
    found = values.get(name)
    return found if isinstance(found, dict) else {}


def read_page(html: str) -> PageText:
    """Return what a page says; text is read, nothing in it is run."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return PageText(
        reader.language,
        reader.others,
        reader.version,
        reader.seal,
        tuple(reader.tables),
        tuple(reader.texts),
        tuple(_pictures(html.replace("\r\n", "\n"))),
        _carried(html),
    )


_CARRIED = re.compile(r'<script type="application/gzip" id="gongfu-data">([^<]*)</script>')


def _carried(html: str) -> Mapping[str, Any]:
    found = _CARRIED.search(html)
    content = unpacked(found[1]) if found else None
    return content if isinstance(content, dict) else {}


def _pictures(html: str) -> Iterator[str]:
    """Yield every drawing as it stands; one pass, whatever the page holds."""
    end = 0
    while (begin := html.find("<svg ", end)) >= 0:
        close = html.find("</svg>", begin)
        if close < 0:
            return
        end = close + len("</svg>")
        yield html[begin:end]


_UNSEEN = frozenset({"style", "script", "template", "svg", "title"})


class _Reader(HTMLParser):
    """Collects text by where it stands; pictures, styles and scripts are not text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = self.version = self.seal = self.section = ""
        self.others: dict[str, str] = {}
        self.tables: list[PageTable] = []
        self.texts: list[Said] = []
        self._unseen: list[str] = []
        self._heading = False
        self._table: _Table | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if self._unseen:
            return
        if tag == "table":
            self._table = _Table()
        elif self._table is not None:
            self._table.open(tag)
        elif tag == "h2":
            self._heading = True
        self._note(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
        elif tag == "table" and self._table is not None:
            self.tables.append(self._table.done())
            self._table = None
        elif tag == "h2":
            self._heading = False

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self._unseen or not text:
            return
        if self._table is not None:
            self._table.add(text)
            return
        if self._heading:
            self.section = text
        self.texts.append(Said(self.section, text))

    def _note(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "html":
            self.language = attributes.get("lang", "").partition("-")[0]
        elif tag == "meta" and attributes.get("name") == "generator":
            self.version = attributes.get("content", "").removeprefix("gongfu ")
        elif tag == "meta" and attributes.get("name") == SEAL:
            self.seal = attributes.get("content", "")
        elif tag == "a" and "hreflang" in attributes:
            self.others[attributes["hreflang"]] = attributes.get("href", "")


class _Table:
    """A table while it is read."""

    def __init__(self) -> None:
        self._caption: list[str] = []
        self._lines: list[list[list[str]]] = []
        self._is_head: list[bool] = []
        self._in_head = False
        self._into = self._caption

    def open(self, tag: str) -> None:
        if tag in {"thead", "tbody"}:
            self._in_head = tag == "thead"
        elif tag == "tr":
            self._lines.append([])
            self._is_head.append(self._in_head)
        elif tag in {"td", "th"} and self._lines:
            self._into = []
            self._lines[-1].append(self._into)

    def add(self, text: str) -> None:
        self._into.append(text)

    def done(self) -> PageTable:
        lines = [tuple(" ".join(cell) for cell in line) for line in self._lines]
        heads = [line for line, is_head in zip(lines, self._is_head, strict=True) if is_head]
        rows = [line for line, is_head in zip(lines, self._is_head, strict=True) if not is_head]
        return PageTable(" ".join(self._caption), heads[-1] if heads else (), tuple(rows))

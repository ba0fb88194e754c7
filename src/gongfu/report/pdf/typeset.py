"""A book as PDF, set by typst without a network: every word is data, never markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from gongfu import __version__
from gongfu.report.book.blocks import Block, Book, Heading, Pair, Picture, Style, Table
from gongfu.report.book.fit import TURNED, UPRIGHT, fit
from gongfu.report.book.numbering import chapter_number, section_number
from gongfu.report.catalogue import text
from gongfu.report.fonts import families_for
from gongfu.report.fonts.faces import Style as Face
from gongfu.report.fonts.faces import face_bytes
from gongfu.report.printable import printable

__all__ = ["picture_to_pdf", "to_pdf"]

_FACES: tuple[Face, ...] = ("Regular", "Bold")
_NO_WIDTH = "\u200b"
_LONG_WORD = re.compile(r"[!-~]{65,}")  # longer than a hash of 256 bits
_PIECE = re.compile(r".{1,16}")


def to_pdf(book: Book, pictures: Mapping[str, bytes], style: Style) -> bytes:
    """Return the PDF; the same book gives the same bytes.

    Parameters
    ----------
    pictures : SVG of each figure's body, by the key of its chart, with letters as text.
    style : ``gov`` or ``paper``.

    Notes
    -----
    Fonts of the system are looked at only for characters that ours lack.
    """
    words = json.dumps(asdict(book), ensure_ascii=False)
    drawn = b"".join(pictures.values()).decode("utf-8")
    fallback = _others(words + drawn)
    with TemporaryDirectory() as name:
        folder = Path(name)
        _lay_out(folder, book, pictures, style, fallback)
        return _compiled(folder, has_own_fonts=not fallback)


def picture_to_pdf(svg: bytes, width: float, title: str) -> bytes:
    """Return a figure as PDF with its fonts inside, on a page of its own size.

    Parameters
    ----------
    width : in millimetres; the height follows.
    title : what the figure shows, for those who do not see it.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        _add_fonts(folder)
        (folder / "picture.svg").write_bytes(svg)
        _write_json(folder / "words.json", {"width": width, "title": printable(title)})
        (folder / "main.typ").write_bytes((files(__package__) / "picture.typ").read_bytes())
        return _compiled(folder, has_own_fonts=not _others(svg.decode("utf-8")))


def _lay_out(
    folder: Path,
    book: Book,
    pictures: Mapping[str, bytes],
    style: Style,
    fallback: tuple[str, ...],
) -> None:
    """Write the template, the book, its figures and our fonts into a folder."""
    template = (files(__package__) / "report.typ").read_bytes()
    (folder / "main.typ").write_bytes(template)
    names = {key: f"{i}.svg" for i, key in enumerate(pictures)}
    for key, content in pictures.items():
        (folder / names[key]).write_bytes(content)
    _add_fonts(folder)
    values = _breakable(_values(book, style, names))
    _write_json(folder / "book.json", {**values, "fallback": fallback})


def _breakable(value: Any) -> Any:
    """Return values in which words longer than a line may break, at signs of no width."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: _NO_WIDTH.join(_PIECE.findall(word[0])), value)
    if isinstance(value, dict):
        return {name: _breakable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_breakable(one) for one in value]
    return value


def _others(words: str) -> tuple[str, ...]:
    """Return the fonts of the system that words need beside ours: nearly always none."""
    return families_for(words)[1:]


def _add_fonts(folder: Path) -> None:
    for face in _FACES:
        (folder / f"{face}.otf").write_bytes(face_bytes(face))


def _write_json(path: Path, values: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False, allow_nan=False), encoding="utf-8")


def _compiled(folder: Path, *, has_own_fonts: bool) -> bytes:
    content = typst.compile(
        folder / "main.typ",
        root=folder,
        font_paths=[folder],
        ignore_system_fonts=has_own_fonts,
        package_path=folder,
        package_cache_path=folder,
        format="pdf",
        timestamp=0,
    )
    assert isinstance(content, bytes), "one PDF is one file"
    return content


def _values(book: Book, style: Style, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what the template reads, as JSON values."""
    language = book.language
    words = {"contents": "page.contents", "warning": "page.warning"}
    words |= {name: f"book.{name}" for name in ("kind", "finding", "abstract")}
    return {
        "style": style,
        "language": language,
        "version": __version__,
        "title": book.title,
        "headline": book.headline,
        "warnings": book.warnings,
        "imprint": book.imprint,
        "short_imprint": book.imprint[-1],
        "words": {name: text(key, language) for name, key in words.items()},
        "chapters": [*_chapters(book, style, names)],
    }


def _chapters(book: Book, style: Style, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for number, chapter in enumerate(book.chapters, start=1):
        head = "" if chapter.key == "annex" else chapter_number(number, style, book.language)
        sections = 0
        blocks = []
        for block in chapter.blocks:
            value = _value(block, names)
            if isinstance(block, Heading) and block.depth == 2:
                sections += 1
                own = section_number(number, sections, style, book.language)
                value["text"] = f"{own}{block.text}"
            blocks.append(value)
        yield {"key": chapter.key, "title": f"{head}{chapter.title}", "blocks": blocks}


def _value(block: Block, names: Mapping[str, str]) -> dict[str, Any]:
    value = {"kind": type(block).__name__, **asdict(block)}
    if isinstance(block, Picture):
        value["file"] = names[block.key]
    if isinstance(block, Pair):
        value |= {side: _value(getattr(block, side), names) for side in ("left", "right")}
    if isinstance(block, Table):
        value |= asdict(fit(block, UPRIGHT, TURNED))
    return value

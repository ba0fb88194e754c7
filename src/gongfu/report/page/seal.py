"""The seal of a page: digests of every table, sentence and picture, to name what was changed.

A seal finds accidents and careless edits without any other file. It is no signature: who can write
a page can write its seal. What a page says is proved by running its study again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from gongfu.core import Problem
from gongfu.report.document import Meta
from gongfu.report.page.reading import SEAL, PageTable, PageText, read_page

__all__ = ["Maker", "maker_of", "seal_problems", "sealed"]


@dataclass(frozen=True, slots=True)
class Maker:
    """What a page says of how it was made: enough to make it again.

    The fields are those of :class:`gongfu.report.document.Meta`.
    """

    study: str
    study_hash: str
    command: str
    version: str
    versions: Mapping[str, str]
    languages: tuple[str, ...]


def sealed(html: str, meta: Meta) -> str:
    """Return a finished page with its seal; nothing may be changed after it.

    Parameters
    ----------
    meta : of the document the page was written from.
    """
    page = read_page(html)
    seal = {
        "made": {f.name: _plain(getattr(meta, f.name)) for f in fields(Maker)},
        "page": _whole(html),
        "tables": [_rows_and_columns(table) for table in page.tables],
        "texts": [_short(said.text) for said in page.texts],
        "pictures": [_short(picture) for picture in page.pictures],
        "carried": _carried(page),
    }
    content = json.dumps(seal, separators=(",", ":"), sort_keys=True)
    # Plain ASCII, so that the seal needs no letters of the page's fonts.
    escaped = content.replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;")
    return html.replace("</head>", f"<meta name=\"{SEAL}\" content='{escaped}'>\n</head>", 1)


def seal_problems(html: str, file: str) -> list[Problem]:
    """Return what of a page differs from its seal; nothing if it is as it was written.

    Parameters
    ----------
    html : the page.
    file : its name, for the messages.
    """
    page = read_page(html)
    seal = _read_seal(page.seal)
    if seal is None:
        fix = "Write the report again with this version of gongfu."
        return [Problem("the page has no seal that can be read", file=file, fix=fix)]
    problems = [*_changed(page, seal, file)]
    if not problems and seal.page != _whole(html):
        what = "something that is no text was changed (style, link, attribute)"
        problems.append(Problem(f"the page differs from its seal: {what}", file=file))
    return problems


def maker_of(page: PageText) -> Maker | None:
    """Return how a page says it was made, or None if it does not say so in full."""
    seal = _read_seal(page.seal)
    if seal is None:
        return None
    made: dict[str, Any] = {name: seal.made.get(name) for name in (f.name for f in fields(Maker))}
    versions, languages = made.pop("versions"), made.pop("languages")
    texts = [*made.values(), *_values(versions), *_values(languages)]
    if not all(isinstance(text, str) for text in texts):
        return None
    return Maker(**made, versions=dict(versions or {}), languages=tuple(languages or ()))


@dataclass(frozen=True, slots=True)
class _Seal:
    page: str
    made: Mapping[str, Any]
    tables: Sequence[Mapping[str, Sequence[str]]]
    texts: Sequence[str]
    pictures: Sequence[str]
    carried: Mapping[str, str]


def _changed(page: PageText, seal: _Seal, file: str) -> Iterator[Problem]:
    counts = {
        "tables": (len(page.tables), len(seal.tables)),
        "texts": (len(page.texts), len(seal.texts)),
        "pictures": (len(page.pictures), len(seal.pictures)),
    }
    for what, (found, expected) in counts.items():
        if found != expected:
            yield Problem(f"{what} are missing or added", f"{expected}", f"{found}", file)
    for table, digests in zip(page.tables, seal.tables, strict=False):
        yield from _changed_cells(table, digests, file)
    for said, digest in zip(page.texts, seal.texts, strict=False):
        if _short(said.text) != digest:
            where = f"{file}, {said.section}" if said.section else file
            yield Problem("a text differs from the seal", found=repr(said.text[:80]), file=where)
    for place, (picture, digest) in enumerate(zip(page.pictures, seal.pictures, strict=False), 1):
        if _short(picture) != digest:
            yield Problem(f"picture {place} of the page differs from the seal", file=file)
    now = _carried(page)
    for name in sorted(now.keys() | seal.carried.keys()):
        if now.get(name) != seal.carried.get(name):
            yield Problem(f"what the page carries differs from the seal: {name}", file=file)


def _carried(page: PageText) -> dict[str, str]:
    """Return a digest of each thing that the page carries for its front end, two levels deep."""
    parts = {
        f"{name}.{part}" if part else name: inside
        for name, content in page.carried.items()
        for part, inside in (content.items() if isinstance(content, dict) else [("", content)])
    }
    return {name: _short(json.dumps(part, sort_keys=True)) for name, part in parts.items()}


def _changed_cells(
    table: PageTable, digests: Mapping[str, Sequence[str]], file: str
) -> Iterator[Problem]:
    """Yield cells where a changed row meets a changed column."""
    now = _rows_and_columns(table)
    what = f"table {table.caption!r} differs from the seal"
    if any(len(now[part]) != len(digests.get(part, ())) for part in now):
        yield Problem(f"{what}: rows or columns are missing or added", file=file)
        return
    rows, columns = (_unequal(now[part], digests[part]) for part in ("rows", "columns"))
    for row in rows:
        for column in columns:
            cell = table.rows[row][column] if column < len(table.rows[row]) else ""
            yield Problem(what, found=repr(cell), file=file, row=row + 1, column=table.head(column))
    if columns and not rows:
        heads = ", ".join(table.head(column) for column in columns)
        yield Problem(f"{what}: its caption or heads", found=heads, file=file)
    if rows and not columns:
        yield Problem(f"{what}: the seal itself was changed", file=file)


def _rows_and_columns(table: PageTable) -> dict[str, list[str]]:
    width = max((len(row) for row in table.rows), default=0)
    columns = [
        [table.caption, table.head(i), *(row[i] if i < len(row) else "" for row in table.rows)]
        for i in range(width)
    ]
    return {
        "rows": [_short("\n".join(row)) for row in table.rows],
        "columns": [_short("\n".join(column)) for column in columns],
    }


def _unequal(now: Sequence[str], then: Sequence[str]) -> list[int]:
    return [i for i, (a, b) in enumerate(zip(now, then, strict=True)) if a != b]


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _values(found: Any) -> list[Any]:
    """Return what a list or mapping holds; something else holds no text."""
    if isinstance(found, dict):
        return [*found.values()]
    return found if isinstance(found, list) else [None]


def _read_seal(text: str) -> _Seal | None:
    try:
        raw: Any = json.loads(text)
        seal = _Seal(**raw)
    except (ValueError, TypeError, RecursionError):
        return None
    lists = (seal.tables, seal.texts, seal.pictures)
    is_well_made = all(isinstance(one, list) for one in lists) and all(
        isinstance(one, dict) for one in (seal.carried, seal.made)
    )
    tables_are = is_well_made and all(
        isinstance(one, dict) and all(isinstance(part, list) for part in one.values())
        for one in seal.tables
    )
    return seal if tables_are else None


_SEAL_LINE = re.compile(rf"<meta name=\"{SEAL}\" content='[^']*'>\n?")


def _whole(html: str) -> str:
    text = _SEAL_LINE.sub("", html.replace("\r\n", "\n"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _short(text: str) -> str:
    """Return eight hexadecimal digits: enough to name a place; the whole page has all of them."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]

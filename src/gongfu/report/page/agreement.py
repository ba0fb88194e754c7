"""Whether a page says what its document says: table by table, sentence by sentence."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping

from gongfu.core import Problem
from gongfu.report.catalogue import LANGUAGES
from gongfu.report.charts import build_charts
from gongfu.report.document import ResultDocument
from gongfu.report.front import charts_data
from gongfu.report.page.downloads import downloads_of
from gongfu.report.page.nearness import near_download, near_text
from gongfu.report.page.pictures import Bodies
from gongfu.report.page.reading import PageTable, PageText, read_page
from gongfu.report.page.render import leaf_of

__all__ = ["page_problems"]

Same = Callable[[str, str], bool]
"""Whether a stated text and the right one count as the same."""


def page_problems(
    document: ResultDocument, page: PageText, file: str, *, near: bool = False
) -> list[Problem]:
    """Return where a page says something else than the document.

    Parameters
    ----------
    document : stated or recomputed.
    page : read from the file.
    file : its name, for the messages.
    near : let a printed number differ by one unit of its last digit, and a number of a download
        by 1e-5 of itself: another machine may round the last digit the other way.

    Notes
    -----
    The page is written again from the document without its pictures, and both are compared as
    text: the numbers a reader sees, as they are rounded for him. Pictures are left to the seal.
    """
    if page.language not in LANGUAGES:
        return [Problem("no page of a gongfu report: it names no language", file=file)]
    return [
        *_language_problems(document, page, page, file, near=near),
        *(
            problem
            for language, said in page.inside()
            for problem in _language_problems(
                document, page, said, f"{file} ({language})", near=near
            )
        ),
    ]


def _language_problems(
    document: ResultDocument, page: PageText, said: PageText, file: str, *, near: bool
) -> Iterator[Problem]:
    """Yield where the page, in one of its languages, says something else than the document."""
    charts = build_charts(document, said.language)
    bodies = dict.fromkeys(charts, Bodies())
    others = said.others
    expected = read_page(leaf_of(document, charts, bodies, said.language, others).body)
    same = near_text if near else str.__eq__
    yield from _table_problems(said, expected, file, same)
    yield from _text_problems(said, expected, file, same)
    files = downloads_of(document, charts, said.language)
    yield from _download_problems(page.files(said.language), files, file, near=near)
    if not near and page.live_charts(said.language) != charts_data(charts):
        yield Problem("its live figures hold other numbers than the document", file=file)


def _download_problems(
    stated: Mapping[str, str], right: Mapping[str, str], file: str, *, near: bool
) -> Iterator[Problem]:
    same = near_download if near else str.__eq__
    for name, wanted in right.items():
        if not same(stated.get(name, ""), wanted):
            yield Problem(f"the download {name!r} holds other numbers than the document", file=file)


def _table_problems(page: PageText, expected: PageText, file: str, same: Same) -> Iterator[Problem]:
    if len(page.tables) != len(expected.tables):
        counts = f"{len(expected.tables)} tables", f"{len(page.tables)}"
        yield Problem("the page has tables too many or too few", *counts, file)
    for stated, right in zip(page.tables, expected.tables, strict=False):
        heads = zip((stated.caption, *stated.heads), (right.caption, *right.heads), strict=False)
        if len(stated.heads) != len(right.heads) or not all(same(a, b) for a, b in heads):
            yield Problem("another table", repr(right.caption), repr(stated.caption), file)
        yield from _cell_problems(stated, right, file, same)


def _cell_problems(stated: PageTable, right: PageTable, file: str, same: Same) -> Iterator[Problem]:
    if len(stated.rows) != len(right.rows):
        counts = f"{len(right.rows)} rows", f"{len(stated.rows)}"
        yield Problem(f"table {right.caption!r} has rows too many or too few", *counts, file)
        return
    for number, (row, other) in enumerate(zip(stated.rows, right.rows, strict=True), 1):
        for place, (cell, wanted) in enumerate(itertools.zip_longest(row, other, fillvalue="")):
            if not same(cell, wanted):
                yield Problem(
                    f"table {right.caption!r}, {other[0]!r}: a cell differs",
                    expected=repr(wanted),
                    found=repr(cell),
                    file=file,
                    row=number,
                    column=right.head(place),
                )


def _text_problems(page: PageText, expected: PageText, file: str, same: Same) -> Iterator[Problem]:
    if len(page.texts) != len(expected.texts):
        counts = f"{len(expected.texts)} pieces of text", f"{len(page.texts)}"
        yield Problem("the page has texts too many or too few", *counts, file)
        return
    for stated, right in zip(page.texts, expected.texts, strict=True):
        if not same(stated.text, right.text):
            where = f"{file}, {right.section}" if right.section else file
            yield Problem("a text differs", *_around_the_change(right.text, stated.text), where)


def _around_the_change(right: str, stated: str, width: int = 40) -> tuple[str, str]:
    """Return both texts where they part, with some letters before and after."""
    pairs = enumerate(itertools.zip_longest(right, stated))
    begin = max(next((i for i, (a, b) in pairs if a != b), 0) - width, 0)
    return repr(right[begin : begin + 2 * width]), repr(stated[begin : begin + 2 * width])

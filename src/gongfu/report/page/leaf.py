"""A leaf of a page: what it carries for its front end in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.document import ResultDocument
from gongfu.report.front import charts_data, palette_data, words_data
from gongfu.report.page.downloads import downloads_of
from gongfu.report.page.pictures import Bodies

__all__ = ["content_of", "leaf_of"]


def leaf_of(
    document: ResultDocument, charts: Mapping[str, Chart], language: str, body: str = ""
) -> dict[str, Any]:
    """Return words, charts and CSV files in one language.

    Parameters
    ----------
    body : markup of the page in this language, where it is not the page's own.
    """
    return {
        "name": text("page.language_name", language),
        "title": document.meta.title[language],
        "words": words_data(language),
        "charts": charts_data(charts),
        "downloads": downloads_of(document, charts, language),
        "body": body,
    }


def content_of(
    language: str, leaves: Mapping[str, Mapping[str, Any]], bodies: Mapping[str, Bodies]
) -> dict[str, Any]:
    """Return everything a page carries.

    Parameters
    ----------
    language : of the page as it opens.
    leaves : by language; bodies : of the figures, whose heights the live ones keep.
    """
    return {
        "language": language,
        "palette": palette_data(),
        "leaves": dict(leaves),
        "heights": {key: [body.wide, body.narrow] for key, body in bodies.items()},
    }

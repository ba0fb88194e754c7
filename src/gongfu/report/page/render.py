"""Puts a page together: views into the template, then the fonts its letters need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from gongfu.report.catalogue import LANGUAGES, text
from gongfu.report.catalogue.numbers import count
from gongfu.report.chart import Chart
from gongfu.report.charts import build_charts
from gongfu.report.charts.provinces import province_years
from gongfu.report.document import ResultDocument
from gongfu.report.findings import headline
from gongfu.report.fonts import FAMILY, web_font
from gongfu.report.front import Front, front_of
from gongfu.report.page.accounts import accounts_grid, all_accounts_grid, key_numbers, parts_grid
from gongfu.report.page.asked import Asked
from gongfu.report.page.background import (
    excluded_count,
    excluded_grid,
    glossary,
    limits,
    quality_grid,
    recipe,
    sources_grid,
)
from gongfu.report.page.carried import Carried
from gongfu.report.page.compact import compact
from gongfu.report.page.convergence import convergence_chapter
from gongfu.report.page.divide import divide_of
from gongfu.report.page.explain import explain_chapter
from gongfu.report.page.figure import figure_of
from gongfu.report.page.incidence import incidence_chapter
from gongfu.report.page.index import index_chapter
from gongfu.report.page.leaf import Leaf
from gongfu.report.page.letters import letters_of
from gongfu.report.page.pictures import Bodies
from gongfu.report.page.policies import policies_of
from gongfu.report.page.provinces import income_price, places_of, scale_stops, tiles_of
from gongfu.report.page.robustness import grouped_grid, price_grid
from gongfu.report.page.seal import sealed
from gongfu.report.page.space import space_chapter
from gongfu.report.page.why import key_number_boxes, why_grid
from gongfu.report.printable import printable
from gongfu.report.why import Basis

__all__ = ["leaf_of", "plain_leaf", "render_page", "render_pages"]

FONT_MARK = "/*fonts*/"
KNOWN_TABLES = (
    "account_paths", "account_parts", "provinces", "inequality", "dagum", "nested", "gap",
    "price_sensitivity", "grouped", "quality", "excluded", "sources",
)  # fmt: skip


def render_page(
    document: ResultDocument,
    charts: Mapping[str, Chart],
    bodies: Mapping[str, Bodies],
    language: str,
    others: Mapping[str, str],
    *,
    basis: Basis | None = None,
) -> str:
    """Return the page that opens in one language; see :func:`render_pages`.

    Parameters
    ----------
    charts, bodies : of the document, in this language, and their pictures.
    others : file names of the same report in other languages, by language.
    """
    drawn = {language: (charts, bodies)}
    return dict(render_pages(document, drawn, others, basis=basis))[language]


def render_pages(
    document: ResultDocument,
    drawn: Mapping[str, tuple[Mapping[str, Chart], Mapping[str, Bodies]]],
    files: Mapping[str, str],
    *,
    basis: Basis | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield pages as HTML texts, each with its language, that need no other file and no network.

    Parameters
    ----------
    drawn : charts of the document and their bodies, by the language in which a page is to open.
    files : names of the pages by language: where a reader without scripts finds the others. With
        scripts every page holds every language of the document itself.
    basis : what the document's numbers rest on; without it a why-chain ends at those numbers.
    """
    leaves = {
        code: leaf_of(document, *both, code, _without(files, code)) for code, both in drawn.items()
    }
    rest = (code for code in document.meta.languages if code not in drawn)
    leaves |= {code: plain_leaf(document, code) for code in rest}
    carried = Carried(document, [*leaves.values()], basis)
    faces = _faces(carried)
    for code, (_, bodies) in drawn.items():
        front = front_of(carried.content(code, bodies))
        html = _shell(document, Markup(leaves[code].body), front, code)
        yield code, sealed(compact(html).replace(FONT_MARK, faces, 1), document.meta)


def _without(files: Mapping[str, str], language: str) -> dict[str, str]:
    return {code: name for code, name in files.items() if code != language}


def leaf_of(
    document: ResultDocument,
    charts: Mapping[str, Chart],
    bodies: Mapping[str, Bodies],
    language: str,
    others: Mapping[str, str],
) -> Leaf:
    """Return everything that a reader of the page reads: what stands between its ends."""
    asked = Asked()
    context = {
        "t": partial(text, language=language),
        "language": language,
        "languages": [(code, text("page.language_name", code), name)
                      for code, name in _files(document, language, others)],
        "asked": asked,
        "document": document,
        "meta": document.meta,
        "title": document.meta.title[language],
        "headline": headline(document, language),
        "figures": {key: figure_of(chart, bodies[key].picture) for key, chart in charts.items()},
        "missing": [name for name in KNOWN_TABLES if name not in document],
        **_tables(document, charts, language),
    }  # fmt: skip
    body = _environment().get_template("page.html").render(context)
    asked.read(body)
    return Leaf(language, charts, body, asked)


def plain_leaf(document: ResultDocument, language: str) -> Leaf:
    """Return the leaf of a language without printed figures."""
    charts = build_charts(document, language)
    return leaf_of(document, charts, dict.fromkeys(charts, Bodies()), language, {})


def _other_languages(document: ResultDocument, language: str) -> list[str]:
    return [code for code in document.meta.languages if code != language]


def _files(
    document: ResultDocument, language: str, others: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield each other language with the file that shows it without scripts, if there is one."""
    for code in dict.fromkeys([*_other_languages(document, language), *others]):
        yield code, others.get(code, "")


def _shell(document: ResultDocument, body: Markup, front: Front, language: str) -> str:
    context = {
        "language": language,
        "meta": document.meta,
        "title": document.meta.title[language],
        "body": body,
        "front": front,
    }
    return _environment().get_template("shell.html").render(context)


def _tables(document: ResultDocument, charts: Mapping[str, Chart], language: str) -> dict[str, Any]:
    has_provinces = "ranking" in charts
    places = places_of(document, language) if has_provinces else []
    has_tiles = "tiles" in charts
    return {
        "key_numbers": key_numbers(document, language),
        "why_boxes": key_number_boxes(document, language),
        "why": why_grid(document, language),
        "accounts": accounts_grid(document, language),
        "all_accounts": all_accounts_grid(document, language),
        "parts": parts_grid(document, language),
        "places": places,
        "province_years": province_years(document) if has_provinces else (),
        "income_price": income_price(document, language) if has_provinces else "",
        "tiles": tiles_of(charts["tiles"], places, language) if has_tiles else [],
        "scale": scale_stops(charts["tiles"]) if has_tiles else {},
        "sources": sources_grid(document, language),
        "quality": quality_grid(document, language),
        "excluded": excluded_grid(document, language),
        "excluded_count": count(excluded_count(document)),
        "prices": price_grid(document, language),
        "grouped": grouped_grid(document, language),
        "incidence": incidence_chapter(document, language),
        "divide": divide_of(document, language),
        "recipe": recipe(document, language),
        "limits": limits(document, language),
        "glossary": glossary(document, language),
        "index": index_chapter(document, charts, language),
        "convergence": convergence_chapter(document, language),
        "space": space_chapter(document, language),
        "explain": explain_chapter(document, language),
        "policies": policies_of(document, language),
    }


def _faces(carried: Carried) -> str:
    """Return two fonts that hold exactly the letters that the pages can show."""
    regular, bold = letters_of([leaf.body for leaf in carried.leaves], [carried.words()])
    return _face(web_font(regular, "Regular"), 400) + _face(web_font(bold, "Bold"), 700)


def _face(address: str, weight: int) -> str:
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-display:block;'
        f'src:url("{address}") format("woff2")}}'
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    environment.globals["style"] = Markup(_template("style.css"))
    environment.globals["all_languages"] = LANGUAGES
    return environment


def _visible(value: Any) -> Any:
    """Return words without characters that hide or reorder others; markup as it is."""
    return printable(value) if type(value) is str else value


def _template(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")

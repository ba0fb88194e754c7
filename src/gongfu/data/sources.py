"""Who published the figures, how to cite them and on what terms they may be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.data.dictionary import load_dictionary
from gongfu.data.embedded import read_embedded
from gongfu.data.flags import Language

__all__ = ["CitationStyle", "Source", "cite", "find_source", "load_sources"]

CitationStyle = Literal["text", "bibtex"]


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher and what it published.

    Parameters
    ----------
    key : short name used in the dictionary, such as ``nbs``.
    kind : ``embedded`` (figures ship with gongfu) or ``external`` (a user brings a copy).
    publisher_zh, publisher_en, title_zh, title_en, url : where the figures come from.
    citation : the paper its authors ask to be cited, or empty.
    terms_zh, terms_en : what the publisher asks of users, in one sentence.
    """

    key: str
    kind: str
    publisher_zh: str
    publisher_en: str
    title_zh: str
    title_en: str
    url: str
    citation: str
    terms_zh: str
    terms_en: str

    def publisher(self, language: str) -> str:
        """Return the publisher's name in ``zh`` or ``en``."""
        return self.publisher_zh if language == "zh" else self.publisher_en

    def title(self, language: str) -> str:
        """Return the title in ``zh`` or ``en``."""
        return self.title_zh if language == "zh" else self.title_en

    def terms(self, language: str) -> str:
        """Return the terms of use in ``zh`` or ``en``."""
        return self.terms_zh if language == "zh" else self.terms_en


@cache
def load_sources() -> Mapping[str, Source]:
    """Return every source by its key."""
    rows = read_embedded("sources.csv").iter_rows(named=True)
    return MappingProxyType({row["key"]: Source(**row) for row in rows})


def find_source(name: str) -> Source:
    """Return a source by its own key, or the source of a variable by the variable's name.

    Raises
    ------
    InputError
        If it is neither; names the nearest one.
    """
    sources, variables = load_sources(), load_dictionary()
    if name in sources:
        return sources[name]
    if name in variables:
        return sources[variables[name].source]
    near = nearest_name(name, [*sources, *variables])
    raise InputError(Problem(f"no source or variable {name!r}", fix=near))


def cite(name: str, *, language: Language = "en", style: CitationStyle = "text") -> str:
    """Return a citation of a source, or of the source of a variable.

    Parameters
    ----------
    name : key of a source, such as ``nbs``, or a variable, such as ``income_pc_all``.
    style : ``text`` for a reference list (GB/T 7714 in Chinese), ``bibtex`` for a database.
    """
    source = find_source(name)
    if style == "bibtex":
        return _bibtex(source, language)
    if language == "zh":
        text = f"{source.publisher('zh')}. {source.title('zh')}[DB/OL]. {source.url}."
    else:
        text = f"{source.publisher('en')}. {source.title('en')}. {source.url}."
    return f"{text} {source.citation}".strip()


def _bibtex(source: Source, language: Language) -> str:
    fields = {
        "author": f"{{{source.publisher(language)}}}",
        "title": source.title(language),
        "howpublished": rf"\url{{{source.url}}}",
        "note": source.citation or source.terms(language),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{source.key},\n{lines}}}"

"""Words for what a document holds: units, prices, accounts, parts, evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gongfu.core import Evidence, InputError, Problem, Uncertainty
from gongfu.core.errors import nearest_name
from gongfu.report.catalogue import has_text, keys, text
from gongfu.report.document import ResultDocument

__all__ = [
    "area_label",
    "evidence_text",
    "index_label",
    "inside_sentence",
    "opening",
    "part_label",
    "price_text",
    "uncertainty_key",
    "uncertainty_text",
    "unit_text",
    "version_text",
]

_BASE_YEAR = re.compile(r"(\d{4}) prices")


def unit_text(unit: str, language: str) -> str:
    """Return a unit in the language; a unit the catalogue does not know stays as it is."""
    return text(f"unit.{unit}", language) if has_text(f"unit.{unit}", language) else unit


def price_text(price: str, language: str) -> str:
    """Return a price base such as ``2020 prices`` or ``current prices`` in the language."""
    base = _BASE_YEAR.fullmatch(price)
    if base:
        return text("price.base", language, year=base[1])
    return text("price.current", language) if price == "current prices" else price


def index_label(index: str, language: str) -> str:
    """Return the name of the inequality index of an account."""
    return _known("index", index, language)


def part_label(row: Mapping[str, Any], language: str) -> str:
    """Return the name of a part of an account: from the row, else from the catalogue."""
    return row.get(f"part_{language}") or _known("part", row["part"], language)


def area_label(area: str, language: str) -> str:
    """Return the name of one of the four large regions."""
    return text(f"area.{area or 'other'}", language)


def evidence_text(evidence: Evidence, language: str) -> str:
    """Return the evidence tag in words."""
    return text(f"evidence.{evidence.value}", language)


def uncertainty_text(uncertainty: Uncertainty, language: str) -> str:
    """Return the sentence that says which uncertainty the numbers carry."""
    return text(f"uncertainty.{uncertainty_key(uncertainty)}", language)


def uncertainty_key(uncertainty: Uncertainty) -> str:
    """Return the uncertainty as a key of the catalogue."""
    return uncertainty.value.replace(" ", "_")


def version_text(document: ResultDocument, language: str) -> str:
    """Return the line that names data vintage, version and study."""
    meta = document.meta
    return text(
        "footer.version",
        language,
        vintage=meta.data_vintage,
        version=meta.version,
        hash=meta.study_hash[:12],
    )


def opening(words: str) -> str:
    """Return words as they stand at the head of a sentence."""
    return words[:1].upper() + words[1:]


def inside_sentence(label: str, language: str) -> str:
    """Return a label as it stands within a sentence: English then begins it in lower case."""
    return label[:1].lower() + label[1:] if language == "en" else label


def _known(family: str, name: str, language: str) -> str:
    key = f"{family}.{name}"
    if not has_text(key, language):
        known = [k.removeprefix(f"{family}.") for k in keys(language) if k.startswith(f"{family}.")]
        raise InputError(
            Problem(
                f"a report has no words for the {family} {name!r}",
                expected=f"one of {', '.join(known)}",
                fix=nearest_name(name, known),
            )
        )
    return text(key, language)

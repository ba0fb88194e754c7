"""The one dictionary: what every variable means, and which vintages may stand together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from gongfu.core import InputError, Panel, Problem, Variable
from gongfu.core.errors import nearest_name
from gongfu.data.embedded import read_embedded

__all__ = ["find_variable", "load_dictionary", "require_one_vintage", "translate_term"]


@cache
def load_dictionary() -> Mapping[str, Variable]:
    """Return the entry of every variable by name, in order of theme."""
    entries = [
        Variable(definition=row.pop("definition_en"), **row)
        for row in read_embedded("variables.csv").iter_rows(named=True)
    ]
    return MappingProxyType({entry.name: entry for entry in entries})


def find_variable(name: str) -> Variable:
    """Return the entry of one variable.

    Raises
    ------
    InputError
        If the dictionary has no such variable; names the nearest one.
    """
    known = load_dictionary()
    if name not in known:
        raise InputError(Problem(f"no variable {name!r}", fix=nearest_name(name, list(known))))
    return known[name]


def translate_term(term: str, language: str) -> str:
    """Return a unit, theme, price base or vintage of the dictionary in ``zh`` or ``en``.

    Raises
    ------
    InputError
        If the dictionary does not use the term.
    """
    if language != "zh" or not term:
        return term
    year = _YEAR.search(term)
    pattern = term.replace(year[0], "{year}") if year else term
    found = _terms().get(term) or _terms().get(pattern)
    if found is None:
        raise InputError(Problem(f"no term {term!r}", fix=nearest_name(term, list(_terms()))))
    return found.replace("{year}", year[0]) if year else found


def require_one_vintage(panel: Panel, *names: str) -> str:
    """Return the vintage of the named variables, or refuse a mixture of vintages.

    Parameters
    ----------
    names : variables that are about to be used in one formula; none means all of the panel.

    Returns
    -------
    str
        The vintage, or an empty string when none of the variables has one.

    Raises
    ------
    InputError
        If two variables belong to different revisions of the national accounts: levels of one
        vintage divided by, added to or compared with another give a break, not a change.
    """
    vintages = {name: _entry(panel, name).vintage for name in names or panel.names}
    found = sorted({vintage for vintage in vintages.values() if vintage})
    if len(found) > 1:
        raise InputError(
            Problem(
                f"{name} belongs to another vintage of the national accounts",
                expected="one vintage in one formula",
                found=vintage,
                column=name,
                fix="Use variables of one vintage; of an older one take shares only.",
            )
            for name, vintage in vintages.items()
            if vintage
        )
    return found[0] if found else ""


_YEAR = re.compile(r"\b(19|20)\d\d\b")


@cache
def _terms() -> dict[str, str]:
    return dict(read_embedded("terms.csv").select("en", "zh").iter_rows())


def _entry(panel: Panel, name: str) -> Variable:
    return panel.variables[name] if name in panel.variables else find_variable(name)

"""Names that an account uses and its table does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongfu.core import Problem
from gongfu.core.errors import nearest_name
from gongfu.study.settings import AccountSettings, EmbeddedTable, StudySettings
from gongfu.study.tables.types import UnitTable

__all__ = ["unknown_names"]


def unknown_names(settings: StudySettings, units: Mapping[str, UnitTable]) -> Iterator[Problem]:
    """Yield the variables and levels that an account names and its table does not have."""
    for account in settings.account:
        for level in account.levels:
            known = _levels(settings, units, account.data)
            if level not in known:
                yield _unknown(account.name, "level", level, known)
        if account.data in units:
            panel = units[account.data].panel
            for name in account.variables:
                if name not in panel.names:
                    yield _unknown(account.name, "variable", name, panel.names)
        yield from _unknown_mean(account, units)


def _levels(settings: StudySettings, units: Mapping[str, UnitTable], name: str) -> list[str]:
    """Return the groupings of a table, also of one that could not be read."""
    table = settings.data[name]
    return list(units[name].levels) if isinstance(table, EmbeddedTable) else list(table.groups)


def _unknown_mean(account: AccountSettings, units: Mapping[str, UnitTable]) -> Iterator[Problem]:
    if account.published_mean is None:
        return
    table, _, variable = account.published_mean.partition(".")
    if table not in units:
        yield _unknown(account.name, "table", table, list(units))
    elif variable not in units[table].panel.names:
        yield _unknown(account.name, "variable", variable, units[table].panel.names)


def _unknown(account: str, what: str, name: str, known: list[str]) -> Problem:
    return Problem(
        f"account {account!r} names a {what} its table does not have: {name!r}",
        expected=f"one of {', '.join(known[:12])}" + (" ..." if len(known) > 12 else ""),
        fix=nearest_name(name, known) or "See `gongfu data list`.",
    )

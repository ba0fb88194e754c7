"""Texts by key and language, from ``zh.toml`` and ``en.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

__all__ = ["LANGUAGES", "has_text", "keys", "text"]

LANGUAGES = ("zh", "en")


def text(key: str, language: str, **values: object) -> str:
    """Return the text of a key, with its ``{names}`` filled in.

    Raises
    ------
    KeyError
        If the catalogue lacks the key or a name has no value: a bug of ours, never of a user.
    """
    return _catalogue(language)[key].format_map(values)


def has_text(key: str, language: str) -> bool:
    """Whether the catalogue has this key."""
    return key in _catalogue(language)


def keys(language: str) -> list[str]:
    """Return all keys of one language, in the order of its file."""
    return list(_catalogue(language))


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    content = (files(__package__) / f"{language}.toml").read_text(encoding="utf-8")
    return MappingProxyType(dict(_flat(tomllib.loads(content), "")))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value

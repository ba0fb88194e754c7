"""Words from outside without characters that hide or reorder others."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from gongfu.data.plain_text import INVISIBLE

__all__ = ["printable", "printable_values", "with_printable_words"]

_T = TypeVar("_T")
_HIDDEN = re.compile(rf"{INVISIBLE}|[\ud800-\udfff\ufffe\uffff]")
_SHOWN = "□"


def printable(words: str) -> str:
    """Return words with a visible sign for each control, direction or zero-width character."""
    return _HIDDEN.sub(_SHOWN, words.replace("\r\n", "\n").replace("\r", "\n"))


def printable_values(value: Any) -> Any:
    """Return JSON values with all their texts made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_values(one) for key, one in value.items()}
    return [printable_values(one) for one in value] if isinstance(value, list | tuple) else value


def with_printable_words(value: _T) -> _T:
    """Return a frozen dataclass, or a tuple of such, with all its texts made printable."""
    shown: Any = value
    if isinstance(value, str):
        shown = printable(value)
    elif isinstance(value, tuple):
        shown = tuple(with_printable_words(one) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        own = {field.name: getattr(value, field.name) for field in fields(value)}
        shown = replace(value, **{name: with_printable_words(one) for name, one in own.items()})
    result: _T = shown
    return result

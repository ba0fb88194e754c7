"""How a command speaks: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gongfu import __version__
from gongfu.core import GongfuError, InputError, VerificationError

__all__ = ["emit", "fail", "say"]


def emit(
    schema: str,
    data: Any,
    *,
    as_json: bool,
    render: Callable[[], None],
    warnings: Iterable[str] = (),
    meta: Mapping[str, Any] | None = None,
) -> None:
    """Print a result: one JSON object with full precision, or the text that ``render`` prints.

    Parameters
    ----------
    schema : name and version of the data's shape, such as ``inequality/1``.
    data : JSON values.
    warnings : sentences; they go to standard error in text mode.
    """
    notes = list(warnings)
    if as_json:
        _print_json(_envelope(schema, data, ok=True, warnings=notes, meta=meta))
        return
    render()
    for note in notes:
        say(note)


def fail(error: GongfuError, *, as_json: bool) -> None:
    """Print an error: its problems as JSON on standard output, or as lines on standard error."""
    if not as_json:
        say(f"Error: {error}" if len(str(error).splitlines()) == 1 else f"Errors:\n{error}")
        return
    problems = (
        [problem.to_dict() for problem in error.problems]
        if isinstance(error, InputError | VerificationError)
        else [{"what": str(error)}]
    )
    _print_json(_envelope("error/1", {"problems": problems}, ok=False, warnings=[], meta=None))


def say(text: str) -> None:
    """Print a line for the person at the terminal, on standard error."""
    print(text, file=sys.stderr)


def _envelope(
    schema: str, data: Any, *, ok: bool, warnings: list[str], meta: Mapping[str, Any] | None
) -> dict[str, Any]:
    return {
        "schema": f"gongfu/{schema}",
        "ok": ok,
        "data": data,
        "warnings": warnings,
        "meta": {"version": __version__, **(meta or {})},
    }


def _print_json(document: Mapping[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2))

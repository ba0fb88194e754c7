"""TOML files that a user writes: limits before reading, and what is wrong said with the file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from gongfu.core import InputError, Problem

__all__ = ["parse_toml", "read_toml_text"]

MAX_BYTES = 1_000_000


def read_toml_text(path: str | Path, kind: str, *, otherwise: str) -> str:
    """Return the text of a file a user wrote.

    Parameters
    ----------
    kind : what the file should be, such as ``scenario``.
    otherwise : next step if it is not there.

    Raises
    ------
    InputError
        If the file is missing, larger than 1 MB or not UTF-8.
    """
    file = Path(path)
    if not file.is_file():
        raise InputError(Problem(f"no such {kind} file", file=str(path), fix=otherwise))
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise InputError(
            Problem(
                f"too large for a {kind} file",
                expected=f"at most {MAX_BYTES:,} bytes",
                found=f"{size:,}",
                file=str(path),
                fix="Settings are a short TOML file; data stay in files of their own.",
            )
        )
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            Problem(
                "not UTF-8 text",
                file=str(path),
                found=f"byte {error.start}",
                fix=f"Save the {kind} file as UTF-8.",
            )
        ) from error


def parse_toml(text: str, file: str) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises
    ------
    InputError
        If it is not TOML, with line and column.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = Problem(
            f"not valid TOML: {error}", file=file, fix="`gongfu init` writes an example."
        )
        raise InputError(problem) from error

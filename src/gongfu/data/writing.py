"""Files appear whole or not at all: written under a temporary name, then renamed."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import polars.selectors as cs
from narwhals.typing import IntoFrame

from gongfu.core import InputError, Problem
from gongfu.core.panel import as_polars
from gongfu.data.plain_text import plain

__all__ = [
    "escape_formulas",
    "open_replacing",
    "refuse_bad_target",
    "write_bytes",
    "write_csv",
    "write_json",
    "write_parquet",
    "write_text",
]

FORMULA_STARTS = (
    "=+-@\t\r\n＝＋－＠"  # a spreadsheet runs a text cell that begins with one of these
)


def write_bytes(path: str | Path, content: bytes, *, force: bool = False) -> Path:
    """Write bytes to a file and return its path.

    Parameters
    ----------
    path : a file in an existing folder.
    force : replace a file that stands there already; otherwise that is refused.

    Raises
    ------
    InputError
        If the folder is missing, the file exists without ``force``, or the disk refuses.
        Nothing partial is left behind.
    """
    with open_replacing(path, force=force) as file:
        file.write(content)
    return Path(path)


def write_text(path: str | Path, text: str, *, force: bool = False) -> Path:
    """Write text as UTF-8 with the line ends it has; otherwise as `write_bytes`."""
    return write_bytes(path, text.encode("utf-8"), force=force)


def write_json(path: str | Path, value: Any, *, force: bool = False) -> Path:
    """Write JSON with sorted keys and full precision; otherwise as `write_bytes`.

    Raises
    ------
    ValueError
        If the value holds a number that is not finite: JSON has no word for it.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=2)
    return write_text(path, text + "\n", force=force)


def write_csv(path: str | Path, frame: IntoFrame, *, force: bool = False) -> Path:
    """Write a table as CSV that spreadsheets open right: UTF-8 with a byte-order mark.

    Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers keep their
    sign and full precision; a missing value is an empty cell. Otherwise as `write_bytes`.
    """
    safe = escape_formulas(as_polars(frame))
    with open_replacing(path, force=force) as file:
        safe.write_csv(file, include_bom=True, line_terminator="\n")
    return Path(path)


def write_parquet(path: str | Path, frame: IntoFrame, *, force: bool = False) -> Path:
    """Write a table as Parquet (zstd); otherwise as `write_bytes`."""
    table = as_polars(frame)
    with open_replacing(path, force=force) as file:
        table.write_parquet(file, compression="zstd")
    return Path(path)


def escape_formulas(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table with text made harmless for spreadsheets and NaN made missing."""
    text = frame.with_columns((cs.categorical() | cs.enum()).cast(pl.String))
    safe = text.with_columns(
        *(_escaped(pl.col(name)) for name in cs.expand_selector(text, cs.string())),
        cs.float().fill_nan(None),
    )
    return safe.rename({name: _escaped_name(name) for name in frame.columns})


@contextmanager
def open_replacing(path: str | Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Open a new file for writing that takes its name only when the block ends well.

    Raises
    ------
    InputError
        As `write_bytes`. Any other exception of the block also removes the temporary file.
    """
    target = Path(path)
    refuse_bad_target(target, force=force)
    try:
        # A link keeps pointing where it points; its target is replaced.
        yield from _write_beside(target.resolve())
    except OSError as error:
        raise InputError(
            Problem(
                "cannot write the file",
                file=plain(target),
                found=plain(error.strerror or str(error)),
                fix="Free disk space, close programs that hold the file, or choose another folder.",
            )
        ) from error


def _write_beside(target: Path) -> Iterator[BinaryIO]:
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def refuse_bad_target(target: Path, *, force: bool) -> None:
    """Raise `InputError` if the path is a folder, exists without ``force``, or lacks its folder."""
    if target.is_dir():
        what, fix = "this is a folder", "Name a file in it."
    elif target.exists() and not force:
        what, fix = "the file exists already", "Choose another name, or overwrite it with --force."
    elif not target.parent.is_dir():
        what, fix = "its folder does not exist", f"Create the folder {plain(target.parent)} first."
    else:
        return
    raise InputError(Problem(what, file=plain(target), fix=fix))


def _escaped(column: pl.Expr) -> pl.Expr:
    starts_formula = column.str.slice(0, 1).is_in(list(FORMULA_STARTS))
    return pl.when(starts_formula).then(pl.lit("'") + column).otherwise(column).name.keep()


def _escaped_name(name: str) -> str:
    return f"'{name}" if name[:1] and name[0] in FORMULA_STARTS else name

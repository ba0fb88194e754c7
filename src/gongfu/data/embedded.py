"""The text files that ship inside the package, read into frames."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

import polars as pl

__all__ = ["read_embedded", "read_embedded_folder"]

_TYPES: dict[str, type[pl.DataType]] = {
    "year": pl.Int32,
    "value": pl.Float64,
    "copies": pl.Int32,
    "spread": pl.Float64,
    "longitude": pl.Float64,
    "latitude": pl.Float64,
    "tile_row": pl.Int32,
    "tile_column": pl.Int32,
}
"""Columns that are numbers; every other column is text, codes of provinces included."""


def read_embedded(name: str) -> pl.DataFrame:
    """Return one embedded table, such as ``notes.csv`` or ``provinces/income.csv``."""
    return _read(_root().joinpath(*name.split("/")))


def read_embedded_folder(name: str) -> pl.DataFrame:
    """Return all tables of an embedded folder below each other, in order of file name."""
    parts = sorted(_root().joinpath(name).iterdir(), key=lambda part: part.name)
    return pl.concat([_read(part) for part in parts if part.name.endswith(".csv")])


def _root() -> Traversable:
    return files("gongfu.data").joinpath("china")


def _read(file: Traversable) -> pl.DataFrame:
    text = file.read_bytes()
    header = text[: text.index(b"\n")].decode("utf-8").strip().split(",")
    schema = {name: _TYPES.get(name, pl.String) for name in header}
    return pl.read_csv(text, schema=schema).with_columns(pl.col(pl.String).fill_null(""))

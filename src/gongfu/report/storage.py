"""Reading and writing a result document: one JSON file, and each table as Parquet beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from gongfu.core import InputError, Problem
from gongfu.data.writing import write_parquet, write_text
from gongfu.report.document import SCHEMA, Column, Meta, ResultDocument, ResultTable, Words
from gongfu.report.shape import ColumnShape, DocumentShape, TableShape

__all__ = ["from_json", "read_document", "to_json", "write_document"]

_TYPES: Mapping[str, Any] = {
    "text": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
}


def write_document(document: ResultDocument, folder: Path, *, force: bool = False) -> list[Path]:
    """Write ``result.json`` and ``tables/<name>.parquet`` into a folder; return what was written.

    The same document gives the same bytes of JSON on every machine.

    Parameters
    ----------
    folder : made if it does not exist.
    force : replace files that stand there already; otherwise that is refused.

    Raises
    ------
    InputError
        If a file exists without ``force``, or the disk refuses.
    """
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    return [
        write_text(folder / "result.json", to_json(document), force=force),
        *(
            write_parquet(tables / f"{name}.parquet", table.rows, force=force)
            for name, table in document.tables.items()
        ),
    ]


def read_document(path: Path) -> ResultDocument:
    """Read ``result.json`` (or the folder that holds it).

    Raises
    ------
    InputError
        If the file is missing, is not JSON, has another schema or breaks the shape; all problems.
    """
    file = path / "result.json" if path.is_dir() else path
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Problem("cannot be read", found=str(error), file=str(file))) from error
    return from_json(text, file=str(file))


def to_json(document: ResultDocument) -> str:
    """Return the document as JSON text: full precision, sorted keys, one table row a line."""
    head = {
        "schema": document.schema,
        "meta": {**asdict(document.meta), "versions": dict(document.meta.versions)},
    }
    tables = ",\n".join(
        f" {_compact(name)}: {_table_json(table)}" for name, table in document.tables.items()
    )
    lines = [f"{_compact(key)}: {_compact(value)}" for key, value in sorted(head.items())]
    return "{" + ",\n".join([*lines, f'"tables": {{\n{tables}\n}}']) + "}\n"


def from_json(text: str, file: str = "") -> ResultDocument:
    """Return the document that a JSON text holds."""
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise InputError(Problem("is not JSON", found=str(error), file=file)) from error
    _refuse_other_schema(raw, file)
    try:
        shape = DocumentShape.model_validate(raw)
    except ValidationError as error:
        raise InputError(_problems(error, file)) from error
    meta = shape.meta.model_dump(exclude={"title", "warnings", "languages"})
    return ResultDocument(
        meta=Meta(
            **meta,
            title=Words(**shape.meta.title.model_dump()),
            languages=tuple(shape.meta.languages),
            warnings=tuple(Words(**warning.model_dump()) for warning in shape.meta.warnings),
        ),
        tables={name: _table(name, table) for name, table in shape.tables.items()},
    )


def _table_json(table: ResultTable) -> str:
    head = {
        "columns": [{**asdict(c), "type": _type_of(table, c.name)} for c in table.columns],
        "evidence": table.evidence,
        "note": asdict(table.note),
        "source": asdict(table.source),
        "uncertainty": table.uncertainty,
    }
    rows = ",\n   ".join(_compact(list(row)) for row in table.rows.iter_rows())
    lines = [f"{_compact(key)}: {_compact(value)}" for key, value in head.items()]
    return "{" + ",\n  ".join([*lines, f'"rows": [\n   {rows}]']) + "}"


def _type_of(table: ResultTable, name: str) -> str:
    kind = table.rows.schema[name]
    return next(word for word, polars_type in _TYPES.items() if kind == polars_type)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)


def _refuse_other_schema(raw: Any, file: str) -> None:
    found = raw.get("schema") if isinstance(raw, dict) else type(raw).__name__
    if found != SCHEMA:
        raise InputError(
            Problem(
                "unknown schema of a result document",
                expected=SCHEMA,
                found=str(found),
                file=file,
                fix="Run the study again with this version of gongfu.",
            )
        )


def _problems(error: ValidationError, file: str) -> list[Problem]:
    return [
        Problem(
            f"{'.'.join(str(part) for part in item['loc'])}: {item['msg'].lower()}",
            found=repr(item["input"])[:80],
            file=file,
        )
        for item in error.errors()
    ]


def _table(name: str, shape: TableShape) -> ResultTable:
    return ResultTable(
        name=name,
        columns=tuple(Column(**c.model_dump(exclude={"type"})) for c in shape.columns),
        rows=_rows(name, shape),
        evidence=shape.evidence,
        uncertainty=shape.uncertainty,
        source=Words(**shape.source.model_dump()),
        note=Words(**shape.note.model_dump()),
    )


def _rows(name: str, shape: TableShape) -> pl.DataFrame:
    width = len(shape.columns)
    wrong = [i for i, row in enumerate(shape.rows) if len(row) != width]
    problems = [
        Problem(f"table {name} has {len(shape.rows[i])} cells in a row", f"{width}", row=i + 1)
        for i in wrong
    ]
    if problems:
        raise InputError(problems)
    series = [_series(name, column, i, shape) for i, column in enumerate(shape.columns)]
    return pl.DataFrame(series)


def _series(table: str, column: ColumnShape, index: int, shape: TableShape) -> pl.Series:
    values = [row[index] for row in shape.rows]
    try:
        return pl.Series(column.name, values, dtype=_TYPES[column.type])
    except TypeError as error:
        raise InputError(
            Problem(f"table {table}: a cell is not of type {column.type}", column=column.name)
        ) from error

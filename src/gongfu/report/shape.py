"""The shape of a result document's JSON, checked on reading and published as a JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from gongfu.core import Evidence, Uncertainty

__all__ = ["DocumentShape", "json_schema"]

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Cell = str | bool | int | float | None
CellType = Literal["text", "integer", "number", "boolean"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WordsShape(_Strict):
    """One text in both languages."""

    zh: str
    en: str


class ColumnShape(_Strict):
    """A column of a table: label, unit, price base and type of its cells."""

    name: Name
    zh: str
    en: str
    unit: str
    price_base: str
    type: CellType


class TableShape(_Strict):
    """A table: rows are arrays in column order; null means no value."""

    columns: list[ColumnShape]
    rows: list[list[Cell]]
    evidence: Evidence
    uncertainty: Uncertainty
    source: WordsShape
    note: WordsShape


class MetaShape(_Strict):
    """What was run, on what, with what."""

    title: WordsShape
    study: str
    study_hash: str
    version: str
    data_vintage: str
    command: str
    versions: dict[str, str]
    first_year: int
    last_year: int
    last_real_year: int
    base_year: int
    main_account: str
    seed: int | None
    languages: list[Literal["zh", "en"]]
    warnings: list[WordsShape]


class DocumentShape(_Strict):
    """Everything a study found."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="gongfu result document")

    schema_: Literal["gongfu/result/1"] = Field(alias="schema")
    meta: MetaShape
    tables: dict[Name, TableShape]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema that is published beside this module."""
    schema = DocumentShape.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

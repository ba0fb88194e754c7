"""``gongfu schema``: the JSON Schema of the files gongfu reads and writes."""

from __future__ import annotations

import json
from enum import StrEnum
from importlib import resources
from typing import Annotated, Any

import typer

__all__ = ["schema"]


class Schema(StrEnum):
    """Files that have a schema."""

    STUDY = "study"
    SCENARIO = "scenario"
    INDEX = "index"
    DEPRIVATION = "deprivation"
    RESULT = "result"


def schema(
    name: Annotated[
        Schema, typer.Argument(help="study, scenario, index, deprivation or result")
    ] = Schema.STUDY,
) -> None:
    """Print the JSON Schema of files that gongfu reads, or of result.json. 输出 JSON Schema。"""
    if name is Schema.RESULT:
        print((resources.files("gongfu.report") / "result.schema.json").read_text("utf-8"), end="")
    else:
        print(json.dumps(_schema(name), ensure_ascii=False, indent=2))


def _schema(name: Schema) -> dict[str, Any]:
    from gongfu.data.deprivation_file import deprivation_schema
    from gongfu.data.index_trees import index_tree_schema
    from gongfu.data.scenario_files import scenario_schema
    from gongfu.study.settings import study_schema

    makers = {
        Schema.STUDY: study_schema,
        Schema.SCENARIO: scenario_schema,
        Schema.INDEX: index_tree_schema,
        Schema.DEPRIVATION: deprivation_schema,
    }
    return makers[name]()

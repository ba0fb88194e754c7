"""``gongfu schema``: the JSON Schema of the files gongfu reads and writes."""

from __future__ import annotations

import json
from enum import StrEnum
from importlib import resources
from typing import Annotated

import typer

__all__ = ["schema"]


class Schema(StrEnum):
    """Files that have a schema."""

    STUDY = "study"
    RESULT = "result"


def schema(
    name: Annotated[Schema, typer.Argument(help="study or result")] = Schema.STUDY,
) -> None:
    """Print the JSON Schema of a study file or of result.json. 输出 JSON Schema。"""
    from gongfu.study.settings import study_schema

    if name is Schema.STUDY:
        print(json.dumps(study_schema(), ensure_ascii=False, indent=2))
    else:
        print((resources.files("gongfu.report") / "result.schema.json").read_text("utf-8"), end="")

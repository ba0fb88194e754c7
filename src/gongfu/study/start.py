"""The first study or scenario file of a user: a copy of ours, with the schema beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongfu.core import InputError, Problem
from gongfu.data.scenario_files import preset_text, scenario_schema
from gongfu.data.writing import write_json, write_text
from gongfu.study.settings import study_schema
from gongfu.study.study_file import embedded_study_text

__all__ = ["write_scenario", "write_study"]

STUDY_NAME = "study.toml"
SCHEMA_NAME = "study.schema.json"
SCENARIO_SCHEMA_NAME = "scenario.schema.json"


def write_study(folder: Path, *, force: bool = False) -> list[Path]:
    """Write ``study.toml`` and ``study.schema.json``; return their paths.

    Parameters
    ----------
    folder : made if it does not exist.
    force : replace files that are there.

    Raises
    ------
    InputError
        If a file is there and ``force`` is not set; nothing is written then.
    """
    texts = {STUDY_NAME: embedded_study_text()}
    return _write(folder, texts, {SCHEMA_NAME: study_schema()}, force=force)


def write_scenario(folder: Path, preset: str, *, force: bool = False) -> list[Path]:
    """Write a preset package as ``NAME.toml`` and ``scenario.schema.json``; return their paths.

    Raises
    ------
    InputError
        If no preset has the name, or a file is there and ``force`` is not set.
    """
    texts = {f"{preset}.toml": preset_text(preset)}
    return _write(folder, texts, {SCENARIO_SCHEMA_NAME: scenario_schema()}, force=force)


def _write(
    folder: Path, texts: dict[str, str], schemas: dict[str, dict[str, Any]], *, force: bool
) -> list[Path]:
    """Write files that name their schema in the first line; all of them or none."""
    paths = [folder / name for name in (*texts, *schemas)]
    existing = [path for path in paths if path.exists()]
    if existing and not force:
        raise InputError(
            Problem("file exists", file=str(path), fix="Pass --force to replace it.")
            for path in existing
        )
    folder.mkdir(parents=True, exist_ok=True)
    (schema_name,) = schemas
    for name, text in texts.items():
        _, _, body = text.partition("\n")
        write_text(folder / name, f"#:schema ./{schema_name}\n{body}", force=force)
    for name, content in schemas.items():
        write_json(folder / name, content, force=force)
    return paths

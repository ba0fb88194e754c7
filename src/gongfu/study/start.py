"""The first study file of a user: a copy of the embedded one, with the schema beside it."""

from __future__ import annotations

from pathlib import Path

from gongfu.core import InputError, Problem
from gongfu.data.writing import write_json, write_text
from gongfu.study.settings import study_schema
from gongfu.study.study_file import embedded_study_text

__all__ = ["write_study"]

STUDY_NAME = "study.toml"
SCHEMA_NAME = "study.schema.json"


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
    paths = [folder / STUDY_NAME, folder / SCHEMA_NAME]
    existing = [path for path in paths if path.exists()]
    if existing and not force:
        raise InputError(
            Problem("file exists", file=str(path), fix="Pass --force to replace it.")
            for path in existing
        )
    folder.mkdir(parents=True, exist_ok=True)
    _, _, body = embedded_study_text().partition("\n")
    write_text(paths[0], f"#:schema ./{SCHEMA_NAME}\n{body}", force=force)
    write_json(paths[1], study_schema(), force=force)
    return paths

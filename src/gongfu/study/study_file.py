"""Reading a study file: every problem at once, each with its place and next step."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.data.toml_files import parse_toml, read_toml_text
from gongfu.study.settings import StudySettings, known_keys

__all__ = ["embedded_study", "embedded_study_text", "load_study", "read_study"]


def read_study(path: str | Path) -> StudySettings:
    """Return the settings of a study file.

    Raises
    ------
    InputError
        If the file is missing, not TOML or not a study; names every wrong key at once.
    """
    file = Path(path)
    return _parse(_read_text(file), str(path))


def load_study(path: str | Path | None = None) -> tuple[StudySettings, Path]:
    """Return the settings of a study file, or of the embedded study, and its files' folder."""
    if path is None:
        return embedded_study(), Path.cwd()
    return read_study(path), Path(path).resolve().parent


def embedded_study() -> StudySettings:
    """Return the study of 31 Chinese provinces that comes with gongfu."""
    return _parse(embedded_study_text(), "china.toml")


def embedded_study_text() -> str:
    """Return the embedded study file as text, for ``gongfu init`` to copy."""
    return (resources.files("gongfu.study") / "studies" / "china.toml").read_text("utf-8")


def _read_text(file: Path) -> str:
    beside = [p.name for p in file.parent.glob("*.toml")] if file.parent.is_dir() else []
    meant = nearest_name(file.name, beside) or "`gongfu init` writes one to start from."
    return read_toml_text(file, "study", otherwise=meant)


def _parse(text: str, file: str) -> StudySettings:
    raw = parse_toml(text, file)
    try:
        return StudySettings.model_validate(raw)
    except ValidationError as error:
        raise InputError(_problems(error, file)) from error


def _problems(error: ValidationError, file: str) -> list[Problem]:
    errors = [dict(one) for one in error.errors(include_url=False)]
    # A list whose items failed is also reported as too short; the items say it better.
    return [_problem(e, file) for e in errors if not (e["type"] == "too_short" and e["input"])]


def _problem(one: dict[str, Any], file: str) -> Problem:
    place = ".".join(str(part) for part in one["loc"] if part not in {"china", "file", "rows"})
    if one["type"] == "extra_forbidden":
        wrong = str(one["loc"][-1])
        return Problem(
            "unknown key", file=file, column=place, fix=nearest_name(wrong, known_keys())
        )
    found = "" if one["type"] in {"missing", "value_error"} else repr(one.get("input"))[:80]
    message = str(one["msg"]).removeprefix("Value error, ")
    return Problem(
        message, found=found, file=file, column=place, fix="`gongfu init` writes a correct example."
    )

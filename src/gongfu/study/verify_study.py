"""Which study made a result: the embedded one, or a file beside the result."""

from __future__ import annotations

import re
from pathlib import Path

from gongfu.core import InputError, Problem
from gongfu.study.settings import StudySettings
from gongfu.study.study_file import embedded_study, load_study

__all__ = ["study_of"]


def study_of(
    command: str, name: str, beside: Path, study: Path | None = None
) -> tuple[StudySettings, Path]:
    """Return settings and folder of the study that a result says it came from.

    Parameters
    ----------
    command : the line recorded in the result; only a file name is read from it, nothing is run.
    name : of the study, as recorded.
    beside : folder of the result; the study file is looked for there and in the folder above.
    study : the file, where the user names it.

    Raises
    ------
    InputError
        If no study of that name is found, or the file is wrong.
    """
    if study is not None:
        return load_study(study)
    file = _file_in(command)
    if not file and name == embedded_study().name:
        return load_study()
    for folder in (beside, beside.parent, Path.cwd()):
        if file and (folder / file).is_file():
            return load_study(folder / file)
    raise InputError(
        Problem(
            f"the file of study {name!r} is not beside the result",
            expected=file or "a study file",
            found=str(beside),
            fix="Name it with --study FILE, or ask for --quick, which recomputes nothing.",
        )
    )


_STUDY_FILE = re.compile(r"gongfu run ([^\r\n]+?\.toml)(?: |$)")


def _file_in(command: str) -> str:
    """Return the name of the study file in a recorded command, without any folder."""
    found = _STUDY_FILE.match(command)
    return found[1].replace("\\", "/").rpartition("/")[2] if found else ""

"""Run a study from Python or the command line: document, files, report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gongfu.report.document import ResultDocument
from gongfu.report.storage import write_document
from gongfu.report.write import write_report
from gongfu.study.run import Progress, run_study
from gongfu.study.settings import Language
from gongfu.study.study_file import load_study
from gongfu.study.why_basis import basis_of

__all__ = ["run"]


def run(
    study: str | Path | None = None,
    *,
    out: str | Path | None = None,
    languages: Sequence[Language] | None = None,
    command: str = "gongfu run",
    force: bool = True,
    processes: int = 1,
    progress: Progress = lambda _: None,
) -> ResultDocument:
    """Run a study; write its results and report when ``out`` is given.

    Parameters
    ----------
    study : a study file, or nothing for the embedded study of 31 Chinese provinces.
    out : folder for ``result.json``, ``tables/``, ``figures/`` and ``report.<language>.html``.
    languages : of the report; the study's own choice by default.
    command : recorded in the document as the line that makes it again.
    force : replace what an earlier run left in ``out``.
    processes : that draw figures; more than one only from a script that keeps its work under
        ``if __name__ == "__main__"``.
    progress : called with the name of each step as it begins.

    Raises
    ------
    InputError
        If the study or one of its files is wrong; all problems at once.
    """
    settings, folder = load_study(study)
    document = run_study(settings, folder, command=command, progress=progress)
    if languages is not None:
        document = replace(document, meta=replace(document.meta, languages=tuple(languages)))
    if out is not None:
        target = Path(out)
        progress("write")
        write_document(document, target, force=force)
        progress("report")
        basis = basis_of(settings, folder)
        write_report(
            document,
            target,
            document.meta.languages,
            basis=basis,
            force=force,
            processes=processes,
        )
    return document

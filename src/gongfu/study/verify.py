"""Verification: run the study of a result again and compare every number it states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from gongfu.core import InputError, Problem
from gongfu.report.document import ResultDocument
from gongfu.report.page.agreement import page_problems
from gongfu.report.page.reading import PageText
from gongfu.report.page.seal import maker_of
from gongfu.study.run import Progress, run_study
from gongfu.study.verify_files import check_copies, page_and_seal, read_report, read_result
from gongfu.study.verify_study import study_of
from gongfu.study.verify_tables import Agreement, compare_documents

__all__ = ["Verified", "verify"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was compared with what, and what differs.

    Parameters
    ----------
    path : of the report, the result or their folder.
    study : its name; empty for a page that was only held against its seal.
    problems : every difference; empty means verified.
    files : compared with the document, exactly.
    agreement : of the stated and the recomputed numbers; none if nothing was recomputed.
    made_by : version of gongfu that wrote the result.
    is_recomputed : whether the study was run again.
    """

    path: str
    study: str
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    agreement: Agreement | None
    made_by: str
    is_recomputed: bool


def verify(
    path: str | Path,
    *,
    study: str | Path | None = None,
    quick: bool = False,
    exact: bool = False,
    progress: Progress = lambda _: None,
) -> Verified:
    """Run a study again and compare: document, tables, figures' numbers, pages.

    Parameters
    ----------
    path : ``result.json``, the folder that holds it, or ``report.<language>.html``.
    study : the study file, where it is neither the embedded one nor beside the result.
    quick : recompute nothing; compare the files with each other and pages with their seals.
    exact : ask for equality to the last bit.

    Raises
    ------
    InputError
        If a file cannot be read, is no result or report, or its study is not found.

    Notes
    -----
    Stated and recomputed numbers agree where ``|stated - recomputed| <= a + r |recomputed|`` with
    the tolerances and reasons of ``tolerances.toml``. Files made from the document must agree with
    it exactly; pictures are held against the seal of their page.
    """
    file = Path(path)
    target = file / "result.json" if file.is_dir() else file
    own = Path(study) if study is not None else None
    if target.suffix.lower() in {".html", ".htm"}:
        return _verify_page(target, own, progress, quick=quick, exact=exact)
    document = read_result(target)
    progress("files")
    files, problems = check_copies(document, target.parent)
    again = None if quick else _again(document, target.parent, own, progress)
    agreement = None
    if again is not None:
        agreement = compare_documents(document, again, target.name, exact=exact)
    found = agreement.problems if agreement else ()
    return _verified(file, document, [*found, *problems], files, agreement, is_recomputed=not quick)


def _verify_page(
    file: Path, study: Path | None, progress: Progress, *, quick: bool, exact: bool
) -> Verified:
    """Hold a page against its seal, the document beside it, and the study run again."""
    page, broken = read_report(file)
    beside = file.parent / "result.json"
    if not beside.is_file():
        again = None if quick else _made_again(page, file, study, progress)
        problems = broken if again is None else _of_lone_page(again, page, file.name, broken)
        return _verified(
            file, again, problems, [file.name], None, page=page, is_recomputed=not quick
        )
    document = read_result(beside)
    problems = page_and_seal(page_problems(document, page, file.name), broken)
    agreement = None
    if not quick:
        again = _again(document, file.parent, study, progress)
        agreement = compare_documents(document, again, beside.name, exact=exact)
        problems = [*agreement.problems, *problems]
    return _verified(
        file,
        document,
        problems,
        [file.name, beside.name],
        agreement,
        page=page,
        is_recomputed=not quick,
    )


def _of_lone_page(
    again: ResultDocument, page: PageText, file: str, broken: list[Problem]
) -> list[Problem]:
    """Compare a page with the study: to the last digit where its seal is broken already."""
    return page_and_seal(page_problems(again, page, file, near=not broken), broken)


def _again(
    document: ResultDocument, beside: Path, study: Path | None, progress: Progress
) -> ResultDocument:
    meta = document.meta
    settings, folder = study_of(meta.command, meta.study, beside, study)
    return run_study(settings, folder, command=meta.command, progress=progress)


def _made_again(
    page: PageText, file: Path, study: Path | None, progress: Progress
) -> ResultDocument:
    """Run the study of a page that stands alone; command and versions stay those of its maker."""
    maker = maker_of(page)
    if maker is None:
        fix = "Name its result.json, or write the report again with this version of gongfu."
        raise InputError(Problem("the page does not say how it was made", file=str(file), fix=fix))
    settings, folder = study_of(maker.command, maker.study, file.parent, study)
    again = run_study(settings, folder, command=maker.command, progress=progress)
    meta = replace(
        again.meta,
        version=maker.version,
        versions=maker.versions,
        languages=maker.languages,
    )
    return replace(again, meta=meta)


def _verified(
    file: Path,
    document: ResultDocument | None,
    problems: list[Problem],
    files: list[str],
    agreement: Agreement | None,
    *,
    page: PageText | None = None,
    is_recomputed: bool,
) -> Verified:
    made_by = page.version if page else document.meta.version if document else ""
    return Verified(
        path=str(file),
        study=document.meta.study if document else "",
        problems=tuple(problems),
        files=tuple(files),
        agreement=agreement,
        made_by=made_by,
        is_recomputed=is_recomputed,
    )

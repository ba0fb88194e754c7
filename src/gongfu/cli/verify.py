"""``gongfu verify``: run the study of a result again and compare every number."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongfu.cli import output
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.core import Problem
    from gongfu.study.verify import Verified

__all__ = ["verify"]

SHOWN = 20
"""Differences printed; ``--json`` has all of them."""


def verify(
    path: Annotated[
        Path,
        typer.Argument(help="result.json, its folder, or report.LANG.html. 结果文件、目录或报告"),
    ] = Path("out"),
    study: Annotated[
        Path | None, typer.Option(help="Study file, if not beside the result. 研究文件")
    ] = None,
    quick: Annotated[
        bool, typer.Option(help="Recompute nothing; compare the files. 只核对文件，不重算")
    ] = False,
    exact: Annotated[
        bool, typer.Option(help="Equal to the last bit, no tolerance. 逐位相等")
    ] = False,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Recompute a result or report; exit code 6 if a number differs. 重算并核对。"""
    from gongfu.core import VerificationError
    from gongfu.study.verify import verify as run_again

    begun = time.perf_counter()
    found = run_again(path, study=study, quick=quick, exact=exact, progress=_say_step)
    if found.problems:
        shown = found.problems if as_json else _shown(found.problems, lang.value)
        raise VerificationError(shown)
    output.emit(
        "verify/1",
        verified_data(found),
        as_json=as_json,
        render=lambda: print_verified(found, lang.value),
        meta={"seconds": round(time.perf_counter() - begun, 3)},
    )


def verified_data(found: Verified) -> dict[str, Any]:
    """Return what was compared, for ``--json``."""
    agreement = found.agreement
    return {
        "path": found.path,
        "study": found.study,
        "made_by": found.made_by,
        "files": list(found.files),
        "recomputed": found.is_recomputed,
        "tables": agreement.tables if agreement else None,
        "cells": agreement.cells if agreement else None,
        "unequal_within_tolerance": agreement.unequal if agreement else None,
        "largest_relative_difference": agreement.largest if agreement else None,
        "largest_difference_in": agreement.place if agreement else None,
    }


def print_verified(found: Verified, language: str) -> None:
    """Print in a few lines what was compared and how closely it agrees."""
    words = _WORDS[language]
    agreement = found.agreement
    print(words["verified" if found.is_recomputed else "consistent"].format(path=found.path))
    if agreement is not None:
        print(words["cells"].format(tables=agreement.tables, cells=agreement.cells))
        print(_closeness(found, language))
    print(words["files"].format(count=len(found.files)) if found.files else words["alone"])
    if not found.is_recomputed:
        print(words["not_recomputed"])


def _closeness(found: Verified, language: str) -> str:
    words, agreement = _WORDS[language], found.agreement
    assert agreement is not None
    if not agreement.unequal:
        return words["bits"]
    return words["near"].format(
        count=agreement.unequal, largest=agreement.largest, place=agreement.place
    )


def _shown(problems: tuple[Problem, ...], language: str) -> list[Problem]:
    from gongfu.core import Problem

    more = len(problems) - SHOWN
    rest = [Problem(_WORDS[language]["more"].format(count=more))] if more > 0 else []
    return [*problems[:SHOWN], *rest]


_WORDS = {
    "zh": {
        "verified": "已核对：{path}",
        "consistent": "前后一致：{path}",
        "cells": "  重算了研究，比较 {tables} 个表、{cells:,} 个单元格",
        "bits": "  所有数字逐位相等",
        "near": "  {count} 个数在容差内略有差别，最大相对差 {largest:.1e}（{place}）",
        "files": "  与结果比较的文件：{count} 个，均相同",
        "alone": "  旁边没有可比较的文件",
        "not_recomputed": "  未重算数字；去掉 --quick 即重算。",
        "more": "另有 {count} 处不同；--json 列出全部",
    },
    "en": {
        "verified": "Verified: {path}",
        "consistent": "Consistent: {path}",
        "cells": "  study run again; {tables} tables, {cells:,} cells compared",
        "bits": "  every number is equal to the last bit",
        "near": "  {count} numbers differ within tolerance; the largest relative difference is "
        "{largest:.1e} ({place})",
        "files": "  files held against the result: {count}, none differs",
        "alone": "  no other file stands beside it to compare",
        "not_recomputed": "  No number was recomputed; leave out --quick to do so.",
        "more": "{count} more differences; --json lists all",
    },
}

_STEPS = {
    "files": "compare the files 核对文件",
    "read": "run the study again: read 重算：读取",
    "measure": "run the study again: measure 重算：测度",
}


def _say_step(step: str) -> None:
    if sys.stderr.isatty():
        output.say(_STEPS.get(step, f"    {step}"))

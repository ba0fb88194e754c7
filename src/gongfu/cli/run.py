"""``gongfu run`` and ``gongfu init``: the main job, and a study file to start from."""

from __future__ import annotations

import os
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gongfu.cli import output
from gongfu.cli.summary import print_summary, summary_data

__all__ = ["init", "run"]


class ReportLanguage(StrEnum):
    """Languages of a report."""

    ZH = "zh"
    EN = "en"


def run(
    study: Annotated[
        Path | None,
        typer.Argument(help="Study file; the embedded China study by default. 研究文件"),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for results and report. 输出目录")] = Path(
        "out"
    ),
    lang: Annotated[
        ReportLanguage | None, typer.Option(help="One language only. 只生成一种语言")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Run a study: measure, write the result document and the report. 运行研究并生成报告。"""
    from gongfu.study.api import run as run_study

    begun = time.perf_counter()
    document = run_study(
        study,
        out=out,
        languages=None if lang is None else (lang.value,),
        command=_command(study, lang),
        processes=_cores(),
        progress=_say_step,
    )
    seconds = time.perf_counter() - begun
    language = lang.value if lang else "zh"
    output.emit(
        "run/1",
        summary_data(document, out),
        as_json=as_json,
        render=lambda: print_summary(document, out, language),
        warnings=[warning[language] for warning in document.meta.warnings],
        meta={"seconds": round(seconds, 3), "study_hash": document.meta.study_hash},
    )


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.")] = Path(),
    preset: Annotated[
        str | None, typer.Option(help="A policy package instead. 改为生成政策方案文件")
    ] = None,
    force: Annotated[bool, typer.Option(help="Replace files that exist.")] = False,
) -> None:
    """Write a study or scenario file and its schema to start from. 生成可修改的研究或方案文件。"""
    from gongfu.study.start import write_scenario, write_study

    written = (
        write_study(folder, force=force)
        if preset is None
        else write_scenario(folder, preset, force=force)
    )
    for path in written:
        print(path)


def _cores() -> int:
    """Return how many cores this process may use; beyond eight, drawing gains nothing."""
    usable = getattr(os, "sched_getaffinity", None)
    return min(len(usable(0)) if usable else os.cpu_count() or 1, 8)


def _command(study: Path | None, lang: ReportLanguage | None) -> str:
    words = ["gongfu", "run"]
    if study is not None:
        words.append(study.name)
    if lang is not None:
        words += ["--lang", lang.value]
    return " ".join(words)


_STEPS = {
    "read": "1/4 read and check the data 读取并检查数据",
    "measure": "2/4 measure 测度",
    "write": "3/4 write results 写出结果",
    "report": "4/4 draw and write the report 绘图并生成报告",
}


def _say_step(step: str) -> None:
    if sys.stderr.isatty():
        output.say(_STEPS.get(step, f"    {step}"))

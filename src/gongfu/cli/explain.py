"""``gongfu explain``: the questions of a study, or one question to a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongfu.cli import output
from gongfu.cli.run import ReportLanguage

if TYPE_CHECKING:
    from gongfu.study.explain import Asked

__all__ = ["explain"]


class TableFile(StrEnum):
    """Kinds of table files."""

    DOCX = "docx"
    XLSX = "xlsx"
    TEX = "tex"
    HTML = "html"
    MD = "md"


_COLUMN = "column, log(x), lag(x), growth(x), ratio(a, b)"


def explain(
    source: Annotated[
        Path | None,
        typer.Argument(
            help="Study file with [explain], or a data file; the embedded study by default. "
            "研究文件或数据文件"
        ),
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help=f"What is explained: {_COLUMN}. 被解释变量")
    ] = None,
    treatment: Annotated[str | None, typer.Option(help="By what. 核心解释变量")] = None,
    control: Annotated[list[str] | None, typer.Option(help="Held fixed; repeat. 控制变量")] = None,
    entity: Annotated[str, typer.Option(help="Column of the unit. 地区列")] = "unit",
    time: Annotated[str, typer.Option(help="Column of the year. 年份列")] = "year",
    region: Annotated[str | None, typer.Option(help="Column that groups units. 区域列")] = None,
    mediator: Annotated[list[str] | None, typer.Option(help="Channel; repeat. 中介变量")] = None,
    threshold: Annotated[str | None, typer.Option(help="Threshold variable. 门槛变量")] = None,
    instrument: Annotated[
        list[str] | None, typer.Option(help="Of the treatment; repeat. 工具变量")
    ] = None,
    policy: Annotated[
        str | None, typer.Option(help="Column of first treated years. 政策实施年份列")
    ] = None,
    policy_source: Annotated[
        str, typer.Option(help="Document that sets the dates. 政策日期依据")
    ] = "",
    weights: Annotated[
        Path | None, typer.Option(help="Square CSV of spatial weights. 空间权重文件")
    ] = None,
    step: Annotated[
        list[str] | None, typer.Option(help="Show these steps only; repeat. 只显示这些步骤")
    ] = None,
    tables: Annotated[
        Path | None, typer.Option(help="Folder for table files. 表格输出目录")
    ] = None,
    table_format: Annotated[
        list[TableFile] | None, typer.Option("--format", help="Of table files; repeat. 表格格式")
    ] = None,
    scripts: Annotated[
        Path | None, typer.Option(help="Folder for R and Stata scripts with their rows. 脚本目录")
    ] = None,
    calibrate: Annotated[
        list[str] | None,
        typer.Option(help="PARAMETER=QUESTION for the economy; repeat. 校准：参数=问题"),
    ] = None,
    calibration: Annotated[
        Path, typer.Option(help="File that --calibrate writes. 校准文件")
    ] = Path("calibration.toml"),
    stars: Annotated[
        bool, typer.Option("--stars/--no-stars", help="Mark p values. 显著性星号")
    ] = True,
    seed: Annotated[int, typer.Option(help="Of bootstraps on a data file. 随机种子")] = 1,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    force: Annotated[bool, typer.Option("--force", help="Replace table files. 覆盖")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask whether one thing goes with another: the whole chain, with audits. 实证检验链与审计。"""
    if _is_study(source):
        asked = _of_study(source)
    else:
        assert source is not None, "a study stands where no source is given"
        asked = [
            _of_file(
                source,
                outcome=outcome,
                treatment=treatment,
                controls=control or (),
                entity=entity,
                time=time,
                region=region,
                mediators=mediator or (),
                threshold=threshold,
                instruments=instrument or (),
                policy=policy,
                policy_source=policy_source,
                weights=weights,
                seed=seed,
            )
        ]
    written = _write(asked, tables, table_format, lang.value, stars=stars, force=force)
    written += _write_for_others(asked, scripts, calibrate or (), calibration, force=force)

    def render() -> None:
        from gongfu.cli.explain_view import print_answers

        print_answers(asked, lang.value, steps=step or (), stars=stars)
        for path in written:
            print(path)

    from gongfu.cli.explain_data import answers_data

    output.emit("explain/1", answers_data(asked), as_json=as_json, render=render)


def _is_study(source: Path | None) -> bool:
    return source is None or source.suffix == ".toml"


def _of_study(source: Path | None) -> list[Asked]:
    from gongfu.core import InputError, Problem
    from gongfu.study.explain import ask_questions
    from gongfu.study.study_file import load_study
    from gongfu.study.tables import load_tables

    settings, folder = load_study(source)
    if settings.explain is None:
        fix = "Add [explain] with a [[explain.question]]; `gongfu init` writes an example."
        raise InputError(Problem("the study asks no question", file=str(source), fix=fix))
    return ask_questions(
        settings.explain,
        load_tables(settings, folder),
        folder,
        seed=settings.seed,
        progress=_say,
    )


def _of_file(source: Path, **options: object) -> Asked:
    from gongfu.core import InputError, Problem
    from gongfu.study.explain_file import ask_file

    missing = [name for name in ("outcome", "treatment") if options[name] is None]
    if missing:
        raise InputError(
            Problem(f"a question to a file needs --{name}", fix=f"Add --{name} COLUMN.")
            for name in missing
        )
    return ask_file(source, **options, progress=_say)  # type: ignore[arg-type]


def _write(
    asked: list[Asked],
    folder: Path | None,
    formats: list[TableFile] | None,
    language: str,
    *,
    stars: bool,
    force: bool,
) -> list[Path]:
    if folder is None:
        return []
    from gongfu.report.regression.answers import FORMATS, answer_tables, write_tables
    from gongfu.study.findings.explain import explain_frames

    tables = answer_tables(explain_frames(asked), language, stars=stars)
    chosen = [one.value for one in formats] if formats else list(FORMATS)
    return write_tables(tables, folder, chosen, force=force)  # type: ignore[arg-type]


def _write_for_others(
    asked: list[Asked],
    scripts: Path | None,
    wanted: Sequence[str],
    calibration: Path,
    *,
    force: bool,
) -> list[Path]:
    from gongfu.data.calibration_files import write_calibration
    from gongfu.study.explain_files import calibration_of, write_scripts

    written = [] if scripts is None else write_scripts(asked, scripts, force=force)
    pairs = [_pair(one, asked) for one in wanted]
    found = tuple(calibration_of(asked, parameter, question) for parameter, question in pairs)
    return [*written, write_calibration(calibration, found, force=force)] if found else written


def _pair(wanted: str, asked: list[Asked]) -> tuple[str, str]:
    """Return parameter and question of ``PARAMETER=QUESTION``; one question needs no name."""
    parameter, _, question = wanted.partition("=")
    return parameter, question or (asked[0].name if len(asked) == 1 else "")


def _say(step: str) -> None:
    if sys.stderr.isatty():
        output.say(f"    {step}")

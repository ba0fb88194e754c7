"""``gongfu measure grow-divide``: the accounts of a study, on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongfu.cli import output
from gongfu.cli.accounts_view import accounts_data, print_accounts, print_gap, print_parts
from gongfu.cli.run import ReportLanguage

__all__ = ["grow_divide"]


def grow_divide(
    study: Annotated[
        Path | None,
        typer.Argument(help="Study file; the embedded China study by default. 研究文件"),
    ] = None,
    lang: Annotated[ReportLanguage, typer.Option(help="Language. 语言")] = ReportLanguage.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Split growth of prosperity into cake and division, each into its parts. 做大与分好账户。"""
    from gongfu.study.run import run_study
    from gongfu.study.study_file import load_study

    settings, folder = load_study(study)
    document = run_study(settings, folder, command="gongfu measure grow-divide", only_accounts=True)

    def render() -> None:
        print_accounts(document, lang.value)
        print_parts(document, lang.value)
        print_gap(document, lang.value)

    output.emit(
        "grow-divide/1",
        accounts_data(document),
        as_json=as_json,
        render=render,
        warnings=[warning[lang.value] for warning in document.meta.warnings],
        meta={"study_hash": document.meta.study_hash},
    )

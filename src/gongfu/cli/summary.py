"""What ``gongfu run`` says at the end: the accounts, and where everything was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongfu.cli.accounts_view import accounts_data, print_accounts
from gongfu.data.plain_text import plain
from gongfu.report.brief import brief
from gongfu.report.document import ResultDocument

__all__ = ["print_summary", "summary_data"]

_WRITTEN = {"zh": "已写出：", "en": "Written:"}


def summary_data(document: ResultDocument, out: Path) -> dict[str, Any]:
    """Return accounts, sentences of the other chapters and files, for ``--json``."""
    sentences = {language: list(brief(document, language)) for language in ("zh", "en")}
    return {
        **accounts_data(document),
        "brief": sentences,
        "files": [str(path) for path in _files(document, out)],
    }


def print_summary(document: ResultDocument, out: Path, language: str) -> None:
    """Print title, accounts, a sentence for each other chapter, and the files to open."""
    print(document.meta.title[language])
    print_accounts(document, language)
    for sentence in brief(document, language):
        print(f"• {plain(sentence, limit=500)}")
    print(_WRITTEN[language])
    for path in _files(document, out):
        print(f"  {path}")


def _files(document: ResultDocument, out: Path) -> list[Path]:
    reports = [out / f"report.{language}.html" for language in document.meta.languages]
    return [*reports, out / "result.json", out / "tables", out / "figures"]

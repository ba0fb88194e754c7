"""The tables of a study's questions: from frames, as the result document keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from gongfu.data.writing import write_bytes
from gongfu.report.catalogue import has_text, text
from gongfu.report.document import ResultDocument, ResultTable
from gongfu.report.regression.html import to_html
from gongfu.report.regression.latex import to_latex
from gongfu.report.regression.markdown import to_markdown
from gongfu.report.regression.table import RegressionTable, regression_table
from gongfu.report.regression.word import to_word
from gongfu.report.regression.workbook import to_workbook
from gongfu.report.why import located_rows

__all__ = ["FORMATS", "AnswerTable", "TableFormat", "answer_tables", "write_tables"]

TableFormat = Literal["docx", "xlsx", "tex", "html", "md"]
FORMATS: tuple[TableFormat, ...] = ("docx", "xlsx", "tex", "html", "md")


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The table of one step of one question."""

    question: str
    step: str
    table: RegressionTable


def answer_tables(
    document: ResultDocument | Mapping[str, pl.DataFrame], language: str, *, stars: bool = True
) -> list[AnswerTable]:
    """Return one table per question and step that has models, in reading order.

    Parameters
    ----------
    document : a result document, or its tables ``explain_questions``, ``explain_models``,
        ``explain_estimates`` and ``explain_numbers`` as frames. With a document, the tables say
        which of its numbers they show.
    """
    frames = _frames(document)
    return [*_tables(frames, language, stars)]


def _frames(document: ResultDocument | Mapping[str, pl.DataFrame]) -> Mapping[str, pl.DataFrame]:
    if isinstance(document, ResultDocument):
        tables = document.tables
        return {name: _located(one) for name, one in tables.items() if name in _LOCATED}
    return document


_LOCATED = ("explain_questions", "explain_models", "explain_estimates", "explain_numbers")


def _located(table: ResultTable) -> pl.DataFrame:
    paths = [row["row_path"] for row in located_rows(table, table.rows)]
    return table.rows.with_columns(pl.Series("row_path", paths, dtype=pl.String))


def _tables(
    frames: Mapping[str, pl.DataFrame], language: str, stars: bool
) -> Iterator[AnswerTable]:
    for question in frames["explain_questions"].iter_rows(named=True):
        own = {
            name: frames[f"explain_{name}"].filter(pl.col("question") == question["question"])
            for name in ("models", "estimates", "numbers")
            if f"explain_{name}" in frames
        }
        steps = own["models"]["step"] if "models" in own else ()
        for step in dict.fromkeys(steps):
            rows = {name: frame.filter(pl.col("step") == step) for name, frame in own.items()}
            yield AnswerTable(
                question["question"],
                step,
                regression_table(
                    rows["models"],
                    rows["estimates"],
                    rows.get("numbers", _NO_NUMBERS),
                    title=_title(question, step, language),
                    language=language,
                    first=(question["treatment"],),
                    stars=stars,
                ),
            )


_NO_NUMBERS = pl.DataFrame(schema={"model": pl.String, "number": pl.String, "value": pl.Float64})


def _title(question: Mapping[str, str], step: str, language: str) -> str:
    key = f"explain.step.{step}"
    name = text(key, language) if has_text(key, language) else step
    return text("explain.table_title", language, title=question[f"title_{language}"], step=name)


def write_tables(
    tables: Sequence[AnswerTable], folder: Path, formats: Sequence[TableFormat], *, force: bool
) -> list[Path]:
    """Write all tables into one file per format and return the paths.

    Raises
    ------
    InputError
        If the folder cannot be made or a file exists and ``force`` is not set.
    """
    folder.mkdir(parents=True, exist_ok=True)
    language = tables[0].table.language if tables else "en"
    return [
        write_bytes(folder / f"tables.{language}.{name}", _CONTENT[name](tables), force=force)
        for name in formats
    ]


def _html(tables: Sequence[AnswerTable]) -> bytes:
    body = "\n".join(str(to_html(one.table)) for one in tables)
    return f'<!doctype html><meta charset="utf-8">\n{body}\n'.encode()


_CONTENT: Mapping[TableFormat, Callable[[Sequence[AnswerTable]], bytes]] = {
    "docx": lambda tables: to_word([one.table for one in tables]),
    "xlsx": lambda tables: to_workbook([(f"{t.question} {t.step}", t.table) for t in tables]),
    "tex": lambda tables: "\n".join(to_latex(one.table) for one in tables).encode(),
    "html": _html,
    "md": lambda tables: "\n".join(to_markdown(one.table) for one in tables).encode(),
}

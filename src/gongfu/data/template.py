"""An empty table to fill in, in the form that is read back without a question."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import polars as pl
import xlsxwriter

from gongfu.core import InputError, Problem, Variable
from gongfu.data.dictionary import find_variable, translate_term
from gongfu.data.places import provinces
from gongfu.data.plain_text import plain
from gongfu.data.writing import write_bytes, write_csv
from gongfu.data.yearbook import load_china

__all__ = ["TEMPLATE_VARIABLES", "Content", "template_table", "write_template"]

Content = Literal["wide", "long", "rows"]
Language = Literal["zh", "en"]

TEMPLATE_VARIABLES = (
    "population",
    "urbanization_rate",
    "income_pc_all",
    "income_pc_urban",
    "income_pc_rural",
)

_KEYS = {
    "zh": {"unit": "省份", "year": "年份", "variable": "指标", "value": "数值"},
    "en": {"unit": "province", "year": "year", "variable": "variable", "value": "value"},
}
_ROWS = {
    "zh": ("收入", "权重", "省份", "城乡", "层", "初级抽样单元"),
    "en": ("income", "weight", "province", "area", "strata", "psu"),
}
_NOTE_HEADERS = {
    "zh": ("列", "名称", "单位", "含义", "示例", "来源"),
    "en": ("column", "name", "unit", "meaning", "example", "source"),
}
_ROW_MEANINGS = {
    "zh": (
        "可支配收入，不小于 0；不得缺失",
        "这一行代表的人数，大于 0；没有权重时删去此列",
        "所在省份；可删去",
        "城镇或农村；可删去",
        "抽样层；没有时删去",
        "初级抽样单元（如社区、村）；没有时删去",
    ),
    "en": (
        "disposable income, 0 or more; must not be missing",
        "people this row stands for, above 0; delete the column if there are no weights",
        "province of residence; may be deleted",
        "urban or rural; may be deleted",
        "stratum of the sample; delete it if there is none",
        "primary sampling unit, such as a village; delete it if there is none",
    ),
}
_SHEETS = {"zh": ("数据", "说明"), "en": ("data", "notes")}
_CREATED = datetime.datetime(2000, 1, 1)  # fixed, so that the same template has the same bytes
_EXAMPLE_PLACE = "11"


def template_table(
    content: Content = "wide",
    *,
    variables: Sequence[str] = TEMPLATE_VARIABLES,
    years: Sequence[int] = (),
    language: Language = "zh",
) -> pl.DataFrame:
    """Return the table to fill in: provinces and years are there, values are empty.

    Parameters
    ----------
    content : ``wide`` (one column a variable), ``long`` (one row a value), or ``rows`` of persons
        or households, which has a header only.
    variables : dictionary names.
    years : years to fill in; the last published one if empty.
    language : of the headers.
    """
    if content == "rows":
        return pl.DataFrame(schema=dict.fromkeys(_ROWS[language], pl.String))
    entries = [find_variable(name) for name in variables]
    key = _KEYS[language]
    places = pl.DataFrame({key["unit"]: [place.label(language) for place in provinces()]})
    keys = places.join(pl.DataFrame({key["year"]: list(years) or [_last_year()]}), how="cross")
    empty = pl.lit(None, dtype=pl.Float64)
    if content == "wide":
        return keys.with_columns(empty.alias(_header(entry, language)) for entry in entries)
    names = pl.DataFrame({key["variable"]: [_header(entry, language) for entry in entries]})
    return keys.join(names, how="cross").with_columns(empty.alias(key["value"]))


def write_template(
    path: str | Path,
    content: Content = "wide",
    *,
    variables: Sequence[str] = TEMPLATE_VARIABLES,
    years: Sequence[int] = (),
    language: Language = "zh",
    force: bool = False,
) -> Path:
    """Write the table to fill in as CSV, or as XLSX with a sheet of notes.

    The notes give each column its unit, its meaning and, as an example, a published figure of
    Beijing. Other arguments as for `template_table` and `gongfu.data.writing.write_bytes`.

    Raises
    ------
    InputError
        If the name ends with neither .csv nor .xlsx, a variable is unknown, or the file exists.
    """
    table = template_table(content, variables=variables, years=years, language=language)
    kind = Path(path).suffix.lower()
    if kind == ".csv":
        return write_csv(path, table, force=force)
    if kind != ".xlsx":
        raise InputError(
            Problem(
                "a template is a .csv or an .xlsx file",
                found=plain(kind) or "a name without an extension",
                file=plain(path),
                fix="Choose a name such as template.xlsx.",
            )
        )
    notes = _row_notes(language) if content == "rows" else _notes(variables, language)
    return write_bytes(path, _workbook(table, notes, language), force=force)


def _header(entry: Variable, language: Language) -> str:
    unit = translate_term(entry.unit, language)
    return f"{entry.zh}（{unit}）" if language == "zh" else f"{entry.name} ({unit})"


def _last_year() -> int:
    return max(load_china().years(TEMPLATE_VARIABLES[0]))


def _notes(variables: Sequence[str], language: Language) -> Iterable[tuple[str, ...]]:
    for name in variables:
        entry = find_variable(name)
        yield (
            _header(entry, language),
            name,
            translate_term(entry.unit, language),
            entry.define(language),
            _example(name, language),
            entry.source,
        )


def _example(name: str, language: Language) -> str:
    """Return a published figure of Beijing in words, or nothing where there is none."""
    china = load_china()
    if name not in china.names:
        return ""
    last = max(china.years(name))
    value = china.at(name, last).get(_EXAMPLE_PLACE)
    place = china.label(_EXAMPLE_PLACE, language)
    return "" if value is None else f"{place} {last}: {value:g}"


def _row_notes(language: Language) -> Iterable[tuple[str, ...]]:
    for header, meaning in zip(_ROWS[language], _ROW_MEANINGS[language], strict=True):
        yield (header, header, "", meaning, "", "")


def _workbook(table: pl.DataFrame, notes: Iterable[tuple[str, ...]], language: Language) -> bytes:
    buffer = io.BytesIO()
    # Text stays text: nothing that a name begins with may become a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": _CREATED})
        bold = book.add_format({"bold": True})
        data, remarks = (book.add_worksheet(name) for name in _SHEETS[language])
        _write_rows(data, table.columns, table.iter_rows(), bold)
        _write_rows(remarks, _NOTE_HEADERS[language], notes, bold)
    return buffer.getvalue()


def _write_rows(
    sheet: Any, header: Sequence[str], rows: Iterable[Sequence[object]], bold: object
) -> None:
    sheet.write_row(0, 0, header, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) - 1, 24)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)

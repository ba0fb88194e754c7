"""The chain behind a number on the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from gongfu.core.assumption import Assumption
from gongfu.data.plain_text import plain
from gongfu.report.document import ResultDocument, Words
from gongfu.report.why import Equation, LeverSet, Quantity, example_paths
from gongfu.report.words import evidence_text, price_text, uncertainty_text, unit_text
from gongfu.study.why import DataRow, Trace, VariableUsed
from gongfu.study.why_basis import term_words

__all__ = ["print_tables", "print_trace", "trace_data"]

SHOWN = 12
"""Parameters and paths printed; ``--json`` has all of them."""

_WORDS = {
    "zh": {
        "equation": "方程", "more": "详见", "inputs": "由这些数得到", "figures": "数据",
        "source": "来源", "note": "说明", "levers": "政策杠杆", "parameters": "参数（范围）",
        "command": "复现", "next": "可继续追问", "evidence": "证据", "uncertainty": "不确定性",
        "more_rows": "另有 {count} 个数", "more_paths": "另有 {count} 条，见 --json",
        "others": "路径还可指其他行，取第一行；写全路径可选其他", "from": "自", "rows": "行",
        "example": "示例路径", "data_note": "注",
    },
    "en": {
        "equation": "Equation", "more": "more in", "inputs": "Made of", "figures": "Figures",
        "source": "Source", "note": "Note", "levers": "Levers", "parameters": "Parameters (range)",
        "command": "Made again by", "next": "Ask next", "evidence": "evidence",
        "uncertainty": "uncertainty", "more_rows": "{count} more figures",
        "more_paths": "{count} more, see --json",
        "others": "The path fits other rows too; this is the first. A longer path names another",
        "from": "from", "rows": "rows", "example": "example path", "data_note": "note",
    },
}  # fmt: skip


def trace_data(found: Trace, command: str) -> dict[str, Any]:
    """Return a level of the chain as JSON values, with full precision."""
    return {**_plain_values(found), "command": command}


def print_tables(document: ResultDocument, result: str, language: str) -> None:
    """Print every table with its number of rows and a path to ask for."""
    words = _WORDS[language]
    for table, path in example_paths(document):
        print(f"{table.name}  ({table.rows.height} {words['rows']})")
        _line(path, indent=4)
    print(f"\ngongfu why {plain(result)} {words['example']}")


def print_trace(found: Trace, command: str, result: str, language: str) -> None:
    """Print one level of the chain; every block only where there is something to say."""
    words = _WORDS[language]
    if found.explanation is not None:
        why = found.explanation
        _print_number(why.number, language)
        if why.equation is not None:
            _print_equation(why.equation, language)
        _block(words["inputs"], (_input_line(one, language) for one in why.inputs))
    else:
        print(found.path)
    _block(words["levers"], (_lever_line(one, language) for one in found.levers))
    _block(words["figures"], _figure_lines(found, language))
    _block(words["parameters"], _parameter_lines(found, language))
    if found.explanation is not None:
        _block(words["source"], [found.explanation.source[language]])
        _block(words["note"], filter(None, [found.explanation.note[language]]))
    _block("", filter(None, [found.missing[language]]))
    _block(words["command"], [command])
    _block(words["next"], _next_lines(found, result, language))


def _print_number(number: Quantity, language: str) -> None:
    words = _WORDS[language]
    label = number.label[language]
    _line(f"{label}: {_value(number.value)} {_unit(number, language)}", indent=0)
    _line(number.path)
    facts = [
        number.years,
        price_text(number.price_base, language) if number.price_base else "",
        f"{words['evidence']}: {evidence_text(number.evidence, language)}",
        f"{words['uncertainty']}: {uncertainty_text(number.uncertainty, language)}",
        *(f"{name} {_value(value)}" for name, value in number.spread.items()),
    ]
    _line(" · ".join(filter(None, facts)))


def _print_equation(equation: Equation, language: str) -> None:
    words = _WORDS[language]
    tag = f" ({equation.tag})" if equation.tag else ""
    _block(
        f"{words['equation']}{tag}",
        [equation.formula, equation.words[language], f"{words['more']} {equation.page}"],
    )


def _input_line(one: Quantity, language: str) -> str:
    years = f", {one.years}" if one.years else ""
    label = f"{one.label[language]}{years}"
    return f"{_value(one.value)} {_unit(one, language)} · {label}\n{one.path}"


def _lever_line(one: LeverSet, language: str) -> str:
    values = ", ".join(f"{year}: {value:g}" for year, value in sorted(one.values.items()))
    lever = one.lever
    unit = lever.unit_zh if language == "zh" else lever.unit
    tags = ", ".join(lever.mechanism)
    return f"{lever.label(language)} ({lever.name}) {values} {unit} · {tags}\n{lever.source}"


def _figure_lines(found: Trace, language: str) -> Iterator[str]:
    for used in found.variables:
        yield _variable_line(used, language)
    for row in found.rows:
        yield _row_line(row, language)
    more = found.all_rows - len(found.rows)
    if more > 0:
        yield _WORDS[language]["more_rows"].format(count=more)


def _variable_line(used: VariableUsed, language: str) -> str:
    one, source = used.variable, used.source
    text = f"{one.name}: {one.label(language)} ({term_words(one.unit)[language]})"
    if definition := one.define(language):
        text += f". {definition}"
    if source is not None:
        text += f"\n{source.publisher(language)}, {source.title(language)}, {source.url}"
    return text


def _row_line(row: DataRow, language: str) -> str:
    name = f"{row.name[language]} {row.year}"
    note = f" · {_WORDS[language]['data_note']}: {row.note}" if row.note else ""
    evidence = evidence_text(row.evidence, language)
    return f"{row.variable}, {name}: {_value(row.value)} · {evidence}{note}"


def _parameter_lines(found: Trace, language: str) -> Iterator[str]:
    shown = found.parameters[:SHOWN]
    for one in shown:
        yield _parameter_line(one, language)
    more = len(found.parameters) - len(shown)
    if more > 0:
        yield _WORDS[language]["more_paths"].format(count=more)


def _parameter_line(one: Assumption, language: str) -> str:
    value = f"{one.value:g} ({one.low:g} - {one.high:g}) {unit_text(one.unit, language)}"
    evidence = evidence_text(one.evidence, language)
    return f"{one.label(language)} ({one.name}, {one.equation}): {value} · {evidence}\n{one.source}"


def _next_lines(found: Trace, result: str, language: str) -> Iterator[str]:
    why = found.explanation
    if why is not None and why.others:
        yield _WORDS[language]["others"]
    for path in found.next[:SHOWN]:
        yield f'gongfu why {result} "{path}"'
    more = len(found.next) - SHOWN
    if more > 0:
        yield _WORDS[language]["more_paths"].format(count=more)


def _block(title: str, lines: Any) -> None:
    lines = [*lines]
    if not lines:
        return
    print(f"\n{title}" if title else "")
    for line in lines:
        first, *rest = str(line).split("\n")
        _line(first)
        for more in rest:
            _line(more, indent=4)


def _line(text: str, indent: int = 2) -> None:
    """Print a line folded at the width of the terminal; text from anywhere commands nothing."""
    from rich.console import Console
    from rich.text import Text

    console = Console(markup=False, highlight=False)
    width = max(console.width - indent, 30)
    for part in Text(plain(text, limit=4_000)).wrap(console, width):
        print(" " * indent + part.plain.rstrip())


def _unit(number: Quantity, language: str) -> str:
    return plain(unit_text(number.unit, language)) if number.unit else ""


def _value(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,.6g}" if isinstance(value, float) else plain(str(value))


def _plain_values(value: Any) -> Any:
    if isinstance(value, Words):
        return {"zh": value.zh, "en": value.en}
    if is_dataclass(value):
        return {one.name: _plain_values(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain_values(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain_values(one) for one in value]
    return value.value if isinstance(value, Enum) else value

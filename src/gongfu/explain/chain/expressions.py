"""Columns of a study written as short formulas: ``log(income)``, ``growth(gdp)``, ``ratio(a, b)``.

A formula is parsed by hand: a name, or a function of formulas. Nothing else is ever executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name

__all__ = ["FUNCTIONS", "Formula", "Rows", "parse_formula"]

_TOKEN = re.compile(r"\s*([A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff:-]*|\(|\)|,)")
_DEEPEST = 8
_LONGEST = 200


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of a panel with the place of each row's unit one time earlier.

    Parameters
    ----------
    columns : numbers by name; not-a-number where there is none.
    before : row of the same unit one time earlier; -1 where there is none.
    """

    columns: Mapping[str, Float[np.ndarray, " row"]]
    before: Int[np.ndarray, " row"]

    @classmethod
    def of(
        cls,
        columns: Mapping[str, Float[np.ndarray, " row"]],
        entity: Int[np.ndarray, " row"],
        time: Int[np.ndarray, " row"],
    ) -> Rows:
        """Return rows of coded entities and whole-number times; one earlier is ``time - 1``."""
        place = {
            cell: row for row, cell in enumerate(zip(entity.tolist(), time.tolist(), strict=True))
        }
        before = [
            place.get((e, t - 1), -1) for e, t in zip(entity.tolist(), time.tolist(), strict=True)
        ]
        return cls(columns, np.array(before, dtype=np.int64))

    def lagged(self, values: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
        """Return each row's value one time earlier."""
        return np.where(self.before >= 0, values[self.before], np.nan)


@dataclass(frozen=True, slots=True)
class Formula:
    """A name, or a function of formulas.

    Parameters
    ----------
    text : as written, without spaces.
    head : name of a column or function.
    parts : what the function is taken of; none for a column.
    """

    text: str
    head: str
    parts: tuple[Formula, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Columns it needs, each once, in order."""
        if not self.parts:
            return (self.head,)
        return tuple(dict.fromkeys(name for part in self.parts for name in part.names))

    def values(self, rows: Rows) -> Float[np.ndarray, " row"]:
        """Return the column; a row for which a part is missing is not-a-number.

        Raises
        ------
        InputError
            If a column is missing, or a logarithm or ratio is not defined; rows are counted.
        """
        if not self.parts:
            return _column(self.head, rows)
        arguments = [part.values(rows) for part in self.parts]
        return FUNCTIONS[self.head].of(rows, self.text, *arguments)


@dataclass(frozen=True, slots=True)
class Function:
    """What a formula may call: number of arguments, and the words for help."""

    of: Callable[..., Float[np.ndarray, " row"]]
    arguments: int
    en: str
    zh: str


def parse_formula(text: str) -> Formula:
    """Return the formula.

    Raises
    ------
    InputError
        If it is not a name or a known function of formulas.
    """
    if len(text) > _LONGEST:
        raise _wrong(text[:40] + " ...", f"a formula has at most {_LONGEST} characters")
    tokens = [*_tokens(text)]
    found, rest = _formula(text, tokens, 0)
    if rest:
        raise _wrong(text, f"{rest[0]!r} comes after the end")
    return found


def _tokens(text: str) -> Iterator[str]:
    place, text = 0, text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _wrong(text, f"{text[place:].lstrip()[0]!r} has no meaning here")
        yield match[1]
        place = match.end()


def _formula(text: str, tokens: list[str], depth: int) -> tuple[Formula, list[str]]:
    if depth > _DEEPEST:
        raise _wrong(text, "it is nested too deeply")
    if not tokens or tokens[0] in "(),":
        raise _wrong(text, "a name is missing")
    head, rest = tokens[0], tokens[1:]
    if not rest or rest[0] != "(":
        return Formula(head, head), rest
    parts: list[Formula] = []
    while rest[0] != ")":
        part, rest = _formula(text, rest[1:], depth + 1)
        parts.append(part)
        if not rest or rest[0] not in ",)":
            raise _wrong(text, "a bracket is not closed")
    _require_function(text, head, len(parts))
    inside = ", ".join(part.text for part in parts)
    return Formula(f"{head}({inside})", head, tuple(parts)), rest[1:]


def _require_function(text: str, head: str, arguments: int) -> None:
    if head not in FUNCTIONS:
        known = f"Known: {', '.join(FUNCTIONS)}."
        raise _wrong(text, f"no function {head!r}. {nearest_name(head, list(FUNCTIONS))} {known}")
    wanted = FUNCTIONS[head].arguments
    if arguments != wanted:
        raise _wrong(text, f"{head} takes {wanted}, not {arguments}")


def _wrong(text: str, why: str) -> InputError:
    return InputError(
        Problem(
            f"cannot read the formula {text!r}: {why}",
            expected="a column, or a function of columns such as log(income) or ratio(a, b)",
            fix=f"Functions: {', '.join(FUNCTIONS)}.",
        )
    )


def _column(name: str, rows: Rows) -> Float[np.ndarray, " row"]:
    if name not in rows.columns:
        known = list(rows.columns)
        fix = nearest_name(name, known) or f"There are {', '.join(known[:8])} ..."
        raise InputError(Problem(f"no column {name!r}", fix=fix))
    return rows.columns[name]


def _log(_: Rows, text: str, values: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
    _require(values > 0, values, text, "a logarithm needs numbers above zero")
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.log(values))


def _ratio(
    _: Rows, text: str, above: Float[np.ndarray, " row"], below: Float[np.ndarray, " row"]
) -> Float[np.ndarray, " row"]:
    _require(below != 0, below, text, "a ratio needs a denominator other than zero")
    return np.asarray(above / below)


def _standard(_: Rows, text: str, values: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
    spread = float(np.nanstd(values))
    if not spread > 0:
        raise InputError(Problem(f"{text}: the column does not vary", fix="Leave it out."))
    return np.asarray((values - np.nanmean(values)) / spread)


def _require(
    is_good: Bool[np.ndarray, " row"], values: Float[np.ndarray, " row"], text: str, why: str
) -> None:
    bad = np.flatnonzero(~is_good & np.isfinite(values))
    if len(bad):
        raise InputError(
            Problem(
                f"{text}: {why}",
                found=f"{len(bad)} rows, the first is row {bad[0] + 1} ({values[bad[0]]:g})",
                fix="Leave those rows out, or use the column as it is.",
            )
        )


def _growth(rows: Rows, text: str, values: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
    logs = _log(rows, text, values)
    return np.asarray(logs - rows.lagged(logs))


FUNCTIONS: Mapping[str, Function] = {
    "log": Function(_log, 1, "natural logarithm", "自然对数"),
    "lag": Function(lambda rows, _, x: rows.lagged(x), 1, "value one time earlier", "滞后一期"),
    "change": Function(
        lambda rows, _, x: x - rows.lagged(x), 1, "difference from one time earlier", "一阶差分"
    ),
    "growth": Function(_growth, 1, "change of the logarithm", "对数增长率"),
    "ratio": Function(_ratio, 2, "first over second", "两列之比"),
    "product": Function(lambda _rows, _text, x, z: x * z, 2, "first times second", "两列之积"),
    "square": Function(lambda _rows, _text, x: x * x, 1, "square", "平方"),
    "standard": Function(_standard, 1, "less its mean, over its standard deviation", "标准化"),
}
"""What formulas may call."""

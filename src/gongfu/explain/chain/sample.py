"""The rows on which a question is asked: columns from formulas, gaps left out, problems named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Bool, Float, Shaped

from gongfu.core import Evidence, InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.explain.chain.expressions import Formula, Rows, parse_formula
from gongfu.explain.chain.question import Question
from gongfu.explain.panel_data import PanelData

__all__ = ["Sample", "sample_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """The rows every column of the study shares, and the further columns of single steps.

    Parameters
    ----------
    columns : by formula, on the rows of the sample; further columns may hold not-a-number.
    entity, time : labels of each row.
    region : of each row, where the question names a column.
    policy : time from which a row's unit is treated; infinite for never; None without a policy.
    dropped : rows left out because a core column had no number, by formula.
    evidence : of the figures: simulated as soon as one of them is.
    """

    question: Question
    columns: Mapping[str, Float[np.ndarray, " row"]]
    entity: Shaped[np.ndarray, " row"]
    time: Shaped[np.ndarray, " row"]
    region: Shaped[np.ndarray, " row"] | None
    policy: Float[np.ndarray, " row"] | None
    dropped: Mapping[str, int]
    evidence: Evidence

    @property
    def tag(self) -> Evidence:
        """What an estimate from these rows is, unless a declared design makes it more."""
        is_simulated = self.evidence is Evidence.SIMULATED
        return Evidence.SIMULATED if is_simulated else Evidence.ASSOCIATIONAL

    @property
    def core(self) -> tuple[str, ...]:
        """Treatment and controls, in the order of every model."""
        return (self.question.treatment, *self.question.controls)

    def panel(
        self,
        regressors: tuple[str, ...],
        outcome: str | None = None,
        keep: Bool[np.ndarray, " row"] | None = None,
    ) -> PanelData:
        """Return the rows with numbers for these columns as a panel.

        Parameters
        ----------
        keep : rows wanted; all by default.
        """
        name = outcome or self.question.outcome
        columns = np.column_stack([self.columns[n] for n in (name, *regressors)])
        used = np.isfinite(columns).all(axis=1)
        used = used if keep is None else used & keep
        if not used.any():
            raise InputError(Problem(f"no row holds numbers for {name}, {', '.join(regressors)}"))
        return PanelData.from_arrays(
            columns[used, 0],
            columns[used, 1:],
            entity=self.entity[used],
            time=self.time[used],
            names=regressors,
            dependent_name=name,
        )

    def balanced_panel(self) -> PanelData:
        """Return the main model's rows of the times at which every unit has one.

        Raises
        ------
        InputError
            If there are fewer than two such times.
        """
        panel = self.panel(self.core)
        units = np.bincount(panel.time, minlength=len(panel.times))
        full = panel.times[units == len(panel.entities)]
        if len(full) < 2:
            raise InputError(
                Problem(
                    "there are fewer than two times at which every unit has its figures",
                    fix="Leave out units or controls with gaps.",
                )
            )
        return self.panel(self.core, keep=np.isin(self.time, full))


def sample_of(question: Question, frame: pl.DataFrame) -> Sample:
    """Return the rows of a panel on which a question can be asked.

    Parameters
    ----------
    frame : one row per unit and time.

    Raises
    ------
    InputError
        With every problem at once: unknown columns, formulas that cannot be read, rows that
        repeat, no row left.
    """
    problems = [*_column_problems(question, frame)]
    formulas = {text: None for texts in question.roles.values() for text in texts}
    parsed = {}
    for text in formulas:
        try:
            parsed[text] = parse_formula(text)
        except InputError as error:
            problems.extend(error.problems)
    needed = {name for formula in parsed.values() for name in formula.names}
    for name in sorted(needed - set(frame.columns)):
        problems.append(Problem(f"no column {name!r}", fix=nearest_name(name, frame.columns)))
    if problems:
        raise InputError(problems)
    return _sample(question, frame, parsed, sorted(needed))


def _column_problems(question: Question, frame: pl.DataFrame) -> list[Problem]:
    wanted = {"entity": question.entity, "time": question.time, "region": question.region,
              "policy": question.policy}  # fmt: skip
    problems = [
        Problem(f"{role}: no column {name!r}", fix=nearest_name(name, frame.columns))
        for role, name in wanted.items()
        if name is not None and name not in frame.columns
    ]
    if not problems and not frame.schema[question.time].is_integer():
        problems.append(
            Problem(
                f"the column {question.time!r} does not hold whole numbers",
                expected="years, or periods counted 1, 2, 3",
                found=str(frame.schema[question.time]),
            )
        )
    return problems


def _sample(
    question: Question, frame: pl.DataFrame, parsed: Mapping[str, Formula], needed: Sequence[str]
) -> Sample:
    labels, entity = np.unique(frame[question.entity].to_numpy(), return_inverse=True)
    time = frame[question.time].to_numpy().astype(np.int64)
    _refuse_repeats(labels[entity], time)
    raw = _numbers(frame, needed)
    rows = Rows.of(raw, entity, time)
    problems: list[Problem] = []
    columns: dict[str, np.ndarray] = {}
    for text, formula in parsed.items():
        try:
            columns[text] = formula.values(rows)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    core = (question.outcome, question.treatment, *question.controls)
    used = np.isfinite(np.column_stack([columns[name] for name in core])).all(axis=1)
    if question.years is not None:
        is_inside = (time >= question.years[0]) & (time <= question.years[1])
        used &= is_inside
    else:
        is_inside = np.ones(len(time), dtype=bool)
    dropped = {name: int((~np.isfinite(columns[name]) & is_inside).sum()) for name in core}
    if not used.any():
        raise InputError(_nothing_left(dropped, len(used)))
    _refuse_few(labels[entity][used], time[used])
    return Sample(
        question=question,
        columns={name: values[used] for name, values in columns.items()},
        entity=labels[entity][used],
        time=time[used],
        region=frame[question.region].to_numpy()[used] if question.region else None,
        policy=_policy(frame[question.policy])[used] if question.policy else None,
        dropped={name: count for name, count in dropped.items() if count},
        evidence=_evidence(frame),
    )


def _refuse_few(entity: Shaped[np.ndarray, " row"], time: Shaped[np.ndarray, " row"]) -> None:
    found = {"unit": len(np.unique(entity)), "time": len(np.unique(time))}
    few = [
        Problem(
            f"there is a single {name} with numbers in every column",
            expected=f"two {name}s at least: errors are clustered by unit, effects are of both",
        )
        for name, count in found.items()
        if count < 2
    ]
    if few:
        raise InputError(few)


def _numbers(frame: pl.DataFrame, names: Sequence[str]) -> dict[str, Float[np.ndarray, " row"]]:
    """Return columns as numbers; a cell that is none is a problem, an empty one a gap."""
    problems: list[Problem] = []
    found = {}
    for name in names:
        numbers = frame[name].cast(pl.Float64, strict=False)
        bad = frame[name].is_not_null() & numbers.is_null()
        if bad.any():
            row = bad.arg_true()[0]
            problems.append(
                Problem(
                    f"{bad.sum()} cells of {name!r} are no numbers",
                    column=name,
                    found=f"{frame[name][row]!r} in row {row + 1}",
                    fix="Mend or empty those cells.",
                )
            )
        found[name] = numbers.fill_null(np.nan).to_numpy()
    if problems:
        raise InputError(problems)
    return found


def _policy(column: pl.Series) -> Float[np.ndarray, " row"]:
    start = column.cast(pl.Float64).fill_null(np.inf).fill_nan(np.inf).to_numpy()
    return np.where(start == 0, np.inf, start)


def _evidence(frame: pl.DataFrame) -> Evidence:
    if "evidence" not in frame.columns:
        return Evidence.OBSERVED
    tags = set(frame["evidence"].cast(pl.String).unique().drop_nulls())
    return Evidence.SIMULATED if Evidence.SIMULATED.value in tags else Evidence.OBSERVED


def _refuse_repeats(entity: Shaped[np.ndarray, " row"], time: Shaped[np.ndarray, " row"]) -> None:
    PanelData.from_arrays(np.zeros(len(time)), np.empty((len(time), 0)), entity=entity, time=time)


def _nothing_left(dropped: Mapping[str, int], rows: int) -> Problem:
    listed = "; ".join(f"{name}: {count} of {rows}" for name, count in dropped.items())
    return Problem(
        "no row holds numbers for outcome, treatment and every control",
        found=f"rows without a number: {listed}",
        fix="Leave out the control with the most gaps, or choose other years.",
    )

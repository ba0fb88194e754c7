"""Two samples to compare: two labels of a column (years, groups), or two files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongfu.cli.survey_source import Sampling, read_survey_file

if TYPE_CHECKING:
    from gongfu.core import Evidence, Problem
    from gongfu.measure.survey import Wave
    from gongfu.report.charts.measures.origin import Origin

__all__ = ["TwoWaves", "read_two_waves"]


@dataclass(frozen=True, slots=True, eq=False)
class TwoWaves:
    """Two samples with their names."""

    first: Wave
    second: Wave
    names: tuple[str, str]
    file: str
    evidence: Evidence
    notes: list[str]

    def origin(self, design: str) -> Origin:
        """Return what a figure says of these data."""
        from gongfu.core import Uncertainty
        from gongfu.report.charts.measures.origin import Origin

        return Origin(
            file=self.file, evidence=self.evidence, uncertainty=Uncertainty.SAMPLING, design=design
        )


def read_two_waves(
    file: Path,
    income: str | None,
    sampling: Sampling,
    *,
    column: str | None,
    first: Any,
    second: Any,
    against: Path | None,
    option: str,
    same_units: bool = False,
) -> TwoWaves:
    """Return two samples from two labels of a column, or from two files.

    Parameters
    ----------
    option : name of the option that names the column, for messages.
    same_units : true where the caller counts a PSU label as one unit in both samples; otherwise
        labels that stand in both are pointed out.

    Raises
    ------
    InputError
        If the way to split is not told, a label has no rows, or a file is faulty.
    """
    from gongfu.core import InputError

    problems = [*_problems(income, column, first, second, against, option)]
    if problems or income is None:
        raise InputError(problems)
    if against is not None:
        one, two = (read_survey_file(path, [income], sampling) for path in (file, against))
        names = (str(first or one.name), str(second or two.name))
        waves = [_whole(found.survey, income) for found in (one, two)]
        _refuse_mixture(one.survey.evidence, two.survey.evidence)
        notes = [*one.notes, *two.notes, *_shared(*waves, same_units=same_units)]
        return TwoWaves(
            waves[0], waves[1], names, f"{one.name}, {two.name}", one.survey.evidence, notes
        )
    assert column is not None
    found = read_survey_file(file, [income], sampling, labels=[column])
    waves = [found.survey.wave(income, column, label) for label in (first, second)]
    return TwoWaves(
        waves[0],
        waves[1],
        (str(first), str(second)),
        found.name,
        found.survey.evidence,
        [*found.notes, *_shared(*waves, same_units=same_units)],
    )


def _shared(one: Wave, two: Wave, *, same_units: bool) -> Iterator[str]:
    """Yield a note where sampling units seem to be in both samples but are not said to be."""
    import numpy as np

    if same_units or one.design.psu is None or two.design.psu is None:
        return
    shared = len(np.intersect1d(one.design.psu.astype(str), two.design.psu.astype(str)))
    if shared:
        yield (
            f"{shared} labels of sampling units stand in both samples; without --panel they count "
            "as different units, and what they share is left out of the error. "
            f"{shared} 个抽样单元标签两期都有；未加 --panel 时按不同单元处理。"
        )


def _whole(survey: Any, income: str) -> Wave:
    from gongfu.measure.survey import Wave

    return Wave(survey.values[income], survey.design)


def _problems(
    income: str | None, column: str | None, first: Any, second: Any, against: Path | None,
    option: str,
) -> Iterator[Problem]:  # fmt: skip
    from gongfu.core import Problem

    if income is None:
        yield Problem("there is no column of incomes", fix="Name it with --income.")
    if (column is None) == (against is None):
        yield Problem(
            "two samples are needed",
            fix=f"Name a column with --{option} and its two values, or a second file with "
            "--against.",
        )
    elif column is not None and (first is None or second is None):
        names = "--start and --end" if option == "year" else "--first and --second"
        yield Problem(f"two values of {column} are needed", fix=f"Name them with {names}.")


def _refuse_mixture(one: Evidence, two: Evidence) -> None:
    from gongfu.core import Evidence, InputError, Problem

    if one is not two and Evidence.SIMULATED in (one, two):
        raise InputError(
            Problem(
                "simulated rows stand beside others",
                fix="Compare simulated with simulated, or observed with observed.",
            )
        )

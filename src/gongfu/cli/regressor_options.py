"""Options that name regressors, and the matrix they make."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gongfu.cli.survey_source import Sampling, SurveyFile, read_survey_file

if TYPE_CHECKING:
    from gongfu.measure.regression import DesignMatrix

__all__ = ["FactorOption", "RegressorOption", "read_regressors"]

RegressorOption = Annotated[
    list[str] | None, typer.Option(help="Regressor that is a number; repeat. 数值解释变量。")
]
FactorOption = Annotated[
    list[str] | None, typer.Option(help="Regressor that is a label; repeat. 分类解释变量。")
]


def read_regressors(
    file: Path,
    income: str,
    sampling: Sampling,
    numbers: Sequence[str],
    factors: Sequence[str],
    *,
    labels: Sequence[str] = (),
    population: bool = False,
) -> tuple[SurveyFile, DesignMatrix]:  # fmt: skip
    """Return the rows of a file and the matrix of their regressors.

    Parameters
    ----------
    labels : further columns of groups that are no regressors.

    Raises
    ------
    InputError
        If a column is faulty, or the regressors do not vary or depend on each other.
    """
    from gongfu.measure.regression import design_matrix

    read = read_survey_file(
        file, [income, *numbers], sampling, labels=[*factors, *labels], population=population
    )
    survey = read.survey
    matrix = design_matrix(
        {name: survey.values[name] for name in numbers},
        {name: survey.labels[name] for name in factors},
    )
    return read, matrix

"""A survey's file as the measures read it, faults named by the lines of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gongfu.cli.survey_options import measure_file

if TYPE_CHECKING:
    from gongfu.measure.design import Lonely
    from gongfu.measure.survey import Survey
    from gongfu.report.charts.measures.origin import Origin

__all__ = ["Sampling", "SurveyFile", "read_survey_file"]


@dataclass(frozen=True, slots=True)
class Sampling:
    """Columns of the sampling design."""

    weight: str | None = None
    strata: str | None = None
    psu: str | None = None
    lonely: Lonely = "error"


@dataclass(frozen=True, slots=True, eq=False)
class SurveyFile:
    """A survey with the name of its file and what was noticed on reading."""

    name: str
    survey: Survey
    notes: list[str]

    @property
    def origin(self) -> Origin:
        """What a figure says of these data."""
        from gongfu.report.charts.measures.origin import Origin

        return Origin(
            file=self.name,
            evidence=self.survey.evidence,
            uncertainty=self.survey.uncertainty,
            design=self.survey.words,
        )


def read_survey_file(
    file: Path,
    values: Sequence[str],
    sampling: Sampling,
    *,
    labels: Sequence[str] = (),
    population: bool = False,
) -> SurveyFile:
    """Return columns of a file, checked.

    Raises
    ------
    InputError
        With every faulty column and cell, by file and line.
    """
    from gongfu.data.plain_text import plain
    from gongfu.measure.survey import read_survey

    survey, notes = measure_file(
        file,
        [*values, sampling.weight],
        lambda frame: read_survey(
            frame,
            values,
            labels=labels,
            weight=sampling.weight,
            strata=sampling.strata,
            psu=sampling.psu,
            lonely=sampling.lonely,
            population=population,
        ),
    )
    return SurveyFile(plain(file.name), survey, [*notes, *survey.notes])

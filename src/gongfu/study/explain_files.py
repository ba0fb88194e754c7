"""What answers leave behind for others: scripts for R and Stata, a calibration for the economy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gongfu.core import InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.data.assumption_files import find_assumption
from gongfu.data.calibration_files import Calibration
from gongfu.data.writing import write_csv, write_text
from gongfu.explain.chain.baseline import MAIN
from gongfu.explain.chain.scripts import panel_frame, weights_frame
from gongfu.study.explain import Asked

__all__ = ["calibration_of", "write_scripts"]


def write_scripts(asked: Sequence[Asked], folder: Path, *, force: bool = False) -> list[Path]:
    """Write each question's rows, weights, R script and Stata do-file into a folder of its own.

    Raises
    ------
    InputError
        If a file exists without ``force`` or cannot be written.
    """
    written: list[Path] = []
    for one in asked:
        place = folder / one.name
        place.mkdir(parents=True, exist_ok=True)
        sample = one.study.sample
        written.append(write_csv(place / "panel.csv", panel_frame(sample), force=force))
        for name in sample.question.weights:
            path = place / f"weights_{name}.csv"
            written.append(write_csv(path, weights_frame(sample, name), force=force))
        written.append(write_text(place / "study.R", one.study.r_script(), force=force))
        written.append(write_text(place / "study.do", one.study.do_file(), force=force))
    return written


def calibration_of(asked: Sequence[Asked], parameter: str, question: str) -> Calibration:
    """Return the main estimate of a question as the value of a parameter of the economy.

    Parameters
    ----------
    parameter : assumption it is to replace; the estimate must be in that assumption's unit.

    Raises
    ------
    InputError
        If parameter or question are unknown, or the question has no main estimate.
    """
    assumption = find_assumption(parameter)
    names = [one.name for one in asked]
    if question not in names:
        fix = nearest_name(question, names) or f"There are {', '.join(names)}."
        raise InputError(Problem(f"no question is called {question!r}", fix=fix))
    found = asked[names.index(question)]
    step = found.study.step("baseline")
    if step.needs is not None:
        raise InputError(f"question {question!r} has no main estimate: {step.needs.en}")
    result, sample = step.model(MAIN).result, found.study.sample
    treatment = sample.question.treatment
    return Calibration(
        name=parameter,
        value=result.coefficient(treatment),
        error=result.standard_error(treatment),
        unit=assumption.unit,
        evidence=result.evidence,
        source=f"gongfu explain, question {question}: {sample.question.outcome} on {treatment}, "
        f"{result.estimator}, {result.n} rows, {sample.time.min()}-{sample.time.max()}, "
        f"{result.convention.errors}",
    )

"""One question to a user's own file of units by years, without a study file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from gongfu.core import InputError
from gongfu.data.readers import read_table
from gongfu.explain.chain import Question, Study
from gongfu.explain.chain.labels import formula_label
from gongfu.explain.chain.sample import sample_of
from gongfu.study.declared import Title
from gongfu.study.explain import Asked
from gongfu.study.weights import read_weights

__all__ = ["ask_file"]


def ask_file(
    path: Path,
    *,
    outcome: str,
    treatment: str,
    controls: Sequence[str] = (),
    entity: str,
    time: str,
    region: str | None = None,
    mediators: Sequence[str] = (),
    threshold: str | None = None,
    instruments: Sequence[str] = (),
    policy: str | None = None,
    policy_source: str = "",
    weights: Path | None = None,
    replications: int = 499,
    seed: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Asked:
    """Return the answer to a question about the columns of a file.

    Parameters
    ----------
    path : CSV, XLSX, Parquet, Stata or SPSS file with one row per unit and time.
    outcome, treatment, controls, mediators, threshold, instruments : columns or formulas of them.
    policy : column with the time from which a unit is treated, empty for never.
    policy_source : document that sets the dates; without it estimates are associational.
    weights : square CSV of spatial weights named by unit.

    Raises
    ------
    InputError
        If the file or the question is wrong; all problems at once, with the file's name.
    """
    frame = read_table(path)
    question = Question(
        outcome=outcome,
        treatment=treatment,
        controls=tuple(controls),
        entity=entity,
        time=time,
        region=region,
        mediators=tuple(mediators),
        threshold=threshold,
        instruments=tuple(instruments),
        policy=policy,
        policy_source=policy_source,
        replications=replications,
        seed=seed,
    )
    try:
        sample = sample_of(question, _with_text_units(frame, entity))
    except InputError as error:
        raise InputError(replace(p, file=p.file or str(path)) for p in error.problems) from error
    labels = {text: formula_label(text, _plain) for text in sample.columns}
    question = replace(question, labels=labels)
    if weights is not None:
        codes = sorted(set(sample.entity.tolist()))
        spatial = {weights.stem: read_weights(weights, codes)}
        question = replace(question, weights=spatial, order=tuple(codes))
    study = Study(replace(sample, question=question)).run(progress)
    return Asked(path.stem, Title(zh=path.stem[:200], en=path.stem[:200]), study)


def _with_text_units(frame: pl.DataFrame, entity: str) -> pl.DataFrame:
    return frame.with_columns(pl.col(entity).cast(pl.String)) if entity in frame.columns else frame


def _plain(name: str) -> tuple[str, str]:
    return name, name

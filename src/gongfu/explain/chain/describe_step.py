"""Step *describe*: what varies between units, between years, and within both."""

from __future__ import annotations

import polars as pl

from gongfu.core import InputError
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Step, not_possible
from gongfu.explain.describe_correlation import correlations
from gongfu.explain.describe_variance import describe_columns, variance_split
from gongfu.measure.index.finding import Say

__all__ = ["describe"]


def describe(sample: Sample) -> Step:
    """Return the split of outcome and treatment by unit and year, and correlations within both."""
    question = sample.question
    try:
        panel = sample.panel(sample.core)
        splits = {
            question.outcome: variance_split(panel.dependent, panel),
            question.treatment: variance_split(panel.regressors[:, 0], panel),
        }
        within = correlations(panel, effects="two-way")
    except InputError as error:
        return not_possible("describe", error)
    says = []
    for name, split in splits.items():
        zh, en = (question.label(name, language) for language in ("zh", "en"))
        says.append(
            Say(
                f"{zh}的差异中，地区之间占{split.unit:.0%}，年份之间占{split.year:.0%}，"
                f"两者之外占{split.rest:.0%}；双向效应模型只用最后一部分。",
                f"Of the variance of {en}, {split.unit:.0%} lies between units, {split.year:.0%} "
                f"between years, {split.rest:.0%} in neither; two-way models use that last part.",
            )
        )
    return Step(
        "describe",
        says=tuple(says),
        curves={"columns": describe_columns(panel), "correlations": _long(within)},
    )


def _long(matrix: pl.DataFrame) -> pl.DataFrame:
    return matrix.unpivot(index="name", variable_name="other", value_name="correlation")

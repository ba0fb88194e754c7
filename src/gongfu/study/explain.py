"""The questions of a study, asked: columns put together, weights chosen, the chain run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core import InputError, Panel, Problem
from gongfu.core.errors import nearest_name
from gongfu.core.index_tree import IndexTree
from gongfu.data.index_trees import index_tree
from gongfu.data.index_values import indicator_panel
from gongfu.explain.chain import Question, Sample, Study
from gongfu.explain.chain.labels import formula_label
from gongfu.explain.chain.sample import sample_of
from gongfu.measure.index.build import BuiltIndex, build_index
from gongfu.measure.space import SpatialWeights
from gongfu.study.declared import Title
from gongfu.study.explain_settings import ExplainSettings, QuestionSettings
from gongfu.study.tables import StudyTables, UnitTable
from gongfu.study.weights import WEIGHTS, province_weights, read_weights

__all__ = ["Asked", "ask_questions", "prepare_questions"]

INDEX = "index:"
"""Start of the name of a column that is a composite index."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question with its answer so far.

    Parameters
    ----------
    name, title : of the question.
    is_embedded : whether it was asked of the figures that ship with gongfu.
    """

    name: str
    title: Title
    study: Study
    is_embedded: bool = False


def ask_questions(
    settings: ExplainSettings,
    tables: StudyTables,
    folder: Path,
    *,
    seed: int,
    built: Sequence[BuiltIndex] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> list[Asked]:
    """Return every question of a study with all its steps taken.

    Parameters
    ----------
    built : indices the study has built already; others are built from their ready trees.

    Raises
    ------
    InputError
        If the table, a column, an index, a grouping or a weights file is unknown or wrong; all
        problems of all questions at once.
    """
    prepared = prepare_questions(settings, tables, folder, seed=seed, built=built)
    return [_answered(one, progress) for one in prepared]


def prepare_questions(
    settings: ExplainSettings,
    tables: StudyTables,
    folder: Path,
    *,
    seed: int,
    built: Sequence[BuiltIndex] = (),
) -> list[Asked]:
    """Return every question of a study with its rows, before any step is taken.

    Raises
    ------
    InputError
        As ``ask_questions``.
    """
    asked: list[Asked] = []
    problems: list[Problem] = []
    shared = _Shared(settings, _table(settings, tables), folder, seed)
    for question in settings.question:
        try:
            asked.append(_asked(question, shared, built))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return asked


def _answered(asked: Asked, progress: Callable[[str], None]) -> Asked:
    study = asked.study.run(lambda step: progress(f"explain {asked.name}: {step}"))
    return replace(asked, study=study)


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """What all questions of a study have in common."""

    settings: ExplainSettings
    table: UnitTable
    folder: Path
    seed: int


def _asked(question: QuestionSettings, shared: _Shared, built: Sequence[BuiltIndex]) -> Asked:
    settings, table = shared.settings, shared.table
    _require_columns(question, table)
    indices = _indices(question, table, built)
    sample = sample_of(
        Question(
            outcome=question.outcome,
            treatment=question.treatment,
            controls=question.controls,
            region=settings.region,
            mediators=question.mediators,
            threshold=question.threshold,
            instruments=question.instruments,
            policy=question.policy,
            policy_source=question.policy_source,
            alternatives=question.alternatives,
            labels=_labels(question, shared, indices),
            sources=_sources(indices),
            years=(question.start or _EARLIEST, question.end or _LATEST),
            replications=settings.replications,
            seed=shared.seed,
        ),
        _frame(question, shared, indices),
    )
    study = Study(_with_weights(sample, shared))
    return Asked(question.name, question.title, study, bool(table.embedded))


def _with_weights(sample: Sample, shared: _Shared) -> Sample:
    """Return the sample with weights of the units it holds."""
    codes = np.unique(sample.entity).tolist()
    weights = _weights(shared, codes)
    return replace(sample, question=replace(sample.question, weights=weights, order=tuple(codes)))


_EARLIEST, _LATEST = 1900, 2100


def _table(settings: ExplainSettings, tables: StudyTables) -> UnitTable:
    if settings.data not in tables.units:
        hint = nearest_name(settings.data, list(tables.units)) or "It needs regions by years."
        raise InputError(
            Problem(f"[explain] names no table of regions: {settings.data!r}", fix=hint)
        )
    return tables.units[settings.data]


def _indices(
    question: QuestionSettings, table: UnitTable, built: Sequence[BuiltIndex]
) -> dict[str, BuiltIndex]:
    known = {one.tree.name: one for one in built}
    wanted = [n.removeprefix(INDEX) for n in question.columns if n.startswith(INDEX)]
    return {name: known.get(name) or _build(index_tree(name), table.panel) for name in wanted}


def _build(tree: IndexTree, panel: Panel) -> BuiltIndex:
    return build_index(indicator_panel(tree, panel), tree)


def _require_columns(question: QuestionSettings, table: UnitTable) -> None:
    known = table.panel.names
    wanted = [name for name in question.columns if not name.startswith(INDEX)]
    missing = [name for name in wanted if name not in known]
    if missing:
        raise InputError(
            Problem(
                f"question {question.name!r} names a column its table does not have: {name!r}",
                fix=nearest_name(name, known) or "See `gongfu data list`.",
            )
            for name in missing
        )


def _frame(
    question: QuestionSettings, shared: _Shared, indices: Mapping[str, BuiltIndex]
) -> pl.DataFrame:
    table = shared.table
    names = [name for name in question.columns if not name.startswith(INDEX)]
    frames = [table.panel.wide(*names)] if names else []
    frames += [_index_frame(name, one) for name, one in indices.items()]
    frame = frames[0]
    for other in frames[1:]:
        frame = frame.join(other, on=["unit", "year"], how="full", coalesce=True)
    cells = table.panel.select(*names).frame if names else table.panel.frame
    tag = "simulated" if "simulated" in set(cells["evidence"]) else "observed"
    tagged = frame.with_columns(evidence=pl.lit(tag)).sort("unit", "year")
    return _with_region(tagged, shared.settings, table)


def _index_frame(name: str, built: BuiltIndex) -> pl.DataFrame:
    units, years = len(built.units), len(built.years)
    return pl.DataFrame(
        {
            "unit": np.repeat(np.array(built.units), years),
            "year": np.tile(np.array(built.years, dtype=np.int64), units),
            f"{INDEX}{name}": built.index.ravel(),
        }
    )


def _with_region(frame: pl.DataFrame, settings: ExplainSettings, table: UnitTable) -> pl.DataFrame:
    if settings.region is None:
        return frame
    if settings.region not in table.levels:
        known = list(table.levels)
        fix = nearest_name(settings.region, known) or f"There are {', '.join(known) or 'none'}."
        raise InputError(Problem(f"[explain] region: no grouping {settings.region!r}", fix=fix))
    groups = table.levels[settings.region]
    return frame.with_columns(
        pl.col("unit").replace_strict(groups, default="", return_dtype=pl.String)
        .alias(settings.region)
    )  # fmt: skip


def _labels(
    question: QuestionSettings, shared: _Shared, indices: Mapping[str, BuiltIndex]
) -> dict[str, tuple[str, str]]:
    def column(name: str) -> tuple[str, str]:
        own = shared.settings.labels.get(name)
        if own is not None:
            return own.zh, own.en
        if name.startswith(INDEX):
            tree = indices[name.removeprefix(INDEX)].tree
            return tree.zh, tree.en
        entry = shared.table.panel.variables.get(name)
        return (entry.zh, entry.en) if entry is not None else (name, name)

    lagged = [f"lag({question.treatment})"]
    formulas = {text: formula_label(text, column) for text in (*question.formulas, *lagged)}
    return formulas | _weights_labels(shared.settings)


def _sources(indices: Mapping[str, BuiltIndex]) -> dict[str, tuple[str, ...]]:
    return {
        f"{INDEX}{name}": tuple(one.variable for one in built.tree.indicators)
        for name, built in indices.items()
    }


def _weights_labels(settings: ExplainSettings) -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {name: WEIGHTS[name] for name in settings.weights}
    files = {one.name: (one.title.zh, one.title.en) for one in settings.weights_file}
    return {f"weights:{name}": label for name, label in {**known, **files}.items()}


def _weights(shared: _Shared, codes: Sequence[str]) -> dict[str, SpatialWeights]:
    settings = shared.settings
    level = _economy(shared.table, codes) if "economic" in settings.weights else np.empty(0)
    named = province_weights(settings.weights, codes, level)
    paths = {one.name: shared.folder / one.path for one in settings.weights_file}
    files = {name: read_weights(path, codes) for name, path in paths.items()}
    return {**named, **files}


def _economy(table: UnitTable, codes: Sequence[str]) -> Float[np.ndarray, " unit"]:
    """Return GDP per head in its first year, taken before what is explained."""
    first = min(_years(table))
    values = table.panel.at("gdp_per_capita", first)
    missing = [code for code in codes if code not in values]
    if missing:
        raise InputError(
            Problem(
                "economic distance needs gdp_per_capita of every unit",
                found=f"none for {', '.join(missing[:5])}",
            )
        )
    return np.array([values[code] for code in codes])


def _years(table: UnitTable) -> Iterator[int]:
    if "gdp_per_capita" not in table.panel.names:
        raise InputError(Problem("economic distance needs the variable gdp_per_capita"))
    yield from table.panel.years("gdp_per_capita")

"""An index put together: values, scores, weights and every node, in the order of the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from jaxtyping import Float

from gongfu.core import Evidence, InputError, Panel, Problem, Variable
from gongfu.core.errors import nearest_name
from gongfu.core.index_tree import IndexNode, IndexTree
from gongfu.measure.index.choices import Choices, stated_choices
from gongfu.measure.index.impute import impute
from gongfu.measure.index.normalise import normalise
from gongfu.measure.index.ranks import rank_descending
from gongfu.measure.index.treat import treat
from gongfu.measure.index.tree import assemble

__all__ = ["BuiltIndex", "build_index", "index_scores"]


@dataclass(frozen=True, slots=True, eq=False)
class BuiltIndex:
    """An index and everything it was made of; a missing value is NaN.

    Parameters
    ----------
    tree, choices : what was built, and how.
    units, years : of the first two axes.
    values : indicators in their own units, before treatment.
    scores : the same on one scale, more is better.
    nodes : every node and the root, by name.
    weights : of the children of every node, each adding up to 1.
    """

    tree: IndexTree
    choices: Choices
    units: tuple[str, ...]
    years: tuple[int, ...]
    values: Float[np.ndarray, "unit year indicator"]
    scores: Float[np.ndarray, "unit year indicator"]
    nodes: Mapping[str, Float[np.ndarray, "unit year"]]
    weights: Mapping[str, Mapping[str, float]]
    labels: Mapping[str, Mapping[str, str]]

    @property
    def index(self) -> Float[np.ndarray, "unit year"]:
        """The whole index."""
        return self.nodes[self.tree.name]

    @property
    def ranks(self) -> Float[np.ndarray, "unit year"]:
        """Rank within each year, 1 is best; units without an index have none."""
        return rank_descending(self.index)

    def at(self, year: int) -> int:
        """Return the position of a year, or say which years there are."""
        if year not in self.years:
            span = f"{self.years[0]} to {self.years[-1]}"
            raise InputError(Problem("no index of that year", expected=span, found=str(year)))
        return self.years.index(year)

    def label(self, unit: str, language: str) -> str:
        """Return a unit's name in ``zh`` or ``en``, or its code when it has none."""
        return self.labels.get(language, {}).get(unit, unit)

    def global_weights(self) -> dict[str, float]:
        """Return the product of weights from each indicator up to the root; they add up to 1."""
        share = {self.tree.name: 1.0}
        for name in reversed(self.tree.upwards()):
            for child, weight in self.weights[name].items():
                share[child] = share[name] * weight
        return {one.name: share[one.name] for one in self.tree.indicators}

    def to_panel(self) -> Panel:
        """Return root and nodes as a panel; evidence ``estimated``, the choices in the note."""
        names: dict[str, IndexNode | IndexTree] = {node.name: node for node in self.tree.nodes}
        names[self.tree.name] = self.tree
        parts = [_cells(name, self.nodes[name], self.units, self.years) for name in names]
        note = f"Index: {self.choices}."
        frame = pl.concat(parts).with_columns(
            evidence=pl.lit(Evidence.ESTIMATED.value), note=pl.lit(note)
        )
        entries = {
            name: Variable(name, node.zh, node.en, "index 0-1", "index", "none", definition=note)
            for name, node in names.items()
        }
        return Panel(frame, entries, self.labels)


def build_index(
    panel: Panel,
    tree: IndexTree,
    *,
    years: Sequence[int] | None = None,
    choices: Choices | None = None,
) -> BuiltIndex:
    """Return the index of every unit and year.

    Parameters
    ----------
    panel : its variables are the indicators of the tree (``gongfu.data.index_values``).
    years : those wanted; without them every year in which each indicator has a figure.
    choices : other ways than the tree states.

    Raises
    ------
    InputError
        If an indicator is not in the panel, no year has all of them, or a method does not fit.

    Notes
    -----
    Steps in the order of the OECD handbook: impute, treat, normalise, weight, aggregate. A unit
    and year without one of the indicators has no index. Weights drawn from the data use the rows of
    all units and years that have every child of the node.
    """
    _require_indicators(panel, tree)
    chosen = choices or stated_choices(tree)
    names = [one.name for one in tree.indicators]
    span = tuple(years) if years is not None else tuple(panel.years(*names))
    if not span:
        raise InputError(f"no year has a figure for each indicator of {tree.name}")
    filled = impute(panel.select(*names), chosen.imputation, until=max(span))
    units = tuple(filled.units)
    values = np.stack([filled.array(name, units, span) for name in names], axis=-1)
    scores = index_scores(values, tree, chosen)
    shape = values.shape[:2]
    made = assemble(scores.reshape(-1, len(names)), tree, chosen)
    nodes = {name: node.reshape(shape) for name, node in made.nodes.items()}
    return BuiltIndex(tree, chosen, units, span, values, scores, nodes, made.weights, panel.labels)


def index_scores(
    values: Float[np.ndarray, "unit year indicator"], tree: IndexTree, choices: Choices
) -> Float[np.ndarray, "unit year indicator"]:
    """Return treated and normalised scores of all units and years pooled."""
    pooled = values.reshape(-1, values.shape[-1])
    treated = treat(pooled, choices.treatment).values
    bounds = None
    if choices.normalisation == "bounds":
        bounds = np.array([one.bounds or (np.nan, np.nan) for one in tree.indicators], float)
    scores = normalise(
        treated,
        [one.direction for one in tree.indicators],
        choices.normalisation,
        bounds=bounds,
        score_range=tree.score_range,
    )
    return scores.reshape(values.shape)


def _require_indicators(panel: Panel, tree: IndexTree) -> None:
    known = panel.names
    missing = [one.name for one in tree.indicators if one.name not in known]
    if missing:
        raise InputError(
            Problem(
                f"no indicator {name!r} in the panel",
                column=name,
                fix=nearest_name(name, known) or "`indicator_panel` makes it from figures.",
            )
            for name in missing
        )


def _cells(
    name: str,
    values: Float[np.ndarray, "unit year"],
    units: Sequence[str],
    years: Sequence[int],
) -> pl.DataFrame:
    rows, columns = (place.tolist() for place in np.nonzero(~np.isnan(values)))
    return pl.DataFrame(
        {
            "unit": pl.Series([units[i] for i in rows], dtype=pl.String),
            "year": pl.Series([years[j] for j in columns], dtype=pl.Int32),
            "variable": pl.Series([name] * len(rows), dtype=pl.String),
            "value": values[rows, columns],
        }
    )

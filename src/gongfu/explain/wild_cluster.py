"""Wild cluster bootstrap with the null imposed, for panels with few clusters.

References
----------
[Cameron-Gelbach-Miller 2008] Bootstrap-based improvements for inference with clustered errors.
Review of Economics and Statistics 90(3).
[Webb 2023] Reworking wild bootstrap-based inference for clustered errors. Canadian Journal of
Economics 56(3).
[Roodman et al. 2019] Fast and wild: bootstrap inference in Stata using boottest. Stata Journal
19(1).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Interval, Problem
from gongfu.core.errors import nearest_name
from gongfu.explain.least_squares import least_squares, require_identified
from gongfu.explain.panel_data import PanelData
from gongfu.explain.within import Effects, within

__all__ = ["WildClusterTest", "WildWeights", "wild_cluster_test"]

WildWeights = Literal["rademacher", "webb"]

_MOST_CLUSTERS = 500
_TIE = 1e-9
"""Draws this close to the statistic count as equal to it: the draw of all ones is."""
_DOUBLINGS = 20
_BISECTIONS = 40


@dataclass(frozen=True, slots=True)
class WildClusterTest:
    """A bootstrap test of one coefficient.

    Parameters
    ----------
    name, coefficient, null : which, its estimate, and the tested value.
    t : clustered t statistic of the data against the null, without a small-sample factor.
    p : share of draws with at least as large a ``|t|``.
    interval : values whose p-value in the same test is above one less the level.
    clusters, draws : their numbers; ``is_exhaustive`` if every sign pattern was drawn once.
    weights, seed : law of the draws, and their seed.
    """

    name: str
    coefficient: float
    null: float
    t: float
    p: float
    interval: Interval
    clusters: int
    draws: int
    is_exhaustive: bool
    weights: WildWeights
    seed: int


def wild_cluster_test(
    data: PanelData,
    name: str,
    *,
    seed: int,
    effects: Effects = "two-way",
    cluster: Sequence[object] | np.ndarray | None = None,
    null: float = 0.0,
    weights: WildWeights | None = None,
    draws: int = 9_999,
    level: float = 0.95,
) -> WildClusterTest:
    """Return the wild cluster bootstrap test of one coefficient of a fixed-effects regression.

    Parameters
    ----------
    name : of the regressor.
    seed : of the draws; the same seed gives the same bits.
    cluster : label of each row; by default the entity. At most 500 clusters.
    null : tested value.
    weights : ``rademacher`` (signs) or ``webb`` (six points); by default Webb below 12 clusters.
    draws : of cluster weights; if there are no more sign patterns than that, each is used once.
    level : coverage of the interval.

    Raises
    ------
    InputError
        If the name is unknown, there is one cluster or more than 500, or as ``fixed_effects``.

    Notes
    -----
    Residuals under the null keep their cluster's weight [Cameron-Gelbach-Miller 2008]. Scores of
    a draw are linear in its weights, so a draw costs one product with a matrix of clusters by
    clusters [Roodman et al. 2019]; means are taken out again in every draw. The interval inverts
    the test with the same draws. ``p = (1 + as extreme) / (1 + draws)``, or the exact share.
    """
    codes, count = _clusters(data, cluster)
    setup = _Setup.of(data, name, effects, codes, count)
    chosen = weights or ("webb" if count < 12 else "rademacher")
    patterns, is_exhaustive = _draws(chosen, count, draws, seed)
    drawn = setup.drawn(patterns, is_exhaustive)
    return WildClusterTest(
        name=name,
        coefficient=setup.coefficient,
        null=null,
        t=setup.t(null),
        p=drawn.p(null),
        interval=_inverted(drawn, level),
        clusters=count,
        draws=len(patterns),
        is_exhaustive=is_exhaustive,
        weights=chosen,
        seed=seed,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Setup:
    """What all draws share. Residuals under the null b are ``base - b * slope``.

    Arrays ``numerator_*`` (cluster) and ``scores_*`` (cluster, weight's cluster) give the estimate
    and the clustered scores of a draw when multiplied by its weights.
    """

    coefficient: float
    error: float
    numerators: Float[np.ndarray, "two cluster"]
    scores: Float[np.ndarray, "two cluster cluster"]

    @classmethod
    def of(
        cls, data: PanelData, name: str, effects: Effects, codes: np.ndarray, count: int
    ) -> _Setup:
        place = _position(data, name)
        transformation = within(data, effects)
        left = transformation.remove(np.column_stack([data.dependent, data.regressors]))
        y, x = left[:, 0], left[:, 1:]
        sizes = np.linalg.norm(data.regressors, axis=0)
        parameters = x.shape[1] + transformation.absorbed
        require_identified(x, sizes, data.names, f"{effects} effects", parameters)
        others = np.delete(x, place, axis=1)
        tested = x[:, place] - _projected(others, x[:, [place]])[:, 0]
        influence = tested / float(tested @ tested)
        fit = least_squares(y, x)
        own = np.bincount(codes, influence * fit.residuals, count)
        restricted = np.column_stack([y, x[:, place]])
        restricted = restricted - _projected(others, restricted)
        blocks = [
            _by_cluster(
                restricted[:, [j]],
                influence,
                x,
                remove=transformation.remove,
                codes=codes,
                count=count,
            )
            for j in range(2)
        ]
        return cls(
            float(fit.coefficients[place]),
            float(np.sqrt(own @ own)),
            np.stack([block[0] for block in blocks]),
            np.stack([block[1] for block in blocks]),
        )

    def t(self, null: float) -> float:
        return (self.coefficient - null) / self.error

    def drawn(self, draws: Float[np.ndarray, "draw cluster"], is_exhaustive: bool) -> _Drawn:
        base, slope = (draws @ scores.T for scores in self.scores)
        return _Drawn(
            self,
            draws @ self.numerators[0],
            draws @ self.numerators[1],
            np.einsum("bg,bg->b", base, base),
            np.einsum("bg,bg->b", base, slope),
            np.einsum("bg,bg->b", slope, slope),
            is_exhaustive,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """Estimates of all draws, and their squared errors as a polynomial in the null."""

    setup: _Setup
    base: Float[np.ndarray, " draw"]
    slope: Float[np.ndarray, " draw"]
    squared: Float[np.ndarray, " draw"]
    crossed: Float[np.ndarray, " draw"]
    squared_slope: Float[np.ndarray, " draw"]
    is_exhaustive: bool

    def p(self, null: float) -> float:
        estimate = self.base - null * self.slope
        variance = self.squared - 2 * null * self.crossed + null**2 * self.squared_slope
        bar = (self.setup.t(null) * (1 - _TIE)) ** 2
        found = int(np.count_nonzero(estimate**2 >= bar * variance))
        draws = len(self.base)
        return found / draws if self.is_exhaustive else (1 + found) / (1 + draws)


def _by_cluster(
    residuals: np.ndarray,
    influence: np.ndarray,
    x: np.ndarray,
    *,
    remove: Callable[[np.ndarray], np.ndarray],
    codes: np.ndarray,
    count: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Numerators and scores if one cluster at a time kept its residuals and others had none."""
    alone = np.where(codes[:, None] == np.arange(count), residuals, 0.0)
    numerators = influence @ alone
    left = remove(alone)
    left = left - _projected(x, left)
    weighted = influence[:, None] * left
    scores = np.zeros((count, count))
    np.add.at(scores, codes, weighted)
    return numerators, scores


def _projected(design: np.ndarray, values: np.ndarray) -> np.ndarray:
    if design.shape[1] == 0:
        return np.zeros_like(values)
    q = np.linalg.qr(design)[0]
    return np.asarray(q @ (q.T @ values))


def _position(data: PanelData, name: str) -> int:
    if name not in data.names:
        fix = nearest_name(name, data.names)
        raise InputError(Problem(f"no regressor is called {name!r}", fix=fix))
    return data.names.index(name)


def _clusters(
    data: PanelData, cluster: Sequence[object] | np.ndarray | None
) -> tuple[np.ndarray, int]:
    labels = data.entity if cluster is None else np.asarray(cluster)
    if len(labels) != data.n:
        raise InputError(f"clusters need {data.n} labels, one a row, got {len(labels)}")
    codes = np.unique(labels, return_inverse=True)[1]
    count = int(codes.max()) + 1
    if not 2 <= count <= _MOST_CLUSTERS:
        raise InputError(
            Problem(
                "the wild cluster bootstrap does not fit this number of clusters",
                expected=f"2 to {_MOST_CLUSTERS}",
                found=str(count),
                fix="With one cluster use errors='hc1'; with many, clustered errors suffice.",
            )
        )
    return codes, count


def _draws(
    weights: WildWeights, count: int, draws: int, seed: int
) -> tuple[Float[np.ndarray, "draw cluster"], bool]:
    if weights == "rademacher" and 2.0**count <= draws:
        return np.array([*itertools.product([-1.0, 1.0], repeat=count)]), True
    rng = np.random.Generator(np.random.PCG64(seed))
    if weights == "rademacher":
        return rng.integers(0, 2, (draws, count)) * 2.0 - 1.0, False
    if weights == "webb":
        points = np.sqrt([0.5, 1.0, 1.5])
        return np.concatenate([-points, points])[rng.integers(0, 6, (draws, count))], False
    raise InputError(f"weights are rademacher or webb, not {weights!r}")


def _inverted(drawn: _Drawn, level: float) -> Interval:
    if not 0 < level < 1:
        raise InputError(f"an interval level lies between 0 and 1, got {level}")
    low, high = (_bound(drawn, 1 - level, side) for side in (-1.0, 1.0))
    return Interval(low, high, level)


def _bound(drawn: _Drawn, size: float, side: float) -> float:
    """Where the p-value crosses ``size`` on one side; infinite if it never does."""
    inside, step = drawn.setup.coefficient, 2 * drawn.setup.error
    for _ in range(_DOUBLINGS):
        outside = drawn.setup.coefficient + side * step
        if drawn.p(outside) <= size + _TIE:
            break
        step *= 2
    else:
        return side * np.inf
    for _ in range(_BISECTIONS):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if drawn.p(middle) <= size + _TIE else (middle, outside)
    return (inside + outside) / 2

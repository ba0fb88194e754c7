"""Clustered covariances, one-way and two-way.

References
----------
[Liang-Zeger 1986] Longitudinal data analysis using generalized linear models. Biometrika 73(1).
[Cameron-Gelbach-Miller 2011] Robust inference with multiway clustering. Journal of Business and
Economic Statistics 29(2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Int

from gongfu.core import InputError, Problem
from gongfu.explain.least_squares import LeastSquares
from gongfu.explain.panel_data import PanelData
from gongfu.explain.result import Convention
from gongfu.explain.within import Within, level_sums

__all__ = [
    "FEW_CLUSTERS",
    "Covariance",
    "cluster_groups",
    "cluster_scores",
    "clustered",
    "positive",
    "sandwich",
]

FEW_CLUSTERS = 40
"""Below this many clusters, clustered errors are too small on average and a bootstrap is due."""

Clusters = Mapping[str, Int[np.ndarray, " row"]]


@dataclass(frozen=True, slots=True, eq=False)
class Covariance:
    """A covariance with its convention, its numbers of clusters and its warnings."""

    vcov: Float[np.ndarray, "regressor regressor"]
    convention: Convention
    clusters: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def cluster_scores(
    fit: LeastSquares, codes: Int[np.ndarray, " row"], count: int
) -> Float[np.ndarray, "cluster regressor"]:
    """Return the sum over the rows of each cluster of regressors times residual."""
    return level_sums(fit.design * fit.residuals[:, None], codes, count)


def sandwich(fit: LeastSquares, meat: np.ndarray) -> np.ndarray:
    """Return bread times meat times bread."""
    return np.asarray(fit.bread @ meat @ fit.bread)


def cluster_groups(
    data: PanelData,
    wanted: int,
    cluster: Mapping[str, Sequence[object] | np.ndarray] | None,
) -> Clusters:
    """Return the cluster of each row along one or two dimensions; entity and time by default."""
    if cluster is None:
        both = {"entity": data.entity, "time": data.time}
        return both if wanted == 2 else {"entity": data.entity}
    problems = [*_cluster_problems(data, cluster, wanted)]
    if problems:
        raise InputError(problems)
    return {name: np.unique(np.asarray(v), return_inverse=True)[1] for name, v in cluster.items()}


def _cluster_problems(
    data: PanelData, cluster: Mapping[str, Sequence[object] | np.ndarray], wanted: int
) -> Iterable[Problem]:
    if len(cluster) != wanted:
        yield Problem(
            "cluster names the wrong number of dimensions",
            expected=str(wanted),
            found=", ".join(cluster) or "none",
        )
    for name, labels in cluster.items():
        if len(labels) != data.n:
            yield Problem(
                f"clusters {name} do not fit the rows",
                expected=f"{data.n} labels",
                found=str(len(labels)),
            )


def clustered(
    fit: LeastSquares,
    data: PanelData,
    groups: Clusters,
    transformation: Within | None,
    counted: int,
) -> Covariance:
    """Return the covariance with clusters along one or two dimensions.

    Parameters
    ----------
    counted : coefficients that count in K.
    """
    counts = {name: int(codes.max()) + 1 for name, codes in groups.items()}
    _require_two(counts)
    fewest = min(counts.values())
    nested = _nested(data, groups, transformation)
    effects = (transformation.absorbed if transformation else 0) - nested
    factor = fewest / (fewest - 1) * (data.n - 1) / (data.n - counted - effects)
    meat = _multiway_meat(fit, list(groups.values()), list(counts.values()))
    vcov, warnings = positive(factor * sandwich(fit, meat), "two-way")
    convention = Convention(
        f"clustered by {' and '.join(groups)}",
        factor,
        "G / (G - 1) * (n - 1) / (n - K)",
        fewest - 1,
    )
    return Covariance(vcov, convention, counts, (*_few(counts), *warnings))


def _require_two(counts: Mapping[str, int]) -> None:
    single = [name for name, count in counts.items() if count < 2]
    if single:
        raise InputError(
            Problem(
                f"there is a single cluster by {name}",
                expected="at least two",
                fix="Cluster by another column, or choose errors='hc1'.",
            )
            for name in single
        )


def _nested(data: PanelData, groups: Clusters, transformation: Within | None) -> int:
    """Effects that a cluster holds whole, less one per dimension of effects."""
    if transformation is None:
        return 0
    dimensions = {"entity": ("entity",), "time": ("time",), "two-way": ("entity", "time")}
    codes = {"entity": data.entity, "time": data.time}
    out = 0
    for name in dimensions[transformation.effects]:
        if any(_is_nested(codes[name], group) for group in groups.values()):
            out += int(codes[name].max())
    return out


def _is_nested(levels: np.ndarray, group: np.ndarray) -> bool:
    owner = np.zeros(int(levels.max()) + 1, dtype=np.int64)
    owner[levels] = group
    return bool(np.array_equal(owner[levels], group))


def _multiway_meat(
    fit: LeastSquares, codes: Sequence[np.ndarray], counts: Sequence[int]
) -> Float[np.ndarray, "regressor regressor"]:
    scores = [cluster_scores(fit, c, k) for c, k in zip(codes, counts, strict=True)]
    meat = sum((s.T @ s for s in scores), start=np.zeros_like(fit.bread))
    if len(codes) == 2:
        both, pair = np.unique(codes[0] * counts[1] + codes[1], return_inverse=True)
        crossed = cluster_scores(fit, pair, len(both))
        meat = meat - crossed.T @ crossed
    return meat


def positive(vcov: np.ndarray, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """Sums of kernels can have negative eigenvalues: those are set to zero, aloud."""
    values, vectors = np.linalg.eigh(vcov)
    if values.min() >= -1e-14 * values.max():
        return vcov, ()
    mended = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return mended, (f"The {name} covariance was not positive; negative eigenvalues became zero.",)


def _few(counts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(
        f"Only {count} clusters by {name}: errors are likely too small; "
        "report wild_cluster_test beside them."
        for name, count in counts.items()
        if count < FEW_CLUSTERS
    )

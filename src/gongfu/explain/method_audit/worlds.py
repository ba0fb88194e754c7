"""Made-up outcomes for a study's own regressors, with an effect that is known.

References
----------
[BDM] Bertrand, Duflo, Mullainathan 2004, How much should we trust differences-in-differences
estimates? Quarterly Journal of Economics 119(1).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem
from gongfu.explain.chain.sample import Sample
from gongfu.explain.fixed_effects import fixed_effects
from gongfu.explain.panel_data import PanelData

__all__ = ["KINDS", "Kind", "World", "calibrate", "outcome_of"]

Kind = Literal["zero", "positive", "siphon"]
KINDS: tuple[Kind, ...] = ("zero", "positive", "siphon")

_FEWEST_TIMES = 4
_MOST_PERSISTENT = 0.95
_MOST_SPATIAL = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What the errors of a study look like, taken from its main model.

    Parameters
    ----------
    panel : balanced rows of the study; treatment first, then controls.
    slopes : of all regressors in the main model; that of the treatment is replaced by the truth.
    effect : size of the planted effect, in units of the outcome per unit of the treatment.
    level : standard deviation of unit effects; ``year``: the common path of the years.
    trend : standard deviation of the units' own linear trends, per year.
    persistence : of errors from year to year, 0-1.
    spatial : share of the neighbours' mean error that spills over, 0-1; 0 without weights.
    sigma : standard deviation of what is new each year.
    weights : row-standardised, or None.
    """

    panel: PanelData
    slopes: Float[np.ndarray, " regressor"]
    effect: float
    level: float
    year: Float[np.ndarray, " time"]
    trend: float
    persistence: float
    spatial: float
    sigma: float
    weights: Float[np.ndarray, "unit unit"] | None


def calibrate(sample: Sample) -> World:
    """Return the world that a study's own figures suggest.

    Raises
    ------
    InputError
        If fewer than four times have every unit, or the main model cannot be estimated.

    Notes
    -----
    Residuals of the two-way model on the balanced years are split into each unit's own trend and a
    rest; the variance of estimated trends is taken down by what persistent errors alone would
    show. Persistence is the pooled first autocorrelation of the rest plus ``(2 + 4 rho) / T``, the
    first-order correction for estimated means and trends; the spatial share is that of greatest
    likelihood. The planted effect is 2.8 clustered standard errors, which a test of size 5 % would
    find four times out of five [BDM use 2 % of earnings].
    """
    panel = sample.balanced_panel()
    if len(panel.times) < _FEWEST_TIMES:
        raise InputError(
            Problem(
                "the method audit needs years at which every unit has its figures",
                expected=f"{_FEWEST_TIMES} or more",
                found=str(len(panel.times)),
            )
        )
    main = fixed_effects(panel)
    residuals = panel.cube(main.residuals)
    slopes, rest = _detrended(residuals)
    persistence = _persistence(rest)
    weights = _weights(sample)
    new = rest[:, 1:] - persistence * rest[:, :-1]
    spatial = 0.0 if weights is None else _spatial(new, weights)
    mixed = new if weights is None else new - spatial * (weights @ new)
    return World(
        panel=panel,
        slopes=main.coefficients,
        effect=2.8 * float(main.standard_errors[0]),
        level=float(panel.cube(panel.dependent).mean(axis=1).std()),
        year=panel.cube(panel.dependent).mean(axis=0),
        trend=_trend_spread(slopes, len(panel.times), persistence, float(new.std())),
        persistence=persistence,
        spatial=spatial,
        sigma=float(mixed.std()),
        weights=weights,
    )


def outcome_of(world: World, kind: Kind, rng: np.random.Generator) -> PanelData:
    """Return the study's panel with one made-up outcome.

    Parameters
    ----------
    kind : the treatment's effect is ``zero``, ``positive``, or ``siphon``: positive on the unit
        itself, and as much below zero through the mean treatment of its neighbours.
    """
    panel = world.panel
    units, times = len(panel.entities), len(panel.times)
    x = panel.cube(panel.regressors)
    y = x[:, :, 1:] @ world.slopes[1:] + world.year + world.level * rng.normal(size=(units, 1))
    y = y + world.trend * rng.normal(size=(units, 1)) * np.arange(times)
    y = y + _errors(world, rng)
    if kind != "zero":
        y = y + world.effect * x[:, :, 0]
    if kind == "siphon":
        assert world.weights is not None, "siphon worlds are drawn with weights only"
        y = y - world.effect * (world.weights @ x[:, :, 0])
    return replace(panel, dependent=y[panel.entity, panel.time])


def _errors(world: World, rng: np.random.Generator) -> Float[np.ndarray, "unit time"]:
    units, times = len(world.panel.entities), len(world.panel.times)
    new = np.asarray(world.sigma * rng.normal(size=(times, units)))
    if world.weights is not None:
        spread = np.linalg.inv(np.eye(units) - world.spatial * world.weights)
        new = new @ spread.T
    found = np.empty((times, units))
    found[0] = new[0] / np.sqrt(1 - world.persistence**2)
    for t in range(1, times):
        found[t] = world.persistence * found[t - 1] + new[t]
    return found.T


def _detrended(
    residuals: Float[np.ndarray, "unit time"],
) -> tuple[Float[np.ndarray, " unit"], Float[np.ndarray, "unit time"]]:
    """Return the units' own trends, and the residuals without them."""
    step = _steps(residuals.shape[1])
    slopes = residuals @ step / (step @ step)
    return slopes, residuals - slopes[:, None] * step


def _trend_spread(
    slopes: Float[np.ndarray, " unit"], times: int, persistence: float, sigma: float
) -> float:
    """Return the spread of trends beyond what persistent errors alone would show."""
    step = _steps(times)
    apart = np.abs(np.subtract.outer(step, step))
    covariance = sigma**2 / (1 - persistence**2) * persistence**apart
    noise = float(step @ covariance @ step) / float(step @ step) ** 2
    return float(np.sqrt(max(slopes.var() - noise, 0.0)))


def _steps(times: int) -> Float[np.ndarray, " time"]:
    return np.arange(times) - (times - 1) / 2


def _persistence(rest: Float[np.ndarray, "unit time"]) -> float:
    before, after = rest[:, :-1], rest[:, 1:]
    raw = float((before * after).sum() / (before * before).sum())
    corrected = raw + (2 + 4 * raw) / rest.shape[1]
    return float(np.clip(corrected, 0.0, _MOST_PERSISTENT))


def _spatial(new: Float[np.ndarray, "unit time"], weights: Float[np.ndarray, "unit unit"]) -> float:
    """Return the spatial share that makes what is new most likely, on a grid of hundredths."""
    around = weights @ new
    values = np.linalg.eigvals(weights).real
    grid = np.arange(0.0, _MOST_SPATIAL + 0.005, 0.01)
    squares = np.array([((new - share * around) ** 2).mean() for share in grid])
    volumes = np.log(1 - grid[:, None] * values).mean(axis=1)
    return float(grid[np.argmax(volumes - np.log(squares) / 2)])


def _weights(sample: Sample) -> Float[np.ndarray, "unit unit"] | None:
    """Return the study's first weights, row-standardised, in the order of the panel's units."""
    question = sample.question
    if not question.weights:
        return None
    order = list(question.order) or np.unique(sample.entity).tolist()
    place = [order.index(unit) for unit in np.unique(sample.entity).tolist()]
    first = next(iter(question.weights.values())).standardised().matrix()
    return np.asarray(first[np.ix_(place, place)])

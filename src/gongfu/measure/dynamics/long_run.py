"""Where a Markov chain leads and how fast: ergodic distribution, first passage, half-life.

References
----------
[Kemeny-Snell 1976] Finite Markov Chains. Springer.
[Grassmann-Taksar-Heyman 1985] Regenerative analysis and steady state distributions for Markov
chains. Operations Research 33(5).
[Shorrocks 1978] The measurement of mobility. Econometrica 46(5).
"""

from __future__ import annotations

import math

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.core import InputError, Problem

__all__ = [
    "closed_classes",
    "ergodic_distribution",
    "first_passage_times",
    "half_life",
    "second_eigenvalue",
    "sojourn_times",
]


def ergodic_distribution(p: Float[np.ndarray, "origin destination"]) -> Float[np.ndarray, " state"]:
    """Return the distribution over states that the chain keeps once it has it.

    Parameters
    ----------
    p : probabilities, rows adding up to 1.

    Raises
    ------
    InputError
        If a row is missing, or two sets of states never meet, so that the end depends on the start.

    Notes
    -----
    Elimination without subtraction [Grassmann-Taksar-Heyman 1985]: correct in all digits, also for
    states that are hardly ever left. States that are left for good have share zero. It is what
    *would* come if the moves of the sample went on for ever, not a forecast.
    """
    _require_rows(p)
    ends = closed_classes(p)
    if len(ends) > 1:
        raise InputError(
            Problem(
                "there is no single long-run distribution",
                expected="states that all lead to the same ones",
                found="separate ends " + " and ".join(str(end.tolist()) for end in ends),
                fix="Take fewer classes or more years.",
            )
        )
    out = np.zeros(len(p))
    out[ends[0]] = _eliminate(p[np.ix_(ends[0], ends[0])])
    return out


def first_passage_times(
    p: Float[np.ndarray, "origin destination"],
) -> Float[np.ndarray, "origin destination"]:
    """Return the expected number of steps until a state is first reached; the diagonal: again.

    Parameters
    ----------
    p : probabilities of a chain in which every state can be reached from every other.

    Raises
    ------
    InputError
        If a row is missing or a state cannot be reached.

    Notes
    -----
    For each state j the times solve ``m = 1 + P m`` over the other states [Kemeny-Snell 1976];
    the time back to j itself is one over its ergodic share.
    """
    _require_rows(p)
    if len(closed_classes(p)[0]) < len(p):
        raise InputError(
            Problem(
                "first passage times need a chain in which every state can be reached",
                found=f"states {closed_classes(p)[0].tolist()} are never left",
            )
        )
    out = np.empty_like(p)
    for j in range(len(p)):
        others = np.arange(len(p)) != j
        stay = np.eye(len(p) - 1) - p[np.ix_(others, others)]
        out[others, j] = np.linalg.solve(stay, np.ones(len(p) - 1))
        out[j, j] = 1 + p[j, others] @ out[others, j]
    return out


def sojourn_times(p: Float[np.ndarray, "origin destination"]) -> Float[np.ndarray, " state"]:
    """Return the expected number of steps in each state before it is left, infinite if never."""
    leave = 1 - np.diagonal(p)
    out = np.full(len(p), np.inf)
    np.divide(1.0, leave, out=out, where=leave != 0)
    return out


def half_life(p: Float[np.ndarray, "origin destination"]) -> float:
    """Return the steps in which the distance to the ergodic distribution halves, at last.

    Parameters
    ----------
    p : probabilities, rows adding up to 1.

    Notes
    -----
    ``ln 2 / -ln |l|`` with l the second largest eigenvalue [Shorrocks 1978]; infinite for a chain
    that never forgets where it started.
    """
    size = second_eigenvalue(p)
    if size == 0:
        return 0.0
    return math.log(2) / -math.log(size) if size < 1 else math.inf


def second_eigenvalue(p: Float[np.ndarray, "origin destination"]) -> float:
    """Return the second largest modulus of the eigenvalues of a transition matrix, 0 to 1."""
    _require_rows(p)
    sizes = np.sort(np.abs(np.linalg.eigvals(p)))
    return min(float(sizes[-2]), 1.0)


def closed_classes(p: Float[np.ndarray, "origin destination"]) -> list[Int[np.ndarray, " state"]]:
    """Return the sets of states that, once entered, are never left."""
    reach = _reachable(p)
    both_ways = reach & reach.T
    ends: list[Int[np.ndarray, " state"]] = []
    for state in range(len(p)):
        members = np.flatnonzero(both_ways[state])
        if state == members[0] and np.array_equal(np.flatnonzero(reach[state]), members):
            ends.append(members)
    return ends


def _reachable(p: Float[np.ndarray, "origin destination"]) -> Bool[np.ndarray, "state state"]:
    reach: Bool[np.ndarray, "state state"] = (p > 0) | np.eye(len(p), dtype=bool)
    for middle in range(len(p)):
        reach |= reach[:, middle : middle + 1] & reach[middle]
    return reach


def _eliminate(p: Float[np.ndarray, "state state"]) -> Float[np.ndarray, " state"]:
    a = p.copy()
    for last in range(len(a) - 1, 0, -1):
        a[:last, last] /= a[last, :last].sum()
        a[:last, :last] += np.outer(a[:last, last], a[last, :last])
    share = np.ones(len(a))
    for state in range(1, len(a)):
        share[state] = share[:state] @ a[:state, state]
    whole: Float[np.ndarray, " state"] = share / share.sum()
    return whole


def _require_rows(p: Float[np.ndarray, "origin destination"]) -> None:
    unknown = np.flatnonzero(np.isnan(p).any(axis=1))
    if len(unknown):
        raise InputError(
            Problem(
                "some states were never left, so nothing is known about their moves",
                found=f"states {unknown.tolist()} (counted from 0)",
                fix="Take fewer classes or more years.",
            )
        )
    if (p < 0).any() or not np.allclose(p.sum(axis=1), 1.0, rtol=0, atol=1e-9):
        raise InputError(Problem("rows of a transition matrix must add up to 1"))

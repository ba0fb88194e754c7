"""Exact Shapley shares of a change that several causes bring about together.

References
----------
[Shapley 1953] A value for n-person games. Contributions to the Theory of Games 2.
[Shorrocks 2013] Decomposition procedures for distributional analysis: a unified framework based on
the Shapley value. Journal of Economic Inequality 11(1).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from jaxtyping import Float

from gongfu.core import InputError, Problem

__all__ = ["coalitions", "shapley"]

MOST_CAUSES = 12
"""Two to this power evaluations are still bearable; beyond it causes have to be grouped."""


def coalitions(causes: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield every subset of the causes, the empty one first."""
    for size in range(len(causes) + 1):
        for chosen in combinations(causes, size):
            yield frozenset(chosen)


def shapley(
    causes: Sequence[str],
    value: Callable[[frozenset[str]], Float[np.ndarray, "*shape"] | float],
) -> Mapping[str, Float[np.ndarray, "*shape"]]:
    """Return what each cause contributes to ``value(all) - value(none)``.

    Parameters
    ----------
    causes : names, at most ``MOST_CAUSES``, each once.
    value : outcome when only these causes are at work; called once for every subset.

    Raises
    ------
    InputError
        If there are too many causes for the exact sum, or one stands twice.

    Notes
    -----
    Mean of the marginal contribution over all orders in which the causes may set in
    [Shapley 1953]; the contributions add up exactly and depend on no order [Shorrocks 2013]::

        phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S))
    """
    _refuse(causes)
    values = {chosen: np.asarray(value(chosen), np.float64) for chosen in coalitions(causes)}
    n = len(causes)
    weights = [math.factorial(k) * math.factorial(n - k - 1) / math.factorial(n) for k in range(n)]
    return {
        cause: np.asarray(
            sum(
                weights[len(others)] * (values[others | {cause}] - values[others])
                for others in values
                if cause not in others
            )
        )
        for cause in causes
    }


def _refuse(causes: Sequence[str]) -> None:
    if len(set(causes)) < len(causes):
        raise InputError(Problem("a cause stands twice", found=", ".join(causes)))
    if len(causes) > MOST_CAUSES:
        raise InputError(
            Problem(
                "too many causes for exact Shapley shares",
                expected=f"at most {MOST_CAUSES}",
                found=str(len(causes)),
                fix="Group causes that belong together, such as levers of one level.",
            )
        )

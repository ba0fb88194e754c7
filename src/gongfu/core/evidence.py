"""What kind of number a number is, and what uncertainty it really has."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Evidence", "Uncertainty"]


class Evidence(StrEnum):
    """How a number came to be. Values of different kinds are never mixed without saying so."""

    OBSERVED = "observed"
    """Published, or an identity of published figures."""
    ESTIMATED = "estimated"
    """Computed with a statistical model, a fitted curve, or from sampled rows."""
    CAUSAL = "causal"
    """An effect identified by a design."""
    ASSOCIATIONAL = "associational"
    """A regression coefficient without such a design."""
    CALIBRATED = "calibrated"
    """Chosen so that a model reproduces a figure."""
    ASSUMED = "assumed"
    """Nobody measured it; a range stands beside it."""
    SIMULATED = "simulated"
    """Came out of the simulated economy or a seeded generator."""


class Uncertainty(StrEnum):
    """Which uncertainty a number carries."""

    SAMPLING = "sampling"
    """Rows were sampled: a standard error and an interval exist."""
    NOT_PUBLISHED = "no published error"
    """A published aggregate: its error exists, but the office does not print it."""
    ASSUMPTIONS = "range over assumptions"
    """Spread over draws of assumed values; not a confidence interval."""
    UNKNOWN = "cannot tell"
    """The data do not support a statement about the error."""

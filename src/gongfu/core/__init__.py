"""Words all layers share. No input or output."""

from gongfu.core.errors import (
    ConvergenceError,
    GongfuError,
    InputError,
    MissingPartError,
    Problem,
    VerificationError,
)
from gongfu.core.estimate import Estimate, Interval
from gongfu.core.evidence import Evidence, Uncertainty
from gongfu.core.microdata import Microdata
from gongfu.core.outcomes import Outcomes
from gongfu.core.panel import Panel
from gongfu.core.variable import Variable

__all__ = [
    "ConvergenceError",
    "Estimate",
    "Evidence",
    "GongfuError",
    "InputError",
    "Interval",
    "Microdata",
    "MissingPartError",
    "Outcomes",
    "Panel",
    "Problem",
    "Uncertainty",
    "Variable",
    "VerificationError",
]

"""The digital divide: gaps between groups, concentration on the rich, years behind."""

from gongfu.measure.divide.concentration import (
    CORRECTIONS,
    ConcentrationCurve,
    Correction,
    concentration_curve,
    concentration_index,
)
from gongfu.measure.divide.gaps import Gap, gap_between, group_gaps, log_odds
from gongfu.measure.divide.lag import TimeLag, years_behind
from gongfu.measure.divide.table import DivideTable, divide

__all__ = [
    "CORRECTIONS",
    "ConcentrationCurve",
    "Correction",
    "DivideTable",
    "Gap",
    "TimeLag",
    "concentration_curve",
    "concentration_index",
    "divide",
    "gap_between",
    "group_gaps",
    "log_odds",
    "years_behind",
]

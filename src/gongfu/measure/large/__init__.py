"""Rows larger than memory: mergeable sums, the same numbers as in memory."""

from gongfu.measure.large.bins import BINS, BinSums, IncomeBins
from gongfu.measure.large.blocks import BLOCK
from gongfu.measure.large.partitions import (
    Plan,
    first_pass,
    last_pass,
    merge,
    second_pass,
    third_pass,
    values_and_errors,
)
from gongfu.measure.large.sketch import SketchedGini, gini_sketch

__all__ = [
    "BINS",
    "BLOCK",
    "BinSums",
    "IncomeBins",
    "Plan",
    "SketchedGini",
    "first_pass",
    "gini_sketch",
    "last_pass",
    "merge",
    "second_pass",
    "third_pass",
    "values_and_errors",
]

"""Rows larger than memory: mergeable sums, the same numbers as in memory."""

from gongfu.measure.large.bins import BINS, BinSums, IncomeBins
from gongfu.measure.large.sums import CompensatedSum

__all__ = ["BINS", "BinSums", "CompensatedSum", "IncomeBins"]

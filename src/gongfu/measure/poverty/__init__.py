"""Poverty under a line given or estimated, one dimension or many, with errors."""

from gongfu.measure.poverty.fgt import fgt, headcount, poverty_gap, severity
from gongfu.measure.poverty.line import PovertyLine, read_line
from gongfu.measure.poverty.sen import sen, sst
from gongfu.measure.poverty.watts import watts

__all__ = [
    "PovertyLine",
    "fgt",
    "headcount",
    "poverty_gap",
    "read_line",
    "sen",
    "severity",
    "sst",
    "watts",
]

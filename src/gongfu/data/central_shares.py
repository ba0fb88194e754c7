"""Which part of a measure, or of its financing, falls on the central budget."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

__all__ = ["CentralShare", "load_central_shares"]


@dataclass(frozen=True, slots=True)
class CentralShare:
    """Part of an amount that the central budget pays or receives; local budgets have the rest.

    Parameters
    ----------
    share : 0-1.
    evidence : ``law`` where a rule fixes it, else ``assumed``.
    source : the rule, or what the assumption rests on.
    """

    share: float
    evidence: Literal["law", "assumed"]
    source: str


@cache
def load_central_shares() -> Mapping[str, CentralShare]:
    """Return the central share of every lever the government pays, and of every closure."""
    text = (resources.files("gongfu.data") / "policy" / "central_shares.csv").read_text("utf-8")
    return MappingProxyType({row["name"]: _entry(row) for row in csv.DictReader(text.splitlines())})


def _entry(row: dict[str, str]) -> CentralShare:
    evidence: Literal["law", "assumed"] = "law" if row["evidence"] == "law" else "assumed"
    return CentralShare(float(row["central_share"]), evidence, row["source"])

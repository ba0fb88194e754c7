"""Poverty measures by the names people type: ``headcount``, ``gap``, ``fgt(1.5)``, ``sst`` ..."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from gongfu.core import Problem
from gongfu.core.errors import nearest_name
from gongfu.measure.named_measure import FROM_ZERO, INDEX, SHARE
from gongfu.measure.poverty.fgt import fgt_at
from gongfu.measure.poverty.line import AtLine, PovertyLine
from gongfu.measure.poverty.sen import sen_at, sst_at
from gongfu.measure.poverty.watts import watts_at
from gongfu.measure.sample import Sample

__all__ = ["DEFAULT_KINDS", "PovertyKind", "poverty_kind"]

DEFAULT_KINDS = ("headcount", "gap", "severity", "watts", "sen", "sst")


@dataclass(frozen=True, slots=True)
class PovertyKind:
    """A poverty measure before a line is drawn.

    Parameters
    ----------
    name : as typed.
    en, zh : label shown to people.
    unit : what the value is counted in.
    convention : the choices behind the number, but for the line.
    at : the measure as a function of rows and a line in currency.
    is_additive : true when that of everybody is the average of those of groups.
    """

    name: str
    en: str
    zh: str
    unit: str
    convention: str
    at: Callable[[Sample, float], AtLine]
    is_additive: bool = False

    def under(self, line: PovertyLine) -> str:
        """Return the name under a line, such as ``gap(12000)`` or ``fgt(3,60%median)``."""
        if self.name.endswith(")"):
            return f"{self.name[:-1]},{line.name})"
        return f"{self.name}({line.name})"


def poverty_kind(name: str) -> PovertyKind | Problem:
    """Return the poverty measure with a name, or what is wrong with the name."""
    text = name.strip().lower().replace(" ", "")
    if text in _PLAIN:
        return _PLAIN[text]
    match = re.fullmatch(r"fgt\((\d+(?:\.\d+)?)\)", text)
    if match is None:
        return Problem(
            f"no poverty measure {name!r}",
            expected=", ".join([*_PLAIN, "fgt(3)"]),
            fix=nearest_name(name, [*_PLAIN]),
        )
    alpha = float(match[1])
    if 0 < alpha < 1:
        return Problem(f"{name}: the aversion is 0, or 1 and above")
    return _fgt(f"fgt({alpha:g})", f"FGT({alpha:g})", f"FGT({alpha:g})指数", alpha)


_BELOW = "poor is who has less than the line"


def _fgt(name: str, en: str, zh: str, alpha: float) -> PovertyKind:
    words = f"mean of gap ratios to the power alpha (0 headcount, 1 gap, 2 severity); {_BELOW}"
    return PovertyKind(
        name, en, zh, INDEX if alpha else SHARE, words, partial(fgt_at, alpha=alpha), True
    )


_WATTS = f"mean of log(line / income) of the poor, the non-poor 0; {_BELOW}"
_SEN = f"H (I + (1 - I) G of the poor), without q/(q+1); {_BELOW}"
_SST = f"mean gap ratio (1 + Gini of gap ratios), all people; {_BELOW}"
_PLAIN = {
    "headcount": _fgt("headcount", "Headcount", "贫困发生率", 0),
    "gap": _fgt("gap", "Poverty gap", "贫困缺口率", 1),
    "severity": _fgt("severity", "Severity", "贫困强度(平方缺口)", 2),
    "watts": PovertyKind("watts", "Watts", "沃茨指数", FROM_ZERO, _WATTS, watts_at, True),
    "sen": PovertyKind("sen", "Sen", "森贫困指数", INDEX, _SEN, sen_at),
    "sst": PovertyKind("sst", "Sen-Shorrocks-Thon", "SST贫困指数", INDEX, _SST, sst_at),
}

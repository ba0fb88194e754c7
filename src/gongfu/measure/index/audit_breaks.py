"""Figures that do not mean the same from one year to the next, or from one vintage to another.

References
----------
[OECD 2008] OECD and JRC: Handbook on Constructing Composite Indicators, step 2: data are compared
only where they mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from gongfu.core import Panel
from gongfu.core.definition_break import DefinitionBreak
from gongfu.core.index_tree import Indicator
from gongfu.measure.index.build import BuiltIndex
from gongfu.measure.index.finding import Finding, Limits, Say

__all__ = ["check_breaks", "check_vintages"]

CITATION = "OECD and JRC 2008, Handbook on Constructing Composite Indicators, step 2"
FIX = Say(
    "查阅该年的统计口径说明；若口径变了，从该年重新开始、换一个指标，或只用比重。",
    "Read what the publisher says of that year; if the definition changed, start after it, take "
    "another indicator, or use shares only.",
)


def check_breaks(
    built: BuiltIndex, limits: Limits, breaks: Sequence[DefinitionBreak] = ()
) -> Finding:
    """Return whether an indicator changes its meaning within the years of the index.

    Parameters
    ----------
    breaks : those that publishers tell, by variable.

    Notes
    -----
    Besides the told ones, a jump that looks like one: the median change of the scores over units,
    in size, against its median over the other years, where nine units in ten move the same way. A
    real shock that reaches all units looks the same: the sentence says so.
    """
    told = list(_told(built, breaks))
    jump = max(_jumps(built), key=lambda one: one.ratio, default=None)
    if jump is None and not told:
        need = Say(
            "没有已知的口径中断；查跳变需要至少五个地区、相连的六年。",
            "No known break of definition; jumps show with five units and six years in a row.",
        )
        return Finding("definition-breaks", "not possible", need, {}, {}, need, CITATION)
    is_jump = jump is not None and jump.ratio > limits.jump
    evidence = {"breaks": float(len(told)), **{f"year.{i.name}": float(b.year) for i, b in told}}
    bounds = {"breaks": 0.0}
    if jump is not None:
        evidence["jump"] = jump.ratio
        bounds["jump"] = limits.jump
    return Finding(
        "definition-breaks",
        "found" if told or is_jump else "clean",
        _says(told, jump if is_jump else None),
        evidence,
        bounds,
        FIX,
        CITATION,
    )


def check_vintages(built: BuiltIndex, panel: Panel) -> Finding:
    """Return whether indicators come from different revisions of the national accounts.

    Parameters
    ----------
    panel : of the indicators; its entries say to which revision each belongs.

    Notes
    -----
    Within one indicator a mixture is refused before it is computed
    (:func:`gongfu.data.require_one_vintage`).
    """
    known = {
        one.name: panel.variables[one.name].vintage
        for one in built.tree.indicators
        if one.name in panel.variables and panel.variables[one.name].vintage
    }
    found = sorted(set(known.values()))
    names = ", ".join(found)
    if len(found) > 1:
        says = Say(
            f"指标来自 {len(found)} 个版本的核算数：{names}。",
            f"Indicators come from {len(found)} vintages of the accounts: {names}.",
        )
    elif found:
        says = Say(f"核算数都属于同一版本（{names}）。", f"One vintage of the accounts: {names}.")
    else:
        says = Say("没有指标标明核算版本。", "No indicator names a vintage of the accounts.")
    return Finding(
        "mixed-vintages",
        "found" if len(found) > 1 else "clean",
        says,
        {"vintages": float(len(found))},
        {"vintages": 1.0},
        Say(
            "改用同一版本的数；较旧版本只用比重，不用水平。",
            "Use figures of one vintage; of an older one take shares, not levels.",
        ),
        CITATION,
    )


@dataclass(frozen=True, slots=True)
class _Jump:
    indicator: Indicator
    year: int
    ratio: float


def _told(
    built: BuiltIndex, breaks: Sequence[DefinitionBreak]
) -> Iterator[tuple[Indicator, DefinitionBreak]]:
    first, last = built.years[0], built.years[-1]
    for one in built.tree.indicators:
        for each in breaks:
            if each.variable in (one.variable, one.per) and first < each.year <= last:
                yield one, each


def _jumps(built: BuiltIndex) -> Iterator[_Jump]:
    """Yield the largest common change of each indicator that has six years in a row."""
    if len(built.years) < 6 or (np.diff(built.years) != 1).any():
        return
    for j, one in enumerate(built.tree.indicators):
        change = np.diff(built.scores[..., j], axis=1)
        complete = change[~np.isnan(change).any(axis=1)]
        if len(complete) < 5:
            continue
        year, ratio = _largest(complete)
        yield _Jump(one, built.years[year + 1], ratio)


def _largest(change: Float[np.ndarray, "unit year"]) -> tuple[int, float]:
    """Return place and ratio of the largest median change; zero where units move both ways."""
    middle = np.median(change, axis=0)
    year = int(np.abs(middle).argmax())
    usual = float(np.median(np.abs(np.delete(middle, year))))
    same = float(np.mean(np.sign(change[:, year]) == np.sign(middle[year])))
    return year, abs(float(middle[year])) / usual if usual > 0 and same >= 0.9 else 0.0


def _says(told: Sequence[tuple[Indicator, DefinitionBreak]], jump: _Jump | None) -> Say:
    zh = [f"“{one.zh}”在 {each.year} 年口径有变：{each.zh}" for one, each in told]
    en = [f"{one.en} changes its meaning in {each.year}: {each.en}" for one, each in told]
    if jump is not None:
        zh.append(
            f"“{jump.indicator.zh}”{jump.year} 年各地同向变动，幅度为平常年份的 {jump.ratio:.1f} "
            "倍，像是口径中断；也可能是真实的共同冲击，需核对。"
        )
        en.append(
            f"{jump.indicator.en} moves everywhere in {jump.year}, {jump.ratio:.1f} times as far "
            "as in other years: it looks like a break of definition; a real common shock would "
            "look the same."
        )
    if not zh:
        return Say(
            "期内没有已知的口径中断，也没有像口径中断的跳变。",
            "No known break of definition within the years, and no jump that looks like one.",
        )
    return Say("".join(zh), " ".join(en))

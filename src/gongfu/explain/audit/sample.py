"""Columns that compare different rows, and variables that stand on both sides.

References
----------
[Gelbach 2016] When do covariates matter? Journal of Labor Economics 34(2), 509-543.
[Kronmal 1993] Spurious correlation and the fallacy of the ratio standard revisited. JRSS A 156(3).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

import numpy as np
from jaxtyping import Bool

from gongfu.measure.index.finding import Finding, Say

__all__ = ["check_roles", "check_sample"]


def check_sample(columns: Mapping[str, Bool[np.ndarray, " row"]]) -> Finding:
    """Return whether the columns of a table use different rows.

    Parameters
    ----------
    columns : of each column, which rows of the study it uses.
    """
    used = np.stack(list(columns.values()))
    common, any_row = int(used.all(axis=0).sum()), int(used.any(axis=0).sum())
    counts = {f"rows {name}": float(mask.sum()) for name, mask in columns.items()}
    return Finding(
        "sample-changes",
        "found" if common < any_row else "clean",
        Say(
            f"各列共有 {common} 行，至少一列用到的有 {any_row} 行。",
            f"All columns share {common} rows; {any_row} are used by at least one.",
        ),
        {**counts, "common_rows": float(common), "rows_of_any_column": float(any_row)},
        {"rows_of_any_column": float(common)},
        Say("所有列都用共有的行重估一遍。", "Estimate all columns once more on the common rows."),
        "Gelbach 2016, Journal of Labor Economics 34(2): compare columns on one sample",
    )


def check_roles(roles: Mapping[str, Collection[str]]) -> Finding:
    """Return whether a source variable enters a study in more than one role.

    Parameters
    ----------
    roles : source variables of the dependent, the regressor, the mediator, the controls.
    """
    pairs = {
        f"{one} & {other}": sorted(set(roles[one]) & set(roles[other]))
        for one, other in combinations(roles, 2)
    }
    shared = {pair: names for pair, names in pairs.items() if names}
    text = "; ".join(f"{pair}: {', '.join(names)}" for pair, names in shared.items())
    return Finding(
        "shared-variables",
        "found" if shared else "clean",
        Say(
            f"同一变量出现在两处：{text}。" if shared else "没有变量同时出现在两处。",
            f"One variable in two roles: {text}." if shared else "No variable has two roles.",
        ),
        {pair: float(len(names)) for pair, names in pairs.items()},
        dict.fromkeys(pairs, 0.0),
        Say("从一侧删去后重估。", "Leave it out of one side and estimate again."),
        "Kronmal 1993, JRSS A 156(3): a common component makes correlation out of nothing",
    )

"""What an audit says about the indices of a study, check by check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from gongfu.data.breaks import load_breaks
from gongfu.measure.index.audit import audit
from gongfu.measure.index.coupling import check_coupling
from gongfu.measure.index.finding import Finding
from gongfu.study.indices import StudyIndex

__all__ = ["audit_rows"]


def audit_rows(indices: Sequence[StudyIndex]) -> Iterator[dict[str, Any]]:
    """Yield every check of every index, then whether two of them couple for a reason."""
    for i, one in enumerate(indices):
        later = [other.tree for other in indices[i + 1 :]]
        found = audit(
            one.built,
            one.panel,
            population=one.figures,
            against=later,
            breaks=load_breaks() if one.is_embedded else (),
        )
        for finding in found:
            yield _row(one.tree.name, "", finding)
    for one, other in combinations(indices, 2):
        coupled = _check_pair(one, other)
        if coupled is not None:
            yield _row(one.tree.name, other.tree.name, coupled)


def _check_pair(one: StudyIndex, other: StudyIndex) -> Finding | None:
    years = sorted(set(one.built.years) & set(other.built.years))
    units = [unit for unit in one.built.units if unit in other.built.units]
    if not years or not units:
        return None
    columns = [
        each.built.index[[each.built.units.index(unit) for unit in units], each.built.at(years[-1])]
        for each in (one, other)
    ]
    return check_coupling(np.stack(columns, axis=1))


def _row(index: str, other: str, finding: Finding) -> dict[str, Any]:
    return {
        "index": index,
        "other": other,
        "check": finding.check,
        "outcome": finding.outcome,
        "says_zh": finding.says.zh,
        "says_en": finding.says.en,
        "evidence": _listed(finding.evidence),
        "limits": _listed(finding.limits),
        "fix_zh": finding.fix.zh,
        "fix_en": finding.fix.en,
        "citation": finding.citation,
    }


def _listed(numbers: Mapping[str, float]) -> str:
    """Return numbers as a reader finds them in the audit's documentation."""
    return "; ".join(f"{name} {value:.3g}" for name, value in numbers.items())

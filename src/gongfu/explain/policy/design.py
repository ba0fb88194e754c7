"""Who adopted a policy and when, as somebody declares it; a date is never invented.

References
----------
[Conley-Taber 2011] Inference with difference in differences with a small number of policy changes.
Review of Economics and Statistics 93(1).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int

from gongfu.core import Evidence, InputError, Problem
from gongfu.core.errors import nearest_name
from gongfu.explain.panel_data import PanelData
from gongfu.measure.index.finding import Say

__all__ = ["FEW_TREATED", "POLICY", "NotPossible", "PolicyDesign", "policy_design"]

POLICY = "policy"
"""Name of the coefficient of a design with a single effect."""

FEW_TREATED = 6
"""With fewer units on either side, errors that rest on many are too small [Conley-Taber 2011]."""

_NEEDS_DATE = Say(
    "政策实施的地区与年份及其出处（由使用者声明，不由程序推断）",
    "the units that adopted a policy, the year of each and its source, declared by the user",
)
_NEEDS_TREATED = Say(
    "在样本期内、有实施前年份的处理地区", "a unit that adopts after the first time"
)
_NEEDS_CONTROL = Say(
    "从未实施或更晚实施的对照地区", "a unit that never adopts, or adopts later, to compare with"
)


@dataclass(frozen=True, slots=True)
class NotPossible:
    """A step that the data cannot support, and what it would need."""

    step: str
    needs: Say

    def __str__(self) -> str:
        return f"not possible here: needs {self.needs.en}"


@dataclass(frozen=True, slots=True, eq=False)
class PolicyDesign:
    """A panel with declared dates of adoption; once on, a policy stays on.

    Parameters
    ----------
    data : outcome as the dependent, covariates as the regressors.
    starts : position in ``data.times`` of each entity's first treated time; their number if none.
    source : who sets the dates, such as the title of the document; may be empty.
    evidence : causal if a source was declared, else associational.
    warnings : rows left out, few treated or few other units.
    """

    data: PanelData
    starts: Int[np.ndarray, " entity"]
    source: str
    evidence: Evidence
    warnings: tuple[str, ...] = ()

    @property
    def never(self) -> int:
        """Start of units that do not adopt within the panel: its number of times."""
        return len(self.data.times)

    @property
    def cohorts(self) -> tuple[int, ...]:
        """Starts that occur, in order, without units that never adopt."""
        return tuple(int(start) for start in np.unique(self.starts) if start < self.never)

    @property
    def has_never(self) -> bool:
        """Whether some unit does not adopt within the panel."""
        return bool((self.starts == self.never).any())

    @property
    def treated(self) -> Float[np.ndarray, " row"]:
        """1 in rows at or after the start of their entity, else 0."""
        return np.asarray(self.data.time >= self.starts[self.data.entity], dtype=np.float64)

    @property
    def relative(self) -> Int[np.ndarray, " row"]:
        """Times since the start of each row's entity; meaningless where it never adopts."""
        return np.asarray(self.data.time - self.starts[self.data.entity])

    @property
    def adopts(self) -> Bool[np.ndarray, " row"]:
        """Whether the entity of a row adopts within the panel."""
        return np.asarray(self.starts[self.data.entity] < self.never)

    def regression_panel(self) -> PanelData:
        """Return the panel with the policy dummy, called ``policy``, before the covariates.

        What ``two_way_did`` estimates; ``wild_cluster_test(design.regression_panel(), "policy",
        seed=...)`` gives its bootstrap p-value.
        """
        columns = np.column_stack([self.treated, self.data.regressors])
        return replace(self.data, regressors=columns, names=(POLICY, *self.data.names))

    def outcome(self) -> Float[np.ndarray, "entity time"]:
        """Return the outcome of a panel without holes."""
        return self.data.cube(self.data.dependent)


def policy_design(
    data: PanelData, dates: Mapping[Any, Any] | None, *, source: str = ""
) -> PolicyDesign | NotPossible:
    """Return the design, or what is missing for one.

    Parameters
    ----------
    dates : first treated time of each entity that adopts; entities left out never do.
    source : document that sets the dates. Without it estimates are associational.

    Raises
    ------
    InputError
        If a date belongs to an entity that the panel does not have, or is none.

    Notes
    -----
    A date between two times of the panel starts at the later one; a date after the last time is
    not reached. Entities treated at their first time have no before and are left out, aloud.
    """
    if not dates:
        return NotPossible("policy evaluation", _NEEDS_DATE)
    problems = [*_date_problems(data, dates)]
    if problems:
        raise InputError(problems)
    starts = np.full(len(data.entities), len(data.times))
    position = {label: i for i, label in enumerate(data.entities.tolist())}
    for label, date in dates.items():
        starts[position[label]] = np.searchsorted(data.times, date)
    kept, warnings = _without_always_treated(data, starts)
    starts = starts[np.isin(data.entities, kept.entities)]
    missing = _missing(kept, starts)
    if missing:
        return NotPossible("policy evaluation", missing)
    evidence = Evidence.CAUSAL if source.strip() else Evidence.ASSOCIATIONAL
    return PolicyDesign(kept, starts, source, evidence, (*warnings, *_few(kept, starts, source)))


def _date_problems(data: PanelData, dates: Mapping[Any, Any]) -> Iterable[Problem]:
    if POLICY in data.names:
        yield Problem(f"a covariate is called {POLICY!r}, as the effect is", fix="Rename it.")
    labels = data.entities.tolist()
    for label, date in dates.items():
        if label not in labels:
            fix = nearest_name(str(label), [str(one) for one in labels])
            yield Problem(f"the panel has no entity {label!r}", fix=fix)
        if not _is_date(date, data.times):
            yield Problem(
                f"no date for {label!r}",
                expected=f"its first treated time, such as {data.times[-1]}",
                found=repr(date),
                fix="Leave entities out that never adopt.",
            )


def _is_date(date: object, times: np.ndarray) -> bool:
    """Whether a date can be put in order with the times of the panel."""
    if date is None or (isinstance(date, float | np.floating) and math.isnan(date)):
        return False
    kind = np.asarray(date).dtype.kind
    return kind in "iuf" if times.dtype.kind in "iuf" else kind == times.dtype.kind


def _without_always_treated(
    data: PanelData, starts: np.ndarray
) -> tuple[PanelData, tuple[str, ...]]:
    first = np.full(len(data.entities), len(data.times))
    np.minimum.at(first, data.entity, data.time)
    always = starts <= first
    if not always.any():
        return data, ()
    names = ", ".join(str(label) for label in data.entities[always])
    rows = ~always[data.entity]
    if not rows.any():
        return data, ()
    kept = PanelData.from_arrays(
        data.dependent[rows],
        data.regressors[rows],
        entity=data.entities[data.entity[rows]],
        time=data.times[data.time[rows]],
        names=data.names,
        dependent_name=data.dependent_name,
    )
    if len(kept.times) < len(data.times):
        raise InputError("leaving out units treated from the start leaves times without rows")
    return kept, (f"Left out, treated from their first time on: {names}.",)


def _missing(data: PanelData, starts: np.ndarray) -> Say | None:
    inside = (starts > 0) & (starts < len(data.times))
    if not inside.any():
        return _NEEDS_TREATED
    return _NEEDS_CONTROL if len(np.unique(starts)) < 2 else None


def _few(data: PanelData, starts: np.ndarray, source: str) -> Iterable[str]:
    treated = int((starts < len(data.times)).sum())
    others = len(starts) - treated
    if treated < FEW_TREATED or 0 < others < FEW_TREATED:
        yield (
            f"{treated} units adopt and {others} never do: with fewer than {FEW_TREATED} on a side "
            "clustered errors are too small; see the placebo of synthetic_did."
        )
    if not source.strip():
        yield "No source was declared for the policy dates: read the estimates as associations."

"""Everything a referee would ask about an index, with evidence, threshold, citation and fix."""

from __future__ import annotations

from collections.abc import Sequence

from gongfu.core import Panel
from gongfu.core.definition_break import DefinitionBreak
from gongfu.core.index_tree import IndexTree
from gongfu.measure.index.audit_breaks import check_breaks, check_vintages
from gongfu.measure.index.audit_entropy import check_entropy_constant
from gongfu.measure.index.audit_history import check_bounds, check_revision
from gongfu.measure.index.audit_overlap import check_overlap
from gongfu.measure.index.audit_penalty import check_penalty
from gongfu.measure.index.audit_size import check_size
from gongfu.measure.index.audit_weights import (
    check_effective_weights,
    check_inequality_weight,
    check_noise,
)
from gongfu.measure.index.build import BuiltIndex
from gongfu.measure.index.finding import Finding, Limits

__all__ = ["audit"]


def audit(
    built: BuiltIndex,
    panel: Panel,
    *,
    population: Panel | None = None,
    against: Sequence[IndexTree] = (),
    breaks: Sequence[DefinitionBreak] = (),
    limits: Limits | None = None,
) -> tuple[Finding, ...]:
    """Return every check of an index, found or clean, in a fixed order.

    Parameters
    ----------
    panel : of the indicators the index was built from.
    population : a panel with the variable ``population``, for the check of size.
    against : other indices it will be related to, for the check of shared figures.
    breaks : of definition, told by publishers (``gongfu.data.breaks.load_breaks``).
    limits : thresholds.
    """
    bars = limits or Limits()
    weights = built.global_weights()
    return (
        check_size(built, panel, bars, population),
        check_inequality_weight(built, bars),
        check_effective_weights(built, bars),
        check_noise(built, bars),
        check_entropy_constant(built, bars),
        check_revision(built, panel, bars),
        check_vintages(built, panel),
        check_breaks(built, bars, breaks),
        check_bounds(built, bars),
        check_penalty(built),
        *(check_overlap(built.tree, other, weights) for other in against),
    )

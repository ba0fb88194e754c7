"""The choices behind an index, so that it can be built again another way."""

from __future__ import annotations

from dataclasses import dataclass

from gongfu.core.index_tree import Aggregation, IndexTree, Normalisation, Weighting
from gongfu.measure.index.impute import Imputation
from gongfu.measure.index.treat import Treatment

__all__ = ["Choices", "stated_choices"]


@dataclass(frozen=True, slots=True)
class Choices:
    """One way to put a tree together.

    Parameters
    ----------
    normalisation, weighting, aggregation : see ``normalise``, ``weigh`` and ``aggregate``.
    imputation, treatment : see ``impute`` and ``treat``; ``none`` leaves the figures alone.
    """

    normalisation: Normalisation = "bounds"
    weighting: Weighting = "equal"
    aggregation: Aggregation = "mazziotta-pareto-"
    imputation: Imputation = "none"
    treatment: Treatment = "none"

    @property
    def keeps_history(self) -> bool:
        """Whether a further year leaves the index of past years as it is."""
        return (
            self.normalisation == "bounds"
            and self.weighting in {"equal", "expert"}
            and self.aggregation not in {"vikor", "promethee", "benefit-of-doubt"}
            and self.imputation != "interpolate"
            and self.treatment == "none"
        )

    def __str__(self) -> str:
        words = [self.normalisation, f"{self.weighting} weights", self.aggregation]
        words += [f"gaps: {self.imputation}"] if self.imputation != "none" else []
        words += [f"outliers: {self.treatment}"] if self.treatment != "none" else []
        return ", ".join(words)


def stated_choices(tree: IndexTree) -> Choices:
    """Return the choices a tree states."""
    return Choices(tree.normalisation, tree.weighting, tree.aggregation)

"""The one table of the base year: what is published, what is reproduced, and what gives way."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import polars as pl

from gongfu.core import Evidence
from gongfu.economy.base_year.build import BaseYear
from gongfu.economy.base_year.published_targets import published_targets
from gongfu.economy.base_year.reproduced_targets import reproduced_targets

__all__ = ["How", "Target", "base_year_targets", "target_frame"]


class How(StrEnum):
    """How a number of the table came about."""

    BY_CONSTRUCTION = "by construction"
    """Hit exactly, or as exactly as single records allow."""
    FITTED = "fitted"
    """Chosen to come near several figures at once."""
    LEFT_OVER = "left over"
    """Not aimed at: it follows from the rest, so the difference is a finding."""
    NAMED_OBJECT = "named object"
    """A quantity of its own that stands between two sources; nothing else hides there."""
    NOT_PUBLISHED = "not published"
    """No figure of this year to compare with."""


_EVIDENCE: Mapping[How, Evidence] = {
    How.BY_CONSTRUCTION: Evidence.CALIBRATED,
    How.FITTED: Evidence.CALIBRATED,
    How.LEFT_OVER: Evidence.SIMULATED,
    How.NAMED_OBJECT: Evidence.CALIBRATED,
    How.NOT_PUBLISHED: Evidence.SIMULATED,
}


@dataclass(frozen=True, slots=True)
class Target:
    """One row of the table.

    Parameters
    ----------
    name : stable spelling.
    zh, en : label.
    unit : of both values; money at current prices of the year.
    year : of both values.
    published : the figure, or None where there is none.
    reproduced : what the base year has.
    how : see :class:`How`.
    gives_way_zh, gives_way_en : which figure is not met where sources contradict each other.
    """

    name: str
    zh: str
    en: str
    unit: str
    year: int
    published: float | None
    reproduced: float
    how: How
    gives_way_zh: str
    gives_way_en: str

    @property
    def difference(self) -> float | None:
        """Reproduced less published: relative, or absolute for shares, ratios and residuals."""
        if self.published is None:
            return None
        gap = self.reproduced - self.published
        return gap / self.published if self.is_relative else gap

    @property
    def is_relative(self) -> bool:
        """Whether the difference is relative."""
        return self.unit in ("100m yuan", "10k persons", "yuan per person")

    @property
    def evidence(self) -> Evidence:
        """What kind of number the reproduced one is; the published one is observed."""
        return _EVIDENCE[self.how]


def base_year_targets(base: BaseYear) -> tuple[Target, ...]:
    """Return the rows of the table for a base year."""
    published, reproduced = published_targets(base), reproduced_targets(base)
    return tuple(
        _target(text, base.year, published.get(text["name"]), reproduced[text["name"]])
        for text in _texts()
    )


def target_frame(targets: Sequence[Target], *, language: str = "en") -> pl.DataFrame:
    """Return the table with one row a target, labels and remarks in ``zh`` or ``en``.

    Columns: target, year, unit, price_base, published, reproduced, difference, difference_kind,
    how, evidence, gives_way.
    """
    return pl.DataFrame(list(_rows(targets, language)), infer_schema_length=None)


def _rows(targets: Iterable[Target], language: str) -> Iterable[dict[str, object]]:
    for target in targets:
        is_zh = language == "zh"
        yield {
            "target": target.zh if is_zh else target.en,
            "year": target.year,
            "unit": target.unit,
            "price_base": f"{target.year} prices" if "yuan" in target.unit else "",
            "published": target.published,
            "reproduced": target.reproduced,
            "difference": target.difference,
            "difference_kind": "relative" if target.is_relative else "absolute",
            "how": target.how.value,
            "evidence": target.evidence.value,
            "gives_way": target.gives_way_zh if is_zh else target.gives_way_en,
        }


def _target(
    text: Mapping[str, str], year: int, published: float | None, reproduced: float
) -> Target:
    how = How(text["how"])
    if published is None and how is not How.NAMED_OBJECT:
        how = How.NOT_PUBLISHED
    return Target(
        name=text["name"],
        zh=text["zh"],
        en=text["en"],
        unit=text["unit"],
        year=year,
        published=published,
        reproduced=reproduced,
        how=how,
        gives_way_zh=text["gives_way_zh"],
        gives_way_en=text["gives_way_en"],
    )


@cache
def _texts() -> tuple[Mapping[str, str], ...]:
    content = files("gongfu.economy.base_year").joinpath("targets.csv").read_bytes()
    table = pl.read_csv(io.BytesIO(content), infer_schema=False).fill_null("")
    return tuple(table.iter_rows(named=True))

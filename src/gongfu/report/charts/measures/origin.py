"""Where the numbers of a single measure come from, as its figure prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gongfu import __version__
from gongfu.core import Evidence, Uncertainty
from gongfu.report.catalogue import text
from gongfu.report.chart import Chart
from gongfu.report.words import evidence_text, uncertainty_text

__all__ = ["Origin", "measure_chart"]

_DESIGN = re.compile(r"(\d+) strata, (\d+) ")
_SAMPLE = re.compile(r"simple random sample of (\d+) rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a figure says of its data.

    Parameters
    ----------
    file : name of the file that was measured, or of an embedded table.
    design : how the rows were sampled, in words, or nothing.
    """

    file: str
    evidence: Evidence
    uncertainty: Uncertainty
    design: str = ""


def measure_chart(origin: Origin, language: str, **fields: Any) -> Chart:
    """Return a chart with source, evidence, uncertainty and version of a single measure."""
    design = _design_text(origin.design, language)
    source = f"{origin.file} ({design})" if design else origin.file
    return Chart(
        language=language,
        source=text("footer.source", language, source=source),
        evidence=origin.evidence,
        evidence_text=text(
            "footer.evidence", language, evidence=evidence_text(origin.evidence, language)
        ),
        uncertainty=origin.uncertainty,
        uncertainty_text=uncertainty_text(origin.uncertainty, language),
        version_line=text("footer.measure", language, version=__version__, file=origin.file),
        **fields,
    )


def _design_text(words: str, language: str) -> str:
    """Return how rows were sampled in the language; words of another form stay as they are."""
    if found := _DESIGN.match(words):
        return text("footer.design", language, strata=found[1], units=found[2])
    if found := _SAMPLE.match(words):
        return text("footer.sample", language, units=found[1])
    return words

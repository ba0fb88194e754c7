"""What the questions of a study found: models, estimates, sentences, audits, curves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl

from gongfu.core import Evidence, Uncertainty
from gongfu.explain.chain.frames import estimates_frame, models_frame, numbers_frame
from gongfu.report.document import ResultTable, Words
from gongfu.study.explain import Asked
from gongfu.study.findings.describe import NBS, describe

__all__ = ["explain_frames", "explain_tables"]

_OWN = Words("用户数据", "The user's own figures")
_NOTE = Words(
    "关联，不是因果。标准误把地区看作抽自一个总体的样本；地区就是全部时，它只说明结果对偶然波动的敏感程度。",
    "Associations, not causes. Errors treat the regions as draws from a population; where they are "
    "all there are, errors only say how far chance shocks could have moved the result.",
)
_CURVES = {
    "columns": "explain_columns",
    "correlations": "explain_correlations",
    "paths": "explain_paths",
    "events": "explain_events",
    "quantiles": "explain_quantiles",
    "ratio": "explain_ratio",
    "tests": "explain_tests",
    "dependence": "explain_dependence",
    "specifications": "explain_curve",
}


def explain_tables(asked: Sequence[Asked]) -> Iterator[ResultTable | None]:
    """Yield the tables of all questions of a study; their names start with ``explain_``."""
    if not asked:
        return
    told = _told(asked)
    for name, frame in explain_frames(asked).items():
        yield describe(name, frame, **told)


def explain_frames(asked: Sequence[Asked]) -> dict[str, pl.DataFrame]:
    """Return the same as plain frames by name; a table without rows is left out."""
    found = {
        "explain_questions": pl.DataFrame([_question(one) for one in asked]),
        "explain_says": pl.DataFrame([row for one in asked for row in _says(one)]),
        **_model_frames(asked),
    }
    for curve, name in _CURVES.items():
        frames = [*_curve(asked, curve)]
        if frames:
            found[name] = pl.concat(frames, how="diagonal")
    found["explain_findings"] = pl.DataFrame([row for one in asked for row in _findings(one)])
    return {name: frame for name, frame in found.items() if not frame.is_empty()}


def _told(asked: Sequence[Asked]) -> dict[str, Any]:
    is_simulated = any(one.study.sample.evidence is Evidence.SIMULATED for one in asked)
    is_published = all(one.is_embedded for one in asked)
    return {
        "evidence": Evidence.SIMULATED if is_simulated else Evidence.ASSOCIATIONAL,
        "uncertainty": Uncertainty.NOT_PUBLISHED if is_published else Uncertainty.SAMPLING,
        "source": NBS if is_published else _OWN,
        "note": _NOTE,
    }


def _question(asked: Asked) -> dict[str, Any]:
    sample = asked.study.sample
    question = sample.question
    return {
        "question": asked.name,
        "title_zh": asked.title.zh,
        "title_en": asked.title.en,
        "outcome": question.outcome,
        "outcome_zh": question.label(question.outcome, "zh"),
        "outcome_en": question.label(question.outcome, "en"),
        "treatment": question.treatment,
        "treatment_zh": question.label(question.treatment, "zh"),
        "treatment_en": question.label(question.treatment, "en"),
        "threshold_zh": question.label(question.threshold or "", "zh"),
        "threshold_en": question.label(question.threshold or "", "en"),
        "rows": len(sample.time),
        "units": len(np.unique(sample.entity)),
        "start": int(sample.time.min()),
        "end": int(sample.time.max()),
    }


def _says(asked: Asked) -> Iterator[dict[str, Any]]:
    for step in asked.study.steps:
        sentences = step.says if step.needs is None else (step.needs,)
        for position, say in enumerate(sentences, start=1):
            yield {
                "question": asked.name,
                "step": step.name,
                "position": position,
                "is_possible": step.needs is None,
                "says_zh": say.zh,
                "says_en": say.en,
            }


def _model_frames(asked: Sequence[Asked]) -> dict[str, pl.DataFrame]:
    def of_all(make: Callable[[Asked], pl.DataFrame]) -> pl.DataFrame:
        return pl.concat(_tagged(one, make(one)) for one in asked)

    return {
        "explain_models": of_all(lambda o: models_frame(o.study.sample.question, o.study.steps)),
        "explain_estimates": of_all(
            lambda o: estimates_frame(o.study.sample.question, o.study.steps)
        ),
        "explain_numbers": of_all(lambda o: numbers_frame(o.study.steps)),
    }


def _curve(asked: Sequence[Asked], curve: str) -> Iterator[pl.DataFrame]:
    for one in asked:
        for step in one.study.steps:
            if curve in step.curves:
                yield _tagged(one, step.curves[curve])


def _tagged(asked: Asked, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.lit(asked.name).alias("question"), pl.all())


def _findings(asked: Asked) -> Iterator[dict[str, Any]]:
    audit = next((step for step in asked.study.steps if step.name == "audit"), None)
    for finding in audit.findings if audit else ():
        yield {
            "question": asked.name,
            "check": finding.check,
            "outcome": finding.outcome,
            "says_zh": finding.says.zh,
            "says_en": finding.says.en,
            "evidence_numbers": _listed(finding.evidence),
            "limits": _listed(finding.limits),
            "fix_zh": finding.fix.zh,
            "fix_en": finding.fix.en,
            "citation": finding.citation,
        }


def _listed(numbers: Any) -> str:
    return "; ".join(f"{name} = {value:.4g}" for name, value in numbers.items())

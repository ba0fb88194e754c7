"""Error conventions in the reader's language."""

from __future__ import annotations

import math
import re

from gongfu.report.catalogue import has_text, text

__all__ = ["convention_text"]

_DIMENSIONS = re.compile(r"clustered by (.+)")
_PATTERNS = (
    (re.compile(r"iid"), "iid"),
    (re.compile(r"robust HC1"), "hc1"),
    (re.compile(r"iid after quasi-demeaning"), "random"),
    (re.compile(r"Driscoll-Kraay, (?P<lags>\d+) lags"), "driscoll_kraay"),
    (re.compile(r"Conley, (?P<kernel>\w+) to (?P<cutoff>[^,]+), (?P<lags>\d+) lags"), "conley"),
    (re.compile(r"expected information, normal iid errors"), "information"),
    (re.compile(r"delta method on expected information"), "delta"),
    (re.compile(r"delta method on clustered by entity"), "delta_cluster"),
    (re.compile(r"robust to any pattern within entities"), "within"),
    (re.compile(r"robust to any pattern within entities, Windmeijer-corrected"), "windmeijer"),
    (re.compile(r"influence values of units, clustered by entity"), "influence"),
    (re.compile(r"conservative, clustered by entity"), "conservative"),
    (re.compile(r"bootstrap of entities, (?P<draws>\d+) draws"), "bootstrap"),
)


def convention_text(errors: str, rule: str, dof: float, language: str) -> str:
    """Return how errors were computed, with the small-sample rule and the law.

    Parameters
    ----------
    errors : words of the estimator; what the catalogue does not know stays as it is.
    rule : formula of the small-sample factor; ``1``, no correction, is not named.
    dof : degrees of freedom of t; infinite means normal.
    """
    law = "normal" if not math.isfinite(dof) else "t"
    parts = [_errors(errors, language)]
    if rule != "1":
        parts.append(text("regression.errors.factor", language, rule=rule))
    parts.append(text(f"regression.errors.law_{law}", language, dof=f"{dof:g}"))
    return text("regression.errors.separator", language).join(parts)


def _errors(errors: str, language: str) -> str:
    clustered = _DIMENSIONS.fullmatch(errors)
    if clustered:
        names = [_dimension(name, language) for name in clustered[1].split(" and ")]
        joined = text("regression.errors.and", language).join(names)
        return text("regression.errors.cluster", language, names=joined)
    for pattern, key in _PATTERNS:
        found = pattern.fullmatch(errors)
        if found:
            return text(f"regression.errors.{key}", language, **found.groupdict())
    return errors


def _dimension(name: str, language: str) -> str:
    key = f"regression.errors.by_{name}"
    return text(key, language) if has_text(key, language) else name

"""The same study for R and for Stata, so that a referee can run it again.

Both read ``panel.csv``, whose short column names stand for the formulas of the study.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import polars as pl

from gongfu.explain.chain.question import Question
from gongfu.explain.chain.sample import Sample
from gongfu.explain.chain.step import Model, Step

__all__ = ["do_file", "panel_frame", "r_script", "short_names", "weights_frame"]


def short_names(question: Question) -> dict[str, str]:
    """Return a name that R and Stata take for every formula: y, x, c1, m1, q, z1."""
    names = {question.outcome: "y", question.treatment: "x"}
    for letter, formulas in (
        ("c", question.controls),
        ("m", question.mediators),
        ("q", (question.threshold,) if question.threshold else ()),
        ("z", question.instruments),
    ):
        for number, formula in enumerate(formulas, start=1):
            names.setdefault(formula, f"{letter}{number}" if letter != "q" else "q")
    return names


def panel_frame(sample: Sample) -> pl.DataFrame:
    """Return the rows of the study under the short names, for ``panel.csv``."""
    names = short_names(sample.question)
    columns = {short: sample.columns[formula] for formula, short in names.items()}
    region = {} if sample.region is None else {"region": sample.region.tolist()}
    cells = {"unit": sample.entity.tolist(), "year": sample.time, **region, **columns}
    frame = pl.DataFrame(cells)
    return frame.with_columns(pl.col(pl.Float64).fill_nan(None))


def r_script(sample: Sample, steps: Sequence[Step]) -> str:
    """Return an R script of the steps that R's plm covers; it writes ``results_r.csv``.

    Baseline, channel and threshold (at the thresholds found, as known) are run; the spatial step
    is written out for splm and left as a comment.
    """
    names = short_names(sample.question)
    lines = [*_r_head(names)]
    for step in steps:
        lines += [*_r_step(step, sample.question, names)]
    return "\n".join([*lines, *_R_TAIL, *_r_space(sample, names)]) + "\n"


def do_file(sample: Sample, steps: Sequence[Step]) -> str:
    """Return a Stata do-file of the study. It was not executed, and says so."""
    names = short_names(sample.question)
    lines = [*_stata_head(names)]
    for step in steps:
        lines += [*_stata_step(step, sample, names)]
    return "\n".join(lines) + "\n"


def _legend(names: dict[str, str], mark: str) -> Iterator[str]:
    for formula, short in names.items():
        yield f"{mark} {short} = {formula}"


def _r_head(names: dict[str, str]) -> Iterator[str]:
    yield "# Needs: plm. Run where panel.csv lies; writes results_r.csv."
    yield from _legend(names, "#")
    yield "library(plm)"
    yield 'd <- read.csv("panel.csv", fileEncoding = "UTF-8-BOM")'
    yield 'd <- pdata.frame(d, index = c("unit", "year"))'
    yield "results <- data.frame()"
    yield "# errors clustered by unit; the factor is that of the study's table"
    yield "keep <- function(step, model, fit, factor) {"
    yield '  v <- vcovHC(fit, method = "arellano", type = "HC0", cluster = "group") * factor'
    yield "  results <<- rbind(results, data.frame(step = step, model = model,"
    yield "    name = names(coef(fit)), estimate = coef(fit), standard_error = sqrt(diag(v))))"
    yield "}"


_R_TAIL = ('write.csv(results, "results_r.csv", row.names = FALSE)', "print(results)")


def _r_step(step: Step, question: Question, names: dict[str, str]) -> Iterator[str]:
    if step.name not in ("baseline", "channel", "threshold"):
        return
    yield f"\n# {step.name}"
    for model in step.models:
        if step.name == "threshold":
            yield from _r_regimes(model, names[question.threshold or ""])
        yield _r_left_out(model, names) if _is_stricter(model) else _r_model(step, model, names)


def _r_model(step: Step, model: Model, names: dict[str, str]) -> str:
    right = " + ".join(_r_terms(model, names))
    factor = model.result.convention.factor
    return (
        f'keep("{step.name}", "{model.key}", plm({names[model.dependent]} ~ {right}, '
        f"data = d, {_r_kind(model)}), {factor!r})"
    )


def _is_stricter(model: Model) -> bool:
    """Whether a model holds trends or region-by-year effects, which plm does not take out."""
    return bool({"trends", "region_year"} & set(model.marks))


def _r_left_out(model: Model, names: dict[str, str]) -> str:
    effects = "unit[year] + year" if "trends" in model.marks else "unit + region^year"
    right = " + ".join(_r_terms(model, names))
    return (
        f"# {model.key}: needs fixest; not executed by the makers of this script\n"
        f"# fixest::feols({names[model.dependent]} ~ {right} | {effects}, d, cluster = ~unit)"
    )


def _r_kind(model: Model) -> str:
    if "time" in model.marks:
        return 'effect = "twoways", model = "within"'
    return 'effect = "individual", model = "within"' if model.marks else 'model = "pooling"'


def _r_terms(model: Model, names: dict[str, str]) -> list[str]:
    terms = []
    for name in model.result.names:
        base, _, regime = name.partition(" | regime ")
        if base == "(intercept)":
            continue
        terms.append(f"{names[base]}_r{regime}" if regime else names[base])
    return terms


def _r_regimes(model: Model, variable: str) -> Iterator[str]:
    """Yield columns of the regressor in each regime, the thresholds as known."""
    cuts = [model.numbers[name] for name in _cuts(model)]
    bounds = ["-Inf", *(repr(value) for value in cuts), "Inf"]
    for number, (low, high) in enumerate(pairwise(bounds), start=1):
        yield f"d$x_r{number} <- d$x * (d${variable} > {low} & d${variable} <= {high})"


def _cuts(model: Model) -> list[str]:
    return [name for name in model.numbers if name.removeprefix("threshold_").isdigit()]


def _r_space(sample: Sample, names: dict[str, str]) -> Iterator[str]:
    if not sample.question.weights:
        return
    controls = [names[name] for name in sample.core]
    yield "\n# space: needs splm and spdep; not executed by the makers of this script"
    for name in sample.question.weights:
        yield f'# W <- spdep::mat2listw(as.matrix(read.csv("weights_{name}.csv", row.names = 1)))'
        lags = " + ".join(f"slag({one}, W)" for one in controls)
        yield (
            f"# splm::spml(y ~ {' + '.join(controls)} + {lags}, data = d, listw = W, lag = TRUE, "
            'model = "within", effect = "twoways", spatial.error = "none")'
        )


def _stata_head(names: dict[str, str]) -> Iterator[str]:
    yield "* This file was written by gongfu and was NOT executed by its makers."
    yield "* Needs: boottest (wild bootstrap), xthreg (thresholds), xsmle (space)."
    yield from _legend(names, "*")
    yield "version 15"
    yield 'import delimited "panel.csv", clear encoding("utf-8")'
    yield "capture encode unit, generate(id)"
    yield "if _rc egen id = group(unit)"
    yield "capture encode region, generate(area)"
    yield "if !_rc drop region"
    yield "capture rename area region"
    yield "xtset id year"


def _stata_step(step: Step, sample: Sample, names: dict[str, str]) -> Iterator[str]:
    question = sample.question
    if step.models:
        yield f"\n* {step.name}"
    if step.name in ("baseline", "channel"):
        for model in step.models:
            yield from _stata_model(model, names)
    elif step.name == "threshold" and step.models:
        controls = " ".join(names[name] for name in question.controls)
        count, variable = len(_cuts(step.models[0])), names[question.threshold or ""]
        yield (
            f"xthreg y {controls} i.year, rx(x) qx({variable}) thnum({count}) trim(0.1) grid(400) "
            f"bs({question.replications})"
        )
    elif step.name == "space":
        regressors = " ".join(names[name] for name in sample.core)
        for name in question.weights:
            yield f'spmat import W_{name} using "weights_{name}.csv", replace'
            yield (
                f"xsmle y {regressors}, wmat(W_{name}) dmat(W_{name}) model(sdm) fe type(both) "
                "effects leeyu"
            )


def _stata_model(model: Model, names: dict[str, str]) -> Iterator[str]:
    right = " ".join(names[name] for name in model.result.names if name != "(intercept)")
    left = names[model.dependent]
    if "trends" in model.marks:
        yield f"xtreg {left} {right} i.year i.id#c.year, fe vce(cluster id)"
    elif "region_year" in model.marks:
        yield f"xtreg {left} {right} i.region#i.year, fe vce(cluster id)"
    elif not model.marks:
        yield f"regress {left} {right}, vce(cluster id)"
    elif "time" not in model.marks:
        yield f"xtreg {left} {right}, fe vce(cluster id)"
    else:
        yield f"xtreg {left} {right} i.year, fe vce(cluster id)"
    if "wild_p" in model.numbers:
        yield "boottest x, reps(9999) weighttype(rademacher)"


def weights_frame(sample: Sample, name: str) -> pl.DataFrame:
    """Return spatial weights as a square table, units in the order of the panel."""
    matrix = sample.question.weights[name].matrix()
    order = list(sample.question.order) or np.unique(sample.entity).tolist()
    columns = {str(unit): matrix[:, j] for j, unit in enumerate(order)}
    return pl.DataFrame({"unit": [str(unit) for unit in order], **columns})

"""Values of the measures against other tools' answers."""

from __future__ import annotations

import csv
import json
import os
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from gongfu.measure.atkinson import atkinson
from gongfu.measure.entropy import generalized_entropy, mld, theil
from gongfu.measure.gini import gini, gini_with_error
from gongfu.measure.mean import mean

pytestmark = pytest.mark.reference

# The vector of the examples in R's ineq documentation, and the answers of ineq 0.2-13.
TEXTBOOK = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
TEXTBOOK_ANSWERS = [
    (gini, 0.4620911302676),
    (partial(atkinson, epsilon=0.5), 0.1796590980463),
    (partial(atkinson, epsilon=1), 0.3518250597351),
    (theil, 0.3623412423439),
    (mld, 0.4335946495204),
    # ineq's entropy(0.5) is GE(0.5); its squared coefficient of variation is twice GE(2).
    (partial(generalized_entropy, alpha=0.5), 0.3770930965234),
    (partial(generalized_entropy, alpha=2), 0.8408123091549 / 2),
]

# R ineq 0.2-13 on its Ilocos incomes.
ILOCOS_ANSWERS = [
    (gini, 0.4269507702103),
    (partial(atkinson, epsilon=0.5), 0.144686467345),
    (partial(atkinson, epsilon=1), 0.2605399388703),
    (theil, 0.3199158521637),
    (mld, 0.3018350062279),
    (partial(generalized_entropy, alpha=0.5), 0.3006735042066),
    (partial(generalized_entropy, alpha=2), 0.8958035970688 / 2),
]

# R dineq 0.1.0 and IC2 1.0-1 on 5,000 Mexican households, without and with weights.
MEXICO_UNWEIGHTED = [
    (gini, 0.475278981432325),
    (theil, 0.430132687627385),
    (mld, 0.399763968727337),
]
MEXICO_WEIGHTED = [
    (gini, 0.474234473279694),
    (theil, 0.425406211886617),
    (mld, 0.397218601374934),
    (mean, 36112.526434021),
    (partial(generalized_entropy, alpha=-1), 0.578431606492036),
    (partial(generalized_entropy, alpha=0), 0.397218601374934),
    (partial(generalized_entropy, alpha=0.5), 0.388831329952399),
    (partial(generalized_entropy, alpha=1), 0.425406211886617),
    (partial(generalized_entropy, alpha=2), 0.770363170853781),
    (partial(atkinson, epsilon=0.5), 0.184966302279165),
    (partial(atkinson, epsilon=1), 0.327812931446662),
    (partial(atkinson, epsilon=2), 0.536363736939777),
]

PRINTED = 1e-10
"""Relative: the answers are printed with 13 to 15 digits, the sums here lose two or three."""


@pytest.mark.parametrize(("measure", "answer"), TEXTBOOK_ANSWERS)
def test_textbook_vector_equals_ineq(measure, answer):
    assert measure(TEXTBOOK).value == pytest.approx(answer, rel=PRINTED)


@pytest.mark.parametrize(("measure", "answer"), TEXTBOOK_ANSWERS)
def test_textbook_vector_with_weights_equals_repeated_rows(measure, answer):
    halves = np.repeat(np.array(TEXTBOOK, dtype=float), 2)
    assert measure(halves, np.full(20, 0.5)).value == pytest.approx(answer, rel=PRINTED)


@pytest.mark.parametrize(("measure", "answer"), ILOCOS_ANSWERS)
def test_ilocos_equals_ineq(measure, answer):
    income, _ = columns("ineq_Ilocos.csv", "income", "AP.weight")
    assert measure(income).value == pytest.approx(answer, rel=PRINTED)


@pytest.mark.parametrize(("measure", "answer"), MEXICO_UNWEIGHTED)
def test_mexico_without_weights_equals_dineq(measure, answer):
    income, _ = columns("mex_inc_2008.csv", "income", "factor")
    assert measure(income).value == pytest.approx(answer, rel=PRINTED)


@pytest.mark.parametrize(("measure", "answer"), MEXICO_WEIGHTED)
def test_mexico_with_weights_equals_dineq_and_ic2(measure, answer):
    income, weight = columns("mex_inc_2008.csv", "income", "factor")
    assert measure(income, weight).value == pytest.approx(answer, rel=PRINTED)


def test_mexico_gini_with_error_equals_dineq():
    income, weight = columns("mex_inc_2008.csv", "income", "factor")
    assert gini_with_error(income, weight)[0] == pytest.approx(0.474234473279694, rel=PRINTED)


@pytest.mark.parametrize(("name", "measure"), [("gini", gini), ("theil", theil)])
def test_mexican_states_equal_pysal(name, measure):
    """PySAL inequality 1.1.2, income per head of 32 states, 1940 to 2000."""
    answers = json.loads(folder().joinpath("pysal_pymcdm.json").read_text("utf-8"))["mexico"][name]
    with folder().joinpath("mexico_pcgdp_regime.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    years = [name for name in rows[0] if name.startswith("pcgdp")]
    ours = [measure([float(row[year]) for row in rows]).value for year in years]
    assert ours == pytest.approx(answers, rel=PRINTED)


def columns(file: str, income: str, weight: str) -> tuple[np.ndarray, np.ndarray]:
    with folder().joinpath(file).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(np.array([float(row[name]) for row in rows]) for name in (income, weight))


def folder() -> Path:
    root = os.environ.get("GONGFU_REFERENCE")
    if not root:
        pytest.skip("GONGFU_REFERENCE does not name the folder with other packages' examples")
    return Path(root) / "measure"

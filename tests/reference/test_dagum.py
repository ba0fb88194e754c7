"""Dagum parts against Mussard's own program and against R dineq and IC2."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from gongfu.measure.dagum import dagum

pytestmark = pytest.mark.reference

SAME_SUMS = 1e-10  # both sides sum some thousand doubles, in different orders


@pytest.fixture
def columns():
    folder = os.environ.get("GONGFU_REFERENCE")
    if not folder:
        pytest.skip("GONGFU_REFERENCE does not name a folder with example data of other tools")

    def read(name, *wanted):
        path = Path(folder) / "measure" / name
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [np.array([row[column] for row in rows]) for column in wanted]

    return read


def test_parts_and_matrices_equal_mussards_program(columns):
    # Dagum decomposition program of Mussard, unweighted, dagum_sample400.csv.
    income, education = columns("dagum_sample400.csv", "income", "education")
    parts = dagum(income.astype(float), education)
    assert parts.groups == ("high", "low", "mid")
    assert parts.total.value == pytest.approx(0.49678466802315424, abs=SAME_SUMS)
    assert parts.within.value == pytest.approx(0.15689895473214097, abs=SAME_SUMS)
    assert parts.net_between.value == pytest.approx(0.20832054509508474, abs=SAME_SUMS)
    assert parts.transvariation.value == pytest.approx(0.13156516819592853, abs=SAME_SUMS)
    assert parts.gross_between.value == pytest.approx(0.33988571329101325, abs=SAME_SUMS)
    assert parts.gini == pytest.approx(
        [0.4815785495437328, 0.44735449987815595, 0.4532876970275009], abs=SAME_SUMS
    )
    assert parts.population_share == pytest.approx([0.1425, 0.4875, 0.37], abs=SAME_SUMS)
    assert parts.income_share == pytest.approx(
        [0.2731783617919714, 0.3226628167035577, 0.4041588215044709], abs=SAME_SUMS
    )
    pairs = ([0, 0, 1], [1, 2, 2])
    assert parts.gross_gini[pairs] == pytest.approx(
        [0.5910106548964866, 0.5117519298023605, 0.48292906067258223], abs=SAME_SUMS
    )
    assert parts.affluence[pairs] == pytest.approx(
        [0.8235121252258033, 0.5355161382461118, 0.5081132695176945], abs=SAME_SUMS
    )


def test_weighted_parts_equal_those_of_repeated_rows(columns):
    income, education, weight = columns("dagum_sample400.csv", "income", "education", "w")
    times = weight.astype(float).astype(int)
    weighted = dagum(income.astype(float), education, times)
    repeated = dagum(np.repeat(income.astype(float), times), np.repeat(education, times))
    for part in ("total", "within", "net_between", "transvariation"):
        assert getattr(weighted, part).value == pytest.approx(
            getattr(repeated, part).value,
            abs=1e-14,  # rounding of sums over a thousand rows
        )


def test_parts_equal_those_of_dineq_and_ic2(columns):
    # R dineq 0.1.0 gini_decomp and IC2 1.0-1 decompSGini, mex_inc_2008.csv by education.
    income, education, factor = columns("mex_inc_2008.csv", "income", "education", "factor")
    parts = dagum(income.astype(float), education, factor.astype(float))
    assert parts.total.value == pytest.approx(0.474234473279694, abs=SAME_SUMS)
    assert parts.within.value == pytest.approx(0.0560165319386479, abs=SAME_SUMS)
    assert parts.net_between.value == pytest.approx(0.250450159014747, abs=SAME_SUMS)
    assert parts.transvariation.value == pytest.approx(0.167767782326299, abs=SAME_SUMS)
    group = {name: position for position, name in enumerate(parts.groups)}
    for name, gini, contribution in (
        ("Sin instruccion", 0.47275072055686, 0.00216309044815026),
        ("Primaria completa", 0.423245802753001, 0.0127850344752702),
        ("Secundaria completa", 0.393591814031424, 0.0169034743504162),
        ("Preparatoria incompleta", 0.458370239262763, 0.000483885835593507),
        ("Profesional completa", 0.388967796634248, 0.00850682877909231),
        ("Posgrado", 0.410487952954707, 0.000186226602787507),
    ):
        assert parts.gini[group[name]] == pytest.approx(gini, abs=SAME_SUMS)
        assert parts.within_contribution[group[name]] == pytest.approx(contribution, abs=SAME_SUMS)

"""Entropy within and between groups against R dineq and IC2 and against PySAL inequality."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from gongfu.measure.decomposition import nested_entropy

pytestmark = pytest.mark.reference

SAME_SUMS = 1e-10  # both sides sum some thousand doubles, in different orders


@pytest.fixture
def read():
    folder = os.environ.get("GONGFU_REFERENCE")
    if not folder:
        pytest.skip("GONGFU_REFERENCE does not name a folder with example data of other tools")

    def rows(name):
        with (Path(folder) / "measure" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows


@pytest.mark.parametrize(
    ("alpha", "within", "between", "contribution"),
    [
        # R dineq 0.1.0 mld_decomp and IC2 1.0-1 decompGEI agree to all digits printed.
        pytest.param(
            0,
            0.293143185209466,
            0.104075416165469,
            {
                "Sin instruccion": 0.0364774838451817,
                "Preescolar": 0.000274239943181123,
                "Primaria completa": 0.0602763796490697,
                "Profesional completa": 0.0252651113956727,
                "Posgrado": 0.00356501334265206,
            },
            id="mean log deviation",
        ),
        # R IC2 1.0-1 decompGEI.
        pytest.param(
            1,
            0.30738386818584,
            0.118022343700777,
            {
                "Sin instruccion": 0.0218293260214018,
                "Preescolar": 0.000232487217758348,
                "Primaria completa": 0.0526067664947516,
                "Profesional completa": 0.0578729986781692,
                "Posgrado": 0.0130555497351172,
            },
            id="Theil",
        ),
    ],
)
def test_entropy_of_mexican_incomes_by_education(read, alpha, within, between, contribution):
    rows = read("mex_inc_2008.csv")
    parts = nested_entropy(
        [float(row["income"]) for row in rows],
        [[row["education"] for row in rows]],
        [float(row["factor"]) for row in rows],
        alpha=alpha,
    )
    assert parts.within.value == pytest.approx(within, abs=SAME_SUMS)
    assert parts.between[0].value == pytest.approx(between, abs=SAME_SUMS)
    ours = dict(zip(parts.parts[1].groups, parts.parts[1].contribution, strict=True))
    for group, value in contribution.items():
        assert ours[group] == pytest.approx(value, abs=SAME_SUMS)


@pytest.mark.parametrize(
    ("year", "within", "between"),
    [
        # PySAL inequality 1.1.2 TheilD by hanson98: states weigh the same.
        (1940, 0.1743545422568819, 0.03458890004670405),
        (1960, 0.052120200060616566, 0.05260921482184199),
        (1980, 0.06354855661180278, 0.032052570973453376),
        (2000, 0.07024960461619975, 0.03635871887968048),
    ],
)
def test_theil_of_mexican_states_by_region(read, year, within, between):
    rows = read("mexico_pcgdp_regime.csv")
    income = np.array([float(row[f"pcgdp{year}"]) for row in rows])
    parts = nested_entropy(income, [[row["hanson98"] for row in rows]], alpha=1)
    assert parts.within.value == pytest.approx(within, abs=SAME_SUMS)
    assert parts.between[0].value == pytest.approx(between, abs=SAME_SUMS)

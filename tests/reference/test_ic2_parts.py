"""Extended Gini and the splits by Yitzhaki-Lerman and by Atkinson's index, against R IC2."""

from __future__ import annotations

import polars as pl
import pytest

from gongfu.measure.atkinson_parts import atkinson_parts
from gongfu.measure.s_gini import s_gini
from gongfu.measure.stratification import stratification

pytestmark = pytest.mark.reference

PRINTED = 1e-10
"""Relative: the answers are printed with 13 to 15 digits, the sums here lose two or three."""


TIES = 2e-7
"""What the order of rows with equal incomes can move, in these data."""


@pytest.fixture
def mexico(reference_folder):
    frame = pl.read_csv(reference_folder / "measure" / "mex_inc_2008.csv")
    weight = frame["factor"].cast(pl.Float64).to_numpy()
    return frame["income"].to_numpy(), frame["education"].to_numpy(), weight


# R IC2 1.0-1 calcSGini, mex_inc_2008.csv, weights = factor.
@pytest.mark.parametrize(
    ("aversion", "answer"),
    [
        (1.5, 0.33391683867551),
        (2, 0.474234473279757),
        (3, 0.605115358905341),
        (4, 0.670033389909895),
    ],
)
def test_extended_gini_equals_ic2(mexico, aversion: float, answer: float):
    income, _, weight = mexico
    assert s_gini(income, weight, aversion=aversion).value == pytest.approx(answer, rel=PRINTED)


def test_stratification_by_education_equals_ic2(mexico):
    # R IC2 1.0-1 decompSGini(..., decomp = "YL"), by education.
    found = stratification(*mexico)
    assert found.within.value == pytest.approx(0.406867828938633, rel=PRINTED)
    # IC2 ranks the 61 pairs of equal incomes in the order of the file; ours share a rank. With
    # its order the formula gives all its digits, with the reverse order 0.14680937491.
    assert found.between.value == pytest.approx(0.146808987128488, abs=TIES)
    assert found.stratification.value == pytest.approx(-0.0794423427873681, abs=TIES)
    index = dict(zip(found.groups, found.index, strict=True))
    answers = {
        "Sin instruccion": -0.0619110106128432,
        "Preescolar": 0.0808460702911487,
        "Primaria completa": 0.037782332275002,
        "Secundaria completa": 0.127220509053446,
        "Profesional completa": 0.555824924388403,
        "Posgrado": 0.63116362781432,
    }
    for group, answer in answers.items():
        assert index[group] == pytest.approx(answer, abs=1e-5)  # ties, as above


def test_atkinson_by_education_equals_ic2(mexico):
    # R IC2 1.0-1 decompAtkinson, epsilon 0.5; its cross term has the other sign.
    found = atkinson_parts(*mexico, epsilon=0.5)
    assert found.total.value == pytest.approx(0.184966302279165, rel=PRINTED)
    assert found.within.value == pytest.approx(0.138364063230898, rel=PRINTED)
    assert found.between.value == pytest.approx(0.0540857652978269, rel=PRINTED)
    assert found.cross.value == pytest.approx(-0.00748352624956005, rel=PRINTED)

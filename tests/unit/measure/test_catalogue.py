from __future__ import annotations

import pytest

from gongfu.core import InputError
from gongfu.measure.atkinson import atkinson
from gongfu.measure.catalogue import DEFAULT_MEASURES, MONEY, PLAIN_UNITS, named_measures
from gongfu.measure.ede import ede_atkinson
from gongfu.measure.entropy import generalized_entropy
from gongfu.measure.lorenz import quantile_share
from gongfu.measure.quantiles import quantile, quantile_ratio
from gongfu.measure.sample import Sample

INCOME = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("atkinson(0.5)", atkinson(INCOME, epsilon=0.5).value),
        ("Atkinson( 2 )", atkinson(INCOME, epsilon=2).value),
        ("ge(-1)", generalized_entropy(INCOME, alpha=-1).value),
        ("ede(1)", ede_atkinson(INCOME, epsilon=1).value),
        ("p50", quantile(INCOME, probability=0.5).value),
        ("P75/P25", quantile_ratio(INCOME, upper=0.75, lower=0.25).value),
        ("share(90,100)", quantile_share(INCOME, lower=0.9, upper=1).value),
    ],
)
def test_a_name_with_numbers_is_its_function(name, value):
    measure = named_measures([name])[0]
    assert measure.of(Sample.of(INCOME)).value == value


def test_every_default_measure_has_labels_a_unit_and_a_convention():
    for measure in named_measures(DEFAULT_MEASURES):
        assert measure.en
        assert measure.zh
        assert measure.convention
        assert measure.unit in (MONEY, *PLAIN_UNITS)


def test_a_typo_brings_the_nearest_name():
    with pytest.raises(InputError, match="Did you mean 'gini'"):
        named_measures(["ginni"])


@pytest.mark.parametrize(
    "name",
    ["atkinson(0)", "ede(-1)", "p0", "p100", "p10/p90", "p100/p10", "share(50,50)", "share(0,101)"],
)
def test_numbers_out_of_range_are_refused(name):
    with pytest.raises(InputError) as refused:
        named_measures([name])
    assert str(refused.value).startswith(f"{name}: ")


def test_all_wrong_names_come_at_once():
    with pytest.raises(InputError) as refused:
        named_measures(["gini", "foo", "p0"])
    assert len(refused.value.problems) == 2

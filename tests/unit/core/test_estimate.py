import json

import pytest

from gongfu.core import Estimate, Evidence, InputError, Interval, Uncertainty


def make(**changes):
    fields = {
        "measure": "gini",
        "value": 0.4,
        "unit": "index 0-1",
        "convention": "covariance form",
        "evidence": Evidence.ESTIMATED,
        "uncertainty": Uncertainty.SAMPLING,
        "standard_error": 0.01,
        "interval": Interval(0.38, 0.42, 0.95),
    }
    return Estimate(**(fields | changes))


def test_published_aggregate_refuses_a_standard_error():
    with pytest.raises(InputError, match="only sampled rows"):
        make(uncertainty=Uncertainty.NOT_PUBLISHED)


def test_sampled_value_needs_a_standard_error():
    with pytest.raises(InputError, match="needs a standard error"):
        make(standard_error=None)


def test_interval_refuses_reversed_ends_and_impossible_levels():
    with pytest.raises(InputError, match="low <= high"):
        Interval(2, 1, 0.9)
    with pytest.raises(InputError, match="between 0 and 1"):
        Interval(1, 2, 95)


def test_to_dict_is_json_with_full_precision_and_no_nan():
    value = 0.1 + 0.2
    text = json.dumps(make(value=value).to_dict(), allow_nan=False)
    assert json.loads(text)["value"] == value
    assert json.loads(json.dumps(make(value=float("nan")).to_dict()))["value"] is None


def test_estimate_is_frozen():
    with pytest.raises(AttributeError):
        make().value = 1.0

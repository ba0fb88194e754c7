import polars as pl
import pytest

from gongfu.core import InputError, Microdata


def test_columns_reads_only_what_is_asked():
    rows = pl.DataFrame({"income": [1.0, 2.0], "w": [1.0, 3.0], "other": ["x", "y"]})
    micro = Microdata.from_frame(rows, weight="w")
    assert micro.columns("income", "w").columns == ["income", "w"]


def test_every_missing_role_is_named_with_its_nearest_column():
    rows = pl.DataFrame({"income": [1.0], "weight": [1.0], "stratum": ["a"]})
    with pytest.raises(InputError) as caught:
        Microdata.from_frame(rows, weight="wieght", strata="stratm")
    assert [p.fix for p in caught.value.problems] == [
        "Did you mean 'weight'?",
        "Did you mean 'stratum'?",
    ]

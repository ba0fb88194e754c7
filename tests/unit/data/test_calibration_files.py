from pathlib import Path

import pytest

from gongfu.core import Evidence, InputError
from gongfu.data.assumption_files import load_assumptions
from gongfu.data.calibration_files import (
    Calibration,
    calibrated,
    outside_range,
    read_calibration,
    write_calibration,
)

KNOWN = load_assumptions()["data_elasticity"]


def estimate(value: float = KNOWN.value, source: str = "a table") -> Calibration:
    return Calibration("data_elasticity", value, 0.002, KNOWN.unit, Evidence.ASSOCIATIONAL, source)


@pytest.mark.parametrize("source", ["a table", 'with "quotes" and \\ back', "第3列，城市"])
def test_what_is_written_is_read_back_bit_by_bit(tmp_path, source):
    path = write_calibration(tmp_path / "校准.toml", (estimate(0.1 + 0.2, source),))
    assert read_calibration(path) == (estimate(0.1 + 0.2, source),)


def test_an_estimate_takes_the_place_of_the_assumption_with_its_interval():
    found = calibrated((estimate(0.02),))
    assert found["data_elasticity"].value == 0.02
    assert found["data_elasticity"].low == pytest.approx(0.02 - 1.959964 * 0.002)
    assert found["data_elasticity"].evidence is Evidence.ASSOCIATIONAL
    others = {name: one for name, one in found.items() if name != "data_elasticity"}
    assert all(one is load_assumptions()[name] for name, one in others.items())


def test_an_estimate_beyond_the_assumed_range_is_pointed_out():
    assert outside_range((estimate(),)) == []
    (said,) = outside_range((estimate(-1.0),))
    assert "data_elasticity: the estimate -1 lies outside" in said


def test_all_problems_of_a_file_come_at_once_with_its_name(tmp_path: Path):
    path = tmp_path / "cal.toml"
    path.write_text(
        "[data_elasticty]\nvalue = 1\n"
        '[data_relevance]\nvalue = 1\nerror = -1\nunit = "x"\nevidence = "guess"\nsource = "s"\n'
        '[data_elasticity]\nvalue = 1\nerror = 1\nunit = "%"\nevidence = "causal"\nsource = "s"\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_calibration(path)
    text = str(caught.value)
    for piece in ("cal.toml", "gongfu/calibration/1", "'data_elasticty'", "[data_relevance] error",
                  "[data_relevance] evidence", "another unit"):  # fmt: skip
        assert piece in text


def test_a_file_that_exists_is_kept(tmp_path):
    path = write_calibration(tmp_path / "cal.toml", (estimate(),))
    with pytest.raises(InputError, match="exists already"):
        write_calibration(path, (estimate(0.5),))
    assert read_calibration(path) == (estimate(),)

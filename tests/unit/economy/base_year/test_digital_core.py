import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongfu.core import InputError
from gongfu.economy.base_year.digital_core import carve_digital_core, spread_with_caps


def test_core_is_spread_by_its_traces_without_caps():
    parts = carve_digital_core(
        np.array([100.0, 100.0]),
        np.array([100.0, 100.0]),
        total=20.0,
        hightech_revenue=np.array([3.0, 1.0]),
        software_revenue=np.array([4.0, 1.0]),
        ict_employment=np.array([1.0, 1.0]),
        from_hightech=0.4,
        from_software=0.5,
        cap=1.0,
    )
    # Industry: 8 by 3:1. Services: 10 by 4:1 and 2 by 1:1, in proportion to .5*.8+.1*.5 and so on.
    np.testing.assert_allclose(parts, [[6.0, 2.0], [9.0, 3.0]], rtol=1e-12)


def test_a_capped_region_passes_the_rest_on():
    spread = spread_with_caps(10.0, np.array([8.0, 1.0, 1.0]), np.array([4.0, 9.0, 2.0]))
    # 8 is above 4; the 6 left go 1:1, 3 is above 2; the last 4 go to the second region.
    np.testing.assert_allclose(spread, [4.0, 4.0, 2.0])


def test_a_total_above_all_caps_is_refused():
    with pytest.raises(InputError, match="does not fit"):
        spread_with_caps(10.0, np.array([1.0, 1.0]), np.array([4.0, 5.0]))


def test_a_region_without_a_trace_gets_nothing():
    assert spread_with_caps(1.0, np.array([0.0, 2.0]), np.array([5.0, 5.0])).tolist() == [0.0, 1.0]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)), min_size=2, max_size=12),
    st.floats(0.01, 0.99),
)
def test_the_total_is_spread_in_full_and_no_cap_is_broken(rows, part):
    weight, most = (np.array(column) for column in zip(*rows, strict=True))
    total = part * most.sum()
    spread = spread_with_caps(total, weight, most)
    assert spread.sum() == pytest.approx(total, rel=1e-9)  # sums of a dozen numbers
    assert (spread <= most * (1 + 1e-12)).all()

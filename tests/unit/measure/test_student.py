from __future__ import annotations

import pytest
from scipy import stats

from gongfu.measure.student import two_sided_t


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99, 0.999])
@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 10, 31, 88, 999, 2000, 2001, 10**7])
def test_t_equals_scipy(confidence, freedom):
    answer = stats.t.ppf(0.5 + confidence / 2, freedom)
    # scipy itself is good to about 1e-11; the expansion beyond 2,000 degrees to 1e-11 as well.
    assert two_sided_t(confidence, freedom) == pytest.approx(answer, rel=1e-9)

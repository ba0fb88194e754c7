"""Sums that do not depend on how the rows were cut, to far below the last digit shown.

References
----------
[Knuth 1997] The Art of Computer Programming, vol. 2, section 4.2.2, theorem B: the rounding error
of a sum of two numbers is itself a number, found with six operations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

__all__ = ["CompensatedSum"]


@dataclass(frozen=True, slots=True, eq=False)
class CompensatedSum:
    """A running sum of arrays together with what rounding has cut off so far.

    Parameters
    ----------
    high, low : the sum is ``high + low``; ``low`` stays below the last digit of ``high``.

    Notes
    -----
    Each step keeps its rounding error [Knuth 1997], so the relative error of a sum of N parts of
    one sign is about ``N 1e-32`` instead of ``N 1e-16``: any order of the parts gives the same
    value, but for a tie in its last bit.
    """

    high: Float[np.ndarray, ...]
    low: Float[np.ndarray, ...]

    @classmethod
    def zero(cls, *shape: int) -> CompensatedSum:
        """Return an empty sum of arrays of this shape."""
        return cls(np.zeros(shape), np.zeros(shape))

    @property
    def value(self) -> Float[np.ndarray, ...]:
        """The sum as ordinary numbers."""
        total: Float[np.ndarray, ...] = self.high + self.low
        return total

    def plus(self, part: Float[np.ndarray, ...]) -> CompensatedSum:
        """Return the sum with one more part."""
        with np.errstate(invalid="ignore"):  # the logarithm of an income of zero is no number
            high = self.high + part
            gained = high - self.high
            lost = (self.high - (high - gained)) + (part - gained)
            return CompensatedSum(high, self.low + lost)

    def merge(self, other: CompensatedSum) -> CompensatedSum:
        """Return the sum of both."""
        joined = self.plus(other.high)
        return CompensatedSum(joined.high, joined.low + other.low)

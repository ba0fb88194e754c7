"""Densities and the stochastic kernel of regions as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Float

from gongfu.cli.panel_source import PanelSource
from gongfu.cli.region_grid import number, print_grid, print_line
from gongfu.measure.dynamics.density import Density
from gongfu.measure.dynamics.stochastic_kernel import StochasticKernel

__all__ = ["print_kernel"]

_SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)

_WORDS = {
    "zh": {
        "density": "核密度", "year": "年份", "peak": "最高处", "peaks": "峰数", "width": "带宽",
        "relative": "数值与当年均值之比", "raw": "原始数值",
        "kernel": "随机核：从各水平出发，{step} 年后的平均水平", "from": "起点", "mean": "平均终点",
        "note": "平均终点低于起点＝高位回落；峰数随带宽而变，仅供描述，不是检验。",
    },
    "en": {
        "density": "Kernel densities", "year": "year", "peak": "highest at", "peaks": "peaks",
        "width": "bandwidth", "relative": "value over the mean of its year", "raw": "raw values",
        "kernel": "Stochastic kernel: mean level {step} year(s) later", "from": "from",
        "mean": "mean later",
        "note": "A later mean below the start is a fall from high places. The count of peaks "
        "depends on the bandwidth: a description, not a test.",
    },
}  # fmt: skip


def print_kernel(
    source: PanelSource,
    shapes: Sequence[Density],
    kernel: StochasticKernel,
    language: str,
    *,
    is_raw: bool,
) -> None:
    """Print peak and bandwidth of each year's density, and where each level leads on average."""
    words = _WORDS[language]
    print_line(source.title(language))
    print_line(words["raw" if is_raw else "relative"])
    heads = [words[key] for key in ("year", "peak", "peaks", "width")]
    print_grid(
        words["density"],
        heads,
        [
            [str(year), number(shape.at[shape.height.argmax()], 2),
             str(_peaks(shape.height)), number(shape.bandwidth)]
            for year, shape in zip(source.years, shapes, strict=True)
        ],
    )  # fmt: skip
    title = words["kernel"].format(step=kernel.step)
    print_grid(title, [words["from"], words["mean"]], _leads(kernel))
    print_line(words["note"])


def _peaks(height: Float[np.ndarray, " grid"]) -> int:
    rises = np.diff(height) > 0
    return int(np.count_nonzero(rises[:-1] & ~rises[1:]))


def _leads(kernel: StochasticKernel) -> Iterator[list[str]]:
    cumulative = np.cumsum(kernel.start) / kernel.start.sum()
    for share in _SHARES:
        place = int(np.searchsorted(cumulative, share))
        yield [number(kernel.at[place]), number(kernel.expected[place])]

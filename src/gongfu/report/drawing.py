"""Charts drawn for a report: the files of each figure and its body on the page, on all cores."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from gongfu.report.chart import Chart
from gongfu.report.figures import WIDE, draw
from gongfu.report.page import Bodies, bodies_of

__all__ = ["Drawn", "draw_charts"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a report keeps it: two files of full width, and its body on the page."""

    chart: Chart
    svg: bytes
    png: bytes
    body: Bodies


def draw_charts(charts: Sequence[Chart], processes: int = 1) -> Iterator[Drawn]:
    """Yield charts drawn, in their order; the bytes are the same however many processes draw.

    Parameters
    ----------
    processes : more than one start interpreters of their own, so a script that asks for them must
        keep its work under ``if __name__ == "__main__"``.
    """
    if processes <= 1 or len(charts) <= 1:
        yield from map(_drawn, charts)
        return
    context = get_context("spawn")  # a fork would copy locks of threads that are at work
    pool = ProcessPoolExecutor(min(processes, len(charts)), context, _leave_interrupts_to_parent)
    try:
        yield from pool.map(_drawn, charts)
    finally:
        pool.shutdown(cancel_futures=True)


def _drawn(chart: Chart) -> Drawn:
    sheet = draw(chart, WIDE)
    return Drawn(chart, sheet.save("svg"), sheet.save("png"), bodies_of(chart, sheet))


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

"""Draw docs/explanation/mechanisms/displacement.svg: a surge of adoption and what it leaves."""

from __future__ import annotations

import numpy as np
from enterprise_base import open_pair, save
from household_base import value
from matplotlib.axes import Axes

from gongfu.economy.draws import Stream, uniform_pair
from gongfu.economy.households import Jobs, ZoneBlocks, displace, rehire, update_reference
from gongfu.report.palette import FILL

YEARS, COUNT, USUAL, SKILL = 15, 200_000, 0.04, 0.15


def main() -> None:
    """Draw both plots and print the numbers of the page."""
    figure, left, right = open_pair()
    _draw_pace(left)
    _draw_surge(right)
    save(figure, "displacement")


def _draw_pace(axes: Axes) -> None:
    years = np.arange(YEARS + 1)
    growth = _growth()
    reference = _references(growth)
    axes.step(years, 100 * growth, where="mid", color=FILL["first"], label="actual")
    axes.plot(years, 100 * reference, color=FILL["second"], label="usual (reference)")
    beyond = np.maximum(growth - reference, 0)
    axes.bar(
        years, 100 * beyond, 1.0, 100 * reference, color=FILL["loss"], alpha=0.3, label="costs jobs"
    )
    axes.set(title="Adoption: rise a year", xlabel="year", ylabel="points", ylim=(0, 16))
    axes.legend()


def _draw_surge(axes: Axes) -> None:
    for trained, role, label in ((0.0, "first", "nobody trained"), (1.0, "third", "all trained")):
        out, lost = _paths(trained)
        axes.plot(100 * out, color=FILL[role], label=f"without work, {label}")
        axes.plot(100 * lost, color=FILL[role], ls=":")
        print(label, "out", (100 * out).round(3)[:8], "scar", (100 * lost).round(3)[[3, 5, 10, 15]])
    axes.plot([], [], color=FILL["total"], ls=":", label="earnings lost by scars")
    axes.set(title="After the surge", xlabel="year", ylabel="% of labour")
    axes.legend(fontsize=7)


def _growth() -> np.ndarray:
    growth = np.full(YEARS + 1, USUAL)
    growth[2] = 0.14
    return growth


def _references(growth: np.ndarray) -> np.ndarray:
    reference = [np.array([USUAL])]
    for rise in growth[:-1]:
        reference.append(
            update_reference(
                reference[-1], np.array([rise]), speed=value("displacement_reference_speed")
            )
        )
    return np.concatenate(reference)


def _paths(trained: float) -> tuple[np.ndarray, np.ndarray]:
    blocks, units = ZoneBlocks.of(np.zeros(COUNT, int)), np.arange(COUNT)
    jobs, skill = Jobs(np.zeros(COUNT), np.zeros(COUNT)), np.full(COUNT, SKILL)
    out, scars = [], []
    growth = _growth()
    for year, (rise, usual) in enumerate(zip(growth, _references(growth), strict=True)):
        lose, find = uniform_pair(1, year, units, Stream.WORK)
        jobs = rehire(
            jobs,
            skill,
            np.full(COUNT, trained),
            find,
            rehire_rate=value("rehire_rate"),
            training_effect=value("rehire_training_effect"),
            scar_recovery=value("scar_recovery"),
        )
        jobs = displace(
            jobs,
            skill=skill,
            workers=np.full(COUNT, 1.5),
            growth=np.array([rise]),
            reference=np.array([usual]),
            draw=lose,
            blocks=blocks,
            displacement_rate=value("displacement_rate"),
            scar_at_once=value("scar_at_once"),
        )
        out.append(jobs.displaced.mean())
        scars.append((jobs.scar * (1 - jobs.displaced)).mean())
    return np.array(out), np.array(scars)


if __name__ == "__main__":
    main()

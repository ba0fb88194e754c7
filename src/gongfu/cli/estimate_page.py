"""Estimates under headings, with what they are counted in: one page on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table

from gongfu.cli.estimate_grid import (
    Label,
    console_text,
    convention_lines,
    estimate_grid,
    open_console,
)
from gongfu.core import Estimate

__all__ = ["Section", "plain_label", "print_page"]


@dataclass(frozen=True, slots=True)
class Section:
    """Estimates under one heading; an empty section is left out."""

    title: str
    estimates: Sequence[Estimate]
    label: Label


def print_page(
    title: str,
    design: str,
    sections: Sequence[Section] = (),
    feet: Sequence[str] = (),
    curve: Table | None = None,
) -> None:
    """Print sections with the evidence and conventions of their numbers below them.

    Parameters
    ----------
    design : how the rows were sampled.
    feet : lines before those.
    curve : a grid of another kind, before the sections.
    """
    console, between = open_console()
    console.print(console_text(title), style="bold")
    console.print(console_text(design))
    if curve is not None:
        console.print(curve)
    found = [one for section in sections for one in section.estimates]
    for section in sections:
        if section.estimates:
            console.print(estimate_grid(section.title, section.estimates, section.label, between))
    for line in [*feet, *_evidence(found), *convention_lines(found)]:
        console.print(console_text(line), style="dim")


def plain_label(found: Estimate) -> tuple[str, str]:
    """Return the name of an estimate that comes from the user's own columns."""
    return found.measure, ""


def _evidence(found: Sequence[Estimate]) -> list[str]:
    kinds = dict.fromkeys((one.evidence.value, one.uncertainty.value) for one in found)
    return [f"evidence: {evidence}; uncertainty: {kind}" for evidence, kind in kinds]

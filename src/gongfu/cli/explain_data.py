"""Answers to questions as JSON values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongfu.study.explain import Asked
from gongfu.study.findings.explain import explain_frames

__all__ = ["answers_data"]


def answers_data(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return every table of the answers as rows, by name without its prefix."""
    frames = explain_frames(asked)
    return {name.removeprefix("explain_"): frame.to_dicts() for name, frame in frames.items()}

"""How far a long command has come, on standard error."""

from __future__ import annotations

import sys
import time

__all__ = ["ProgressLine"]

_EVERY = 0.2
"""Seconds between two changes of the line: more often nobody can read it."""


class ProgressLine:
    """One line that is rewritten at a terminal; a line a step where the text goes to a file."""

    def __init__(self) -> None:
        self._step = ""
        self._shown = 0.0
        self._is_terminal = sys.stderr.isatty()

    def __call__(self, step: str, part: float) -> None:
        """Show that ``part`` (0-1) of a step is done."""
        if self._is_terminal:
            self._rewrite(step, part)
        elif step != self._step:
            print(f"{step} ...", file=sys.stderr)
        self._step = step

    def close(self) -> None:
        """Wipe the line."""
        if self._is_terminal and self._step:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _rewrite(self, step: str, part: float) -> None:
        now = time.monotonic()
        if step == self._step and now - self._shown < _EVERY and part < 1:
            return
        self._shown = now
        print(f"\r{step} {100 * part:3.0f} %\x1b[K", end="", file=sys.stderr, flush=True)

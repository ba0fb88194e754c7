"""CPU seconds of ``gongfu --version`` and wall seconds of ``gongfu run``, whole processes."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time

VERSION_BAR = 0.2  # CPU seconds
RUN_BAR = 20.0  # wall seconds on two cores, once installed
REPEATS = 5

_CPU = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, "
    "stdout=subprocess.DEVNULL); use = resource.getrusage(resource.RUSAGE_CHILDREN); "
    "print(use.ru_utime + use.ru_stime)"
)


def main() -> None:
    gongfu = [sys.executable, "-m", "gongfu"]
    version = statistics.median(_cpu([*gongfu, "--version"]) for _ in range(REPEATS))
    bare = statistics.median(_cpu([sys.executable, "-c", "pass"]) for _ in range(REPEATS))
    print(
        f"gongfu --version: {version:.3f} s CPU (bar {VERSION_BAR}), "
        f"{version / bare:.1f} x python -c pass"
    )
    with tempfile.TemporaryDirectory() as folder:
        run = statistics.median(_wall([*gongfu, "run", "--out", folder]) for _ in range(REPEATS))
    print(f"gongfu run: {run:.1f} s wall (bar {RUN_BAR:.0f}), report in two languages included")


def _cpu(command: list[str]) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _CPU, *command], capture_output=True, check=True, text=True
    )
    return float(done.stdout)


def _wall(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()

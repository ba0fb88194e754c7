"""Sizes of the embedded study's report, time to its first paint, and of all files to hand in.

Run with ``python -m benchmarks.report [FOLDER]``: the folder of a finished run, or one is made. The
limits are those of the front end's specification. First paint is read from Chromium (Debian's, or
``GONGFU_CHROMIUM``), which opens the file from disk without a network.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

BUNDLE_BAR = 450_000  # bytes, compressed
PAGE_BAR = 2_000_000  # bytes, without fonts
PAINT_BAR = 1.0  # seconds from opening to the first words
HAND_IN_BAR = 60.0  # seconds for page, PDF, Word and Excel
REPEATS = 5

_FONTS = re.compile(r"@font-face\{[^}]*\}")
_BUNDLE = Path(__file__).parents[1] / "src" / "gongfu" / "report" / "web" / "report.js.gz"
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime / 1000"


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made) / "out"
        if not folder.exists():
            _gongfu("run", "--out", str(folder))
        _sizes(folder)
        _paint(folder / "report.zh.html")
        _hand_in(folder, Path(made) / "hand-in")


def _sizes(folder: Path) -> None:
    print(f"front end: {_against(_BUNDLE.stat().st_size, BUNDLE_BAR)} bytes, compressed")
    for page in sorted(folder.glob("report.*.html")):
        whole = page.read_text("utf-8")
        bare = len(_FONTS.sub("", whole).encode())
        fonts = len(whole.encode()) - bare
        print(f"{page.name}: {_against(bare, PAGE_BAR)} bytes, and {fonts:,} of fonts")


def _paint(page: Path) -> None:
    path = os.environ.get("GONGFU_CHROMIUM") or shutil.which("chromium")
    if path is None:
        print("first paint: no Chromium found")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        paints, lives = [], []
        for _ in range(REPEATS):
            context = browser.new_context(offline=True)
            opened = context.new_page()
            begun = time.perf_counter()
            opened.goto(page.as_uri())
            opened.locator(".drawn").first.wait_for(state="attached")
            lives.append(time.perf_counter() - begun)
            paints.append(float(opened.evaluate(_PAINT)))
            context.close()
        browser.close()
    shown = f"{statistics.median(paints):.2f} s (bar {PAINT_BAR:g})"
    print(f"first paint: {shown}; figures live {statistics.median(lives):.2f} s after opening")


def _hand_in(folder: Path, target: Path) -> None:
    begun = time.perf_counter()
    _gongfu("report", str(folder), "--format", "all", "--out", str(target))
    seconds = time.perf_counter() - begun
    print(f"gongfu report --format all: {seconds:.1f} s (bar {HAND_IN_BAR:.0f})")


def _gongfu(*words: str) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run([sys.executable, "-m", "gongfu", *words], check=True, stdout=quiet, stderr=quiet)


def _against(size: int, bar: int) -> str:
    return f"{size:,} (bar {bar:,}, {size / bar:.0%})"


if __name__ == "__main__":
    main()

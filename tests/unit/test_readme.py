"""The ten lines of both front pages run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def example(page):
    return re.search(r"```python\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)[1]


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_example_runs_and_prints_the_account(page):
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", example(page)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    last = done.stdout.splitlines()[-1]
    assert re.findall(r"[+-]0\.\d{3}", last) == ["+0.812", "+0.014", "+0.826"]


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_the_example_has_about_ten_lines(page):
    assert 8 <= len([line for line in example(page).splitlines() if line.strip()]) <= 11


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_every_linked_file_exists(page):
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text("utf-8"))
    assert len(links) >= 5
    missing = [link for link in links if not (ROOT / link).exists()]
    assert not missing

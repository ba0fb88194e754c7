"""Options and fixtures of the whole suite."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("fast", deadline=None, max_examples=25)
settings.register_profile("thorough", deadline=None, max_examples=100)


def pytest_configure(config):
    """The fast suite tries fewer examples of each law than the whole one."""
    is_fast = "not slow" in config.getoption("markexpr")
    settings.load_profile("fast" if is_fast else "thorough")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the stored headline numbers"
    )


@pytest.fixture
def reference_folder():
    """Folder with third-party example files; the test is skipped, and counted, without it."""
    folder = os.environ.get("GONGFU_REFERENCE", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("GONGFU_REFERENCE names no folder with third-party example files")
    return Path(folder)

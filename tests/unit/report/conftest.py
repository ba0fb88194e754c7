from pathlib import Path

import pytest

from gongfu.report.document import ResultDocument
from gongfu.report.storage import read_document


@pytest.fixture(scope="session")
def document() -> ResultDocument:
    return read_document(Path(__file__).with_name("made_up.json"))

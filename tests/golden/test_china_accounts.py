"""Did a headline number of the embedded study move?"""

from pathlib import Path

import polars as pl
import pytest

from gongfu.study.run import run_study
from gongfu.study.study_file import embedded_study

STORED = Path(__file__).with_name("china_accounts.csv")
KEYS = ["account", "index", "price", "start", "end"]
NUMBERS = ["cake", "division", "prosperity", "mean_start", "mean_end"]


@pytest.fixture(scope="module")
def accounts():
    document = run_study(embedded_study(), Path.cwd(), only_accounts=True)
    return document.table("accounts").rows.select(KEYS + NUMBERS)


def test_accounts_of_the_embedded_study_have_not_moved(accounts, request):
    if request.config.getoption("--update-golden"):
        accounts.write_csv(STORED)
    stored = pl.read_csv(STORED)
    assert accounts.select(KEYS).equals(stored.select(KEYS), null_equal=True)
    for name in NUMBERS:
        # Sums of some dozen terms; another processor may order them differently.
        assert accounts[name].to_list() == pytest.approx(stored[name].to_list(), rel=1e-10)

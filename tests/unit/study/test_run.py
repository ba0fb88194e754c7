import math
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.study.run import run_study
from gongfu.study.study_file import embedded_study, load_study


@pytest.fixture(scope="module")
def china():
    return run_study(embedded_study(), Path.cwd(), only_accounts=True)


def rows(document, table, **where):
    return document.table(table).rows.filter(**where)


def test_three_kinds_of_account_are_kept_apart(china):
    names = set(china.table("accounts").rows["account"])
    assert names == {"provinces", "zones", "households_gini", "households_quintiles"}


def test_real_accounts_end_where_real_figures_end(china):
    accounts = china.table("accounts").rows
    real = accounts.filter(pl.col("price") == "2020 prices")
    assert set(real["end"]) == {2022}
    assert set(accounts.filter(pl.col("price") == "current prices")["end"]) == {2023, 2024}


def test_parts_add_up_to_every_account(china):
    keys = ["account", "index", "price"]
    sums = china.table("account_parts").rows.group_by([*keys, "term"]).agg(pl.col("value").sum())
    wide = sums.pivot("term", index=keys, values="value", sort_columns=True)
    both = wide.join(china.table("accounts").rows, on=keys)
    assert both.height == 8
    for term in ("cake", "division"):
        gap = (both[term] - both[f"{term}_right"]).abs().max()
        assert gap < 1e-12  # a few additions in double precision


def test_no_published_figure_gets_a_standard_error(china):
    accounts = china.table("accounts").rows
    assert set(accounts["uncertainty"]) == {"no published error"}
    assert accounts["prosperity_error"].null_count() == accounts.height


def test_gap_to_the_published_mean_grows_as_the_census_was_not_carried_into_the_survey(china):
    gap = rows(china, "gap", account="zones")
    by_year = dict(zip(gap["year"], gap["gap"], strict=True))
    assert by_year[2013] == pytest.approx(0.0217, abs=5e-5)
    assert by_year[2020] == pytest.approx(0.0595, abs=5e-5)


def test_published_gini_account_uses_the_published_index(china):
    row = rows(china, "accounts", account="households_gini", price="current prices").row(
        0, named=True
    )
    assert row["equality_start"] == 1 - 0.473
    assert row["cake"] == pytest.approx(math.log(row["mean_end"] / row["mean_start"]))


def test_growth_of_the_fifths_is_that_of_their_published_means(china):
    found = rows(china, "incidence", price="current prices").sort("fifth")
    assert found.select("start", "end").row(0) == (2016, 2023)
    # log(9215 / 5529) / 7 and so on, with the published means typed in (Python 3.11, math.log).
    expected = [0.07297509, 0.06577740, 0.06155919, 0.06442714, 0.06750543]
    assert found["growth"].to_list() == pytest.approx(expected, abs=5e-9)
    # log(207127 / 130601) / 7: the sums of the five means.
    assert found["mean_growth"].to_list() == pytest.approx([0.06588361] * 5, abs=5e-9)


def test_real_growth_of_the_fifths_ends_with_the_price_index_and_loses_inflation_alike(china):
    real = rows(china, "incidence", price="2020 prices").sort("fifth")
    assert real["end"].unique().to_list() == [2022]
    nominal = [5529, 12899, 20924, 31990, 59259], [8601, 19303, 30598, 47397, 90116]
    inflation = {
        round(math.log(after / before) / 6 - growth, 12)
        for before, after, growth in zip(*nominal, real["growth"], strict=True)
    }
    assert len(inflation) == 1


def test_totals_say_where_growth_was_fastest_and_which_mean_they_compare_with(china):
    current = rows(china, "incidence_totals", price="current prices").row(0, named=True)
    assert current["pattern"] == "both ends"
    assert current["published_growth"] == pytest.approx(math.log(39218 / 23821) / 7, abs=1e-5)
    assert current["ratio_end"] == 95055 / 9215
    assert (current["lorenz"], current["generalised_lorenz"]) == ("crosses", None)
    real = rows(china, "incidence_totals", price="2020 prices").row(0, named=True)
    assert real["generalised_lorenz"] == "higher"


def test_lorenz_points_are_cumulative_shares_of_the_longest_window(china):
    found = china.table("lorenz_points").rows
    assert found["rank"].to_list() == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert found["share_start"][:2].to_list() == pytest.approx([5529 / 130601, 18428 / 130601])
    assert found["share_end"][:2].to_list() == pytest.approx([9215 / 207127, 29657 / 207127])
    assert found["difference"].to_list() == pytest.approx(
        [0.215456, 0.208116, -0.269597, -0.518056, 0.0], abs=5e-7
    )


def test_the_same_study_gives_the_same_document(china):
    again = run_study(embedded_study(), Path.cwd(), only_accounts=True)
    assert again.meta == china.meta
    for name, table in china.tables.items():
        assert again.table(name).rows.equals(table.rows)


UNITS = """
schema = "gongfu/study/1"
name = "mine"
title = { zh = "甲", en = "A" }
[data.cities]
source = "file"
path = "数据 cities.csv"
groups = ["belt"]
[[account]]
name = "cities"
title = { zh = "城市", en = "Cities" }
data = "cities"
income = "income"
population = "people"
levels = ["belt"]
start = 2013
end = 2020
"""

ROWS = """
schema = "gongfu/study/1"
name = "survey"
title = { zh = "甲", en = "A" }
[data.survey]
source = "rows"
path = "rows.csv"
year = "wave"
weight = "w"
groups = ["area"]
[[account]]
name = "persons"
title = { zh = "个人", en = "Persons" }
data = "survey"
inequality_from = "rows"
income = "income"
levels = ["area"]
start = 2013
end = 2020
"""


def own_study(folder, text):
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return run_study(*load_study(folder / "study.toml"))


def test_own_table_of_cities_with_groups_runs(tmp_path):
    (tmp_path / "数据 cities.csv").write_text(
        "city,year,income,people,belt\n"
        "甲市,2013,100,5,north\n乙市,2013,50,5,south\n丙市,2013,20,5,south\n"
        "甲市,2020,150,6,north\n乙市,2020,100,5,south\n丙市,2020,40,5,south\n",
        encoding="utf-8",
    )
    document = own_study(tmp_path, UNITS)
    account = rows(document, "accounts", index="gini").row(0, named=True)
    assert account["cake"] == pytest.approx(math.log((150 * 6 + 500 + 200) / 16 / (170 / 3)))
    parts = rows(document, "account_parts", index="gini", term="cake")
    assert parts["part_en"].to_list() == [
        "Income growth of north",
        "Income growth of south",
        "Shift of people between groups",
    ]
    assert "quality" not in document


def test_own_survey_rows_get_standard_errors(tmp_path):
    rng = np.random.default_rng(1)
    frame = pl.DataFrame(
        {
            "wave": np.repeat([2013, 2020], 200),
            "income": rng.lognormal(9, 0.6, 400) * np.repeat([1.0, 1.5], 200),
            "w": rng.uniform(1, 3, 400),
            "area": np.tile(["urban", "rural"], 200),
        }
    )
    frame.write_csv(tmp_path / "rows.csv")
    accounts = own_study(tmp_path, ROWS).table("accounts").rows
    assert set(accounts["uncertainty"]) == {"sampling"}
    assert accounts["evidence"].unique().to_list() == ["estimated"]
    assert (accounts["prosperity_error"] > 0.01).all()


def test_every_unknown_name_of_an_account_is_listed_with_the_nearest(tmp_path):
    (tmp_path / "数据 cities.csv").write_text(
        "city,year,incomes,people,belt\n甲市,2013,1,1,n\n甲市,2020,1,1,n\n", encoding="utf-8"
    )
    text = UNITS.replace('levels = ["belt"]', 'levels = ["belts"]')
    with pytest.raises(InputError) as caught:
        own_study(tmp_path, text)
    fixes = {problem.fix for problem in caught.value.problems}
    assert fixes == {"Did you mean 'incomes'?", "Did you mean 'belt'?"}


def test_a_unit_that_changes_its_group_is_refused(tmp_path):
    (tmp_path / "数据 cities.csv").write_text(
        "city,year,income,people,belt\n甲市,2013,1,1,n\n甲市,2020,1,1,s\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match="changes its group"):
        own_study(tmp_path, UNITS)

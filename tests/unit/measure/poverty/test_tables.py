from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.data.deprivation_file import parse_deprivations
from gongfu.measure.design import SurveyDesign
from gongfu.measure.poverty.deprivation_table import deprivation
from gongfu.measure.poverty.fgt import fgt, headcount
from gongfu.measure.poverty.table import poverty

SPEC = parse_deprivations(
    """
schema = "gongfu/deprivations/1"
name = "needs"
title = { zh = "基本需要", en = "Needs" }
k = 0.5
[dimensions.living]
[indicators.room]
title = { zh = "住房", en = "Room" }
dimension = "living"
below = 12
[indicators.water]
title = { zh = "饮水", en = "Water" }
dimension = "living"
one_of = [false]
[indicators.net]
title = { zh = "上网", en = "Internet" }
one_of = ["no"]
""",
    "needs.toml",
)
DESIGN = {"weight": "weight", "strata": "stratum", "psu": "village"}


@pytest.fixture
def rows() -> pl.DataFrame:
    rng = np.random.default_rng(9)
    n = 400
    return pl.DataFrame(
        {
            "income": rng.lognormal(10, 0.7, n),
            "room": rng.uniform(5, 40, n),
            "water": rng.random(n) < 0.8,
            "net": rng.choice(["yes", "no"], n),
            "weight": rng.uniform(1, 5, n),
            "village": np.repeat(np.arange(40), 10),
            "stratum": np.repeat(np.arange(4), 100),
            "area": rng.choice(["rural", "urban"], n),
        }
    )


def survey(rows: pl.DataFrame) -> SurveyDesign:
    return SurveyDesign(
        rows["weight"].to_numpy(), rows["stratum"].to_numpy(), rows["village"].to_numpy()
    )


def test_estimates_are_those_of_the_functions(rows):
    table = poverty(rows, "income", line=["60%median", 15000], **DESIGN)
    income, weight = rows["income"].to_numpy(), rows["weight"].to_numpy()
    found = headcount(income, weight, line="60%median")
    shown = table["headcount(60%median)"]
    assert shown.value == found.value
    assert shown.standard_error == math.sqrt(survey(rows).variance(found))
    assert table["sst(15000)"].unit == "index 0-1"
    assert table["line(60%median)"].value == pytest.approx(0.6 * table_median(rows))


def table_median(rows: pl.DataFrame) -> float:
    ordered = rows.sort("income")
    reached = ordered["weight"].cum_sum() / ordered["weight"].sum()
    return ordered["income"][int((reached < 0.5).sum())]


def test_groups_are_measured_at_the_line_of_all_rows(rows):
    table = poverty(rows, "income", line="60%median", measures=["gap"], by="area", **DESIGN)
    line = table["line(60%median)"].value
    for found in table.estimates:
        if found.group is not None:
            few = rows.filter(pl.col("area") == found.group)
            own = fgt(few["income"].to_numpy(), few["weight"].to_numpy(), line=line, alpha=1)
            assert found.value == pytest.approx(own.value, rel=1e-12)


def test_error_of_a_group_is_that_of_numerical_derivatives_over_all_rows(rows):
    """A relative line ties every row to every group: a smooth case, half of the mean."""
    table = poverty(rows, "income", line="50%mean", measures=["gap"], by="area", **DESIGN)
    shown = next(found for found in table.estimates if found.group == "rural")
    income, weight = rows["income"].to_numpy(), rows["weight"].to_numpy()
    member = (rows["area"] == "rural").to_numpy()

    def gap(w: np.ndarray) -> float:
        line = 0.5 * np.average(income, weights=w)
        return float(np.average(np.maximum(1 - income / line, 0)[member], weights=w[member]))

    influence = np.zeros(len(weight))
    for i in range(len(weight)):
        step = np.zeros(len(weight))
        step[i] = 1e-4
        influence[i] = (gap(weight + step) - gap(weight - step)) / 2e-4
    totals = np.bincount(rows["village"].to_numpy(), weight * influence)
    variance = sum(
        10 / 9 * ((totals[s : s + 10] - totals[s : s + 10].mean()) ** 2).sum()
        for s in range(0, 40, 10)
    )
    assert shown.standard_error == pytest.approx(math.sqrt(variance), rel=1e-5)  # step squared


def test_shares_of_groups_add_up_to_one_for_additive_measures_only(rows):
    table = poverty(rows, "income", line=15000, by="area", **DESIGN)
    kinds = {part.measure.partition("(")[0] for part in table.parts}
    assert kinds == {"headcount", "gap", "severity", "watts"}
    for kind in kinds:
        total = sum(part.value for part in table.parts if part.measure.startswith(kind))
        assert total == pytest.approx(1, rel=1e-12)


def test_measures_that_the_rows_cannot_support_are_listed(rows):
    with_zero = rows.with_columns(
        income=pl.when(pl.arange(0, pl.len()) == 3).then(0.0).otherwise(pl.col("income"))
    )
    table = poverty(with_zero, "income", line=15000, **DESIGN)
    assert [lack.measure for lack in table.skipped] == ["watts(15000)"]
    with pytest.raises(InputError, match="watts needs incomes > 0"):
        poverty(with_zero, "income", line=15000, measures=["watts"], **DESIGN)


def test_wrong_arguments_come_at_once(rows):
    with pytest.raises(InputError) as refused:
        poverty(rows, "income", line=["60%medan", -1], measures=["headcuont"], confidence=2)
    assert len(refused.value.problems) == 4
    assert "Did you mean 'headcount'" in str(refused.value)


def test_rows_without_income_are_counted_and_simulated_rows_stay_simulated(rows):
    gaps = rows.with_columns(
        income=pl.when(pl.arange(0, pl.len()) < 5).then(None).otherwise(pl.col("income")),
        evidence=pl.lit("simulated"),
    )
    table = poverty(gaps, "income", line=15000, **DESIGN)
    assert "5 of 400 rows have no income" in table.warnings[0]
    assert {found.evidence.value for found in table.estimates} == {"simulated"}


def test_pandas_in_pandas_out(rows):
    out = poverty(rows.to_pandas(), "income", line=15000, measures=["gap"]).to_frame()
    assert type(out).__module__.startswith("pandas")
    assert list(out["measure"]) == ["gap(15000)"]


def test_deprivation_counts_by_the_rules_of_its_file(rows):
    table = deprivation(rows, SPEC, by="area", **DESIGN)
    room, water, net = (
        (rows["room"] < 12).to_numpy(),
        (~rows["water"]).to_numpy(),
        (rows["net"] == "no").to_numpy(),
    )
    score = room * 0.25 + water * 0.25 + net * 0.5
    weight = rows["weight"].to_numpy()
    poor = score >= 0.5
    assert table["H"].value == pytest.approx(np.average(poor, weights=weight))
    assert table["M0"].value == pytest.approx(np.average(score * poor, weights=weight))
    assert table["contribution net"].value == pytest.approx(
        0.5 * np.average(net & poor, weights=weight) / table["M0"].value
    )
    assert [k for k, _ in table.cutoffs] == [0.25, 0.5, 0.75, 1.0]


def test_contributions_of_groups_add_up_and_carry_errors(rows):
    table = deprivation(rows, SPEC, by="area", **DESIGN)
    parts = [one for one in table.groups if one.measure.startswith("contribution")]
    assert sum(part.value for part in parts) == pytest.approx(1, rel=1e-12)
    # Two shares of a whole have the same error.
    assert parts[0].standard_error == pytest.approx(parts[1].standard_error, rel=1e-9)


def test_order_of_groups_over_cutoffs_is_counted(rows):
    worse = rows.with_columns(
        net=pl.when(pl.col("area") == "rural").then(pl.lit("no")).otherwise(pl.lit("yes"))
    )
    robust = deprivation(worse, SPEC, by="area", **DESIGN).robust
    assert (robust.pairs, robust.apart, robust.kept) == (1, 1, 1)
    assert deprivation(rows, SPEC, **DESIGN).robust is None


def test_an_order_that_turns_at_another_cutoff_is_not_kept(rows):
    # Many rural people lack a little; few urban people lack everything.
    number = pl.arange(0, pl.len())
    turned = rows.with_columns(
        area=pl.when(number % 2 == 0).then(pl.lit("rural")).otherwise(pl.lit("urban")),
        net=pl.when((number % 2 == 0) | (number % 10 == 1))
        .then(pl.lit("no"))
        .otherwise(pl.lit("yes")),
        room=pl.when(number % 10 == 1).then(5.0).otherwise(30.0),
        water=number % 10 != 1,
    )
    robust = deprivation(turned, SPEC, by="area", **DESIGN).robust
    assert (robust.apart, robust.kept) == (1, 0)


def test_rows_that_lack_an_indicator_are_left_out_and_counted(rows):
    gaps = rows.with_columns(
        room=pl.when(pl.arange(0, pl.len()) < 7).then(None).otherwise(pl.col("room"))
    )
    table = deprivation(gaps, SPEC, **DESIGN)
    assert table["H"].n == 393
    assert "7 of 400 rows lack an indicator" in table.warnings[0]
    assert "room most often, in 7" in table.warnings[0]


def test_no_complete_row_is_refused(rows):
    number = pl.arange(0, pl.len())
    holes = rows.with_columns(
        room=pl.when(number % 2 == 0).then(pl.col("room")),
        water=pl.when(number % 2 == 1).then(pl.col("water")),
    )
    with pytest.raises(InputError, match="no row has a value in every indicator"):
        deprivation(holes, SPEC, **DESIGN)


def test_columns_that_cannot_be_judged_come_at_once(rows):
    wrong = rows.with_columns(room=pl.lit("large"), net=pl.lit("sometimes"))
    with pytest.raises(InputError) as refused:
        deprivation(wrong, SPEC, **DESIGN)
    text = str(refused.value)
    assert "column room: the column does not hold numbers" in text
    assert "column net: nobody answers no (expected answers of the column: sometimes)" in text


def test_a_cutoff_outside_its_range_is_refused(rows):
    with pytest.raises(InputError) as refused:
        deprivation(rows, SPEC, k=1.5, cutoffs=[0], confidence=0)
    assert len(refused.value.problems) == 3


def test_a_whole_number_stored_as_a_fraction_is_the_same_answer(rows):
    coded = rows.with_columns(
        net=pl.when(pl.col("net") == "no").then(3.0).otherwise(1.0),
    )
    spec = parse_deprivations(
        'schema="gongfu/deprivations/1"\nname="a"\ntitle={zh="甲",en="A"}\nk=1\n'
        '[indicators.net]\ntitle={zh="网",en="Net"}\none_of=[3]',
        "a.toml",
    )
    share = (rows["net"] == "no").mean()
    assert deprivation(coded, spec)["H"].value == pytest.approx(share)

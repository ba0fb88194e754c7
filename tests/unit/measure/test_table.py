from __future__ import annotations

import json
import math

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from gongfu.core import Evidence, InputError, Microdata, Uncertainty
from gongfu.measure.catalogue import DEFAULT_MEASURES
from gongfu.measure.dagum import dagum
from gongfu.measure.design import SurveyDesign
from gongfu.measure.gini import gini
from gongfu.measure.mean import mean
from gongfu.measure.table import inequality


def survey() -> pl.DataFrame:
    rng = np.random.default_rng(21)
    psu = np.sort(rng.integers(24, size=240))
    return pl.DataFrame(
        {
            "income": rng.lognormal(10, 0.6, 240),
            "people": rng.uniform(1, 5, 240),
            "stratum": [f"s{number // 6}" for number in psu],
            "village": psu,
            "area": rng.choice(["城镇", "乡村"], 240),
        }
    )


ROWS = survey()
INCOME, PEOPLE = ROWS["income"].to_numpy(), ROWS["people"].to_numpy()
DESIGN = SurveyDesign(PEOPLE, ROWS["stratum"].to_numpy(), ROWS["village"].to_numpy())
SURVEY = {"weight": "people", "strata": "stratum", "psu": "village"}
SAME = 1e-12
"""Relative: the same functions on the same rows."""


def with_cell(column: str, position: int, value) -> pl.DataFrame:
    here = pl.int_range(pl.len()) == position
    return ROWS.with_columns(pl.when(here).then(pl.lit(value)).otherwise(column).alias(column))


def test_estimates_are_those_of_the_array_functions():
    table = inequality(ROWS, "income", **SURVEY)
    found = gini(INCOME, PEOPLE)
    assert [estimate.measure for estimate in table.estimates] == list(DEFAULT_MEASURES)
    assert table["gini"].value == pytest.approx(found.value, rel=SAME)
    assert table["gini"].standard_error == pytest.approx(
        math.sqrt(DESIGN.variance(found)), rel=SAME
    )
    assert table["gini"].n == 240
    assert "4 strata, 24 PSUs" in table["gini"].convention
    assert table.design == "weighted, 4 strata, 24 PSUs, drawn with replacement"


def test_without_a_design_the_rows_are_a_simple_random_sample_and_it_is_said():
    table = inequality(ROWS, "income")
    assert "simple random sample of 240 rows" in table["gini"].convention
    variance = SurveyDesign.simple(240).variance(gini(INCOME))
    assert table["gini"].standard_error == pytest.approx(math.sqrt(variance), rel=SAME)


@pytest.mark.parametrize(
    ("convert", "kind"),
    [
        (lambda frame: frame, pl.DataFrame),
        (lambda frame: frame.lazy(), pl.DataFrame),
        (lambda frame: frame.to_pandas(), pd.DataFrame),
        (lambda frame: frame.to_arrow(), pa.Table),
    ],
)
def test_any_frame_goes_in_and_the_same_comes_out(convert, kind):
    table = inequality(convert(ROWS), "income", **SURVEY, by="area")
    frame = table.to_frame()
    assert isinstance(frame, kind)
    assert table["gini"].value == pytest.approx(gini(INCOME, PEOPLE).value, rel=SAME)
    assert frame.shape == (30, 14)


def test_microdata_bring_their_design_and_evidence():
    rows = Microdata(ROWS.lazy(), "people", "stratum", "village", evidence=Evidence.SIMULATED)
    table = inequality(rows, "income", measures=["gini"])
    expected = math.sqrt(DESIGN.variance(gini(INCOME, PEOPLE)))
    assert table["gini"].standard_error == pytest.approx(expected, rel=SAME)
    assert table["gini"].evidence is Evidence.SIMULATED


def test_microdata_with_replicate_weights_are_not_given_another_error():
    rows = Microdata(ROWS.lazy(), "people", replicate_weights=("people",))
    with pytest.raises(InputError, match="replicate_standard_error"):
        inequality(rows, "income")


def test_groups_are_domains_of_the_whole_sample():
    table = inequality(ROWS, "income", **SURVEY, by="area", measures=["mean"])
    assert [found.group for found in table.estimates] == [None, "乡村", "城镇"]
    member = (ROWS["area"] == "城镇").to_numpy()
    inside = mean(INCOME[member], PEOPLE[member])
    found = table.estimates[2]
    assert found.value == pytest.approx(inside.value, rel=SAME)
    variance = DESIGN.variance(inside.in_domain(member))
    assert found.standard_error == pytest.approx(math.sqrt(variance), rel=SAME)
    assert found.n == member.sum()


def test_rows_without_income_are_left_out_and_counted():
    holes = with_cell("income", 3, None).with_columns(
        pl.when(pl.int_range(pl.len()) == 5).then(math.nan).otherwise("income").alias("income")
    )
    with pytest.warns(UserWarning, match="2 of 240 rows have no income and are left out"):
        table = inequality(holes, "income", weight="people", measures=["gini"])
    kept = np.delete(np.arange(240), [3, 5])
    assert table["gini"].value == pytest.approx(gini(INCOME[kept], PEOPLE[kept]).value, rel=SAME)
    assert table["gini"].n == 238
    assert len(table.warnings) == 1


def test_rows_without_a_group_form_their_own():
    table = inequality(with_cell("area", 0, None), "income", by="area", measures=["mean"])
    assert {found.group for found in table.estimates} == {None, "城镇", "乡村"}
    assert table.skipped[0].group == "(missing)"
    assert "too few sampling units" in table.skipped[0].reason


def test_a_default_measure_that_is_not_possible_is_skipped_with_its_reason():
    table = inequality(with_cell("income", 0, 0.0), "income")
    assert [lack.measure for lack in table.skipped] == ["mld", "atkinson(1)"]
    assert table.skipped[0].reason.startswith("needs incomes > 0 (found 1 incomes of zero)")
    assert "not possible here: mld, atkinson(1): needs incomes > 0" in repr(table)


def test_a_measure_asked_for_by_name_must_be_possible():
    with pytest.raises(InputError, match="needs incomes > 0"):
        inequality(with_cell("income", 0, 0.0), "income", measures=["mld"])


def test_a_population_has_no_sampling_error():
    table = inequality(ROWS, "income", weight="people", population=True, year=2024)
    assert table["gini"].standard_error is None
    assert table["gini"].interval is None
    assert table["gini"].uncertainty is Uncertainty.NOT_PUBLISHED
    assert table["gini"].evidence is Evidence.OBSERVED
    assert table.to_frame()["standard_error"].is_null().all()
    assert "no sampling error" in repr(table)


def test_dagum_parts_come_with_errors_of_the_design():
    table = inequality(
        ROWS, "income", **SURVEY, groups="area", decompose="dagum", measures=["gini"]
    )
    split = dagum(INCOME, ROWS["area"].to_numpy(), PEOPLE)
    assert [part.measure for part in table.parts] == [
        "dagum total",
        "dagum within",
        "dagum net between",
        "dagum overlap",
    ]
    within = table["dagum within"]
    assert within.value == pytest.approx(split.within.value, rel=SAME)
    assert within.standard_error == pytest.approx(
        math.sqrt(DESIGN.variance(split.within)), rel=SAME
    )
    assert table["dagum total"].value == pytest.approx(table["gini"].value, rel=SAME)


@pytest.mark.parametrize("index", ["theil", "mld"])
def test_entropy_parts_add_up_over_nested_groups(index):
    table = inequality(
        ROWS, "income", groups=["stratum", "village"], decompose=index, measures=[index]
    )
    total, *parts = table.parts
    assert [part.measure for part in parts] == [
        f"{index} between stratum",
        f"{index} between village",
        f"{index} within",
    ]
    assert sum(part.value for part in parts) == pytest.approx(total.value, rel=SAME)
    assert total.value == pytest.approx(table[index].value, rel=SAME)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            {"weight": "peple"},
            "column peple: there is no such column (expected one of income, people",
        ),
        ({"weight": "peple"}, "Did you mean 'people'?"),
        ({"confidence": 95}, "confidence lies between 0 and 1"),
        ({"groups": "area"}, "groups and decompose belong together"),
        ({"decompose": "theil"}, "groups and decompose belong together"),
        ({"decompose": "thiel", "groups": "area"}, "Did you mean 'theil'?"),
        ({"decompose": "dagum", "groups": ["area", "village"]}, "dagum takes one grouping"),
        ({"measures": ["ginni"]}, "Did you mean 'gini'?"),
        ({"strata": "village"}, "has a single sampling unit"),
        ({"weight": "area"}, "column area: the column does not hold numbers"),
    ],
)
def test_arguments_that_cannot_be_are_refused(arguments, said):
    rows = ROWS.head(24).with_columns(village=pl.int_range(24)) if "strata" in arguments else ROWS
    with pytest.raises(InputError) as refused:
        inequality(rows, "income", **arguments)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("frame", "arguments", "said"),
    [
        (with_cell("income", 1, math.inf), {}, "row 3, column income: inf is infinite"),
        (with_cell("people", 2, 0.0), {"weight": "people"}, "row 4, column people: 0.0 is no"),
        (with_cell("people", 2, None), {"weight": "people"}, "row 4, column people: a missing"),
        (with_cell("people", 2, math.nan), {"weight": "people"}, "row 4, column people: nan is"),
        (with_cell("stratum", 0, None), {"strata": "stratum"}, "row 2, column stratum: a missing"),
        (with_cell("village", 0, None), {"psu": "village"}, "row 2, column village: a missing"),
        (ROWS.with_columns(income=pl.lit(None)), {}, "does not hold numbers (found column type"),
        (
            ROWS.with_columns(income=pl.lit(None, pl.Float64)),
            {},
            "column income: no row has an income",
        ),
        (ROWS.with_columns(income=pl.lit("many")), {}, "235 more rows where the value is not a"),
    ],
)
def test_faulty_cells_are_named_by_row_and_column(frame, arguments, said):
    with pytest.raises(InputError) as refused:
        inequality(frame, "income", **arguments)
    assert said in str(refused.value)


def test_faulty_cells_of_all_columns_come_at_once():
    frame = with_cell("income", 1, math.inf).with_columns(people=pl.lit(-1.0))
    with pytest.raises(InputError) as refused:
        inequality(frame, "income", weight="people")
    assert len(refused.value.problems) == 1 + 5 + 1


def test_text_fits_one_screen_and_says_what_the_numbers_are():
    table = inequality(
        ROWS, "income", **SURVEY, by="area", unit="yuan", year=2024, price_base="2020 prices"
    )
    lines = repr(table).splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 79
    assert "... 12 more: to_frame() has all" in lines
    assert "money in yuan (2020 prices); year 2024; evidence: estimated" in "\n".join(lines)


def test_dict_is_plain_json_with_full_precision():
    table = inequality(ROWS, "income", **SURVEY, groups="area", decompose="dagum")
    document = json.loads(json.dumps(table.to_dict(), allow_nan=False))
    assert document["estimates"][1]["measure"] == "gini"
    assert document["estimates"][1]["value"] == table["gini"].value
    assert len(document["decomposition"]) == 4


def test_an_unknown_measure_of_the_result_brings_the_nearest_name():
    with pytest.raises(KeyError, match="Did you mean 'gini'"):
        inequality(ROWS, "income")["gin"]


def test_hidden_characters_of_names_are_written_out():
    frame = ROWS.rename({"income": "in\x1b[31mcome"})
    assert "\x1b" not in repr(inequality(frame, "in\x1b[31mcome"))


def test_rows_that_say_simulated_stay_simulated_and_are_never_mixed():
    rows = pl.DataFrame({"income": [1.0, 2.0, 3.0], "evidence": ["simulated"] * 3})
    found = inequality(rows, "income", measures=["gini"], population=True)
    assert {estimate.evidence for estimate in found.estimates} == {Evidence.SIMULATED}
    assert {estimate.uncertainty for estimate in found.estimates} == {Uncertainty.UNKNOWN}
    mixed = rows.with_columns(evidence=pl.Series(["simulated", "observed", "observed"]))
    with pytest.raises(InputError, match="never mixed"):
        inequality(mixed, "income", measures=["gini"], population=True)

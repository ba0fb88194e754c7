"""The streamed table against the one in memory."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

from gongfu.core import Evidence, InputError, Microdata
from gongfu.measure.large import blocks, distribution
from gongfu.measure.large import table as large_table
from gongfu.measure.table import inequality

MEASURES = [
    *("mean", "gini", "theil", "mld", "ge(2)", "ge(-1)", "atkinson(0.5)", "atkinson(1)"),
    *("atkinson(2)", "hoover", "p50", "p90/p10", "share(90,100)", "share(0,40)", "s80/s20"),
    *("palma", "ede", "ede(1)", "wolfson", "headcount(12000)", "fgt(1.5,12000)", "watts(12000)"),
]
SURVEY = {"weight": "people", "strata": "stratum", "psu": "village"}
EXACT = 1e-12
"""Relative: the same sums in another order."""
SKETCHED = 1e-8
"""The largest error that bins may have."""


def survey(n: int = 4000) -> pl.DataFrame:
    rng = np.random.default_rng(8)
    village = np.sort(rng.integers(0, 80, n))
    level = 0.2 * rng.normal(size=80)[village]
    return pl.DataFrame(
        {
            "income": np.exp(rng.normal(10, 0.6, n) + level),
            "people": rng.uniform(1, 5, n),
            "village": village,
            "stratum": [f"s{one // 20}" for one in village],
            "area": rng.choice(["城镇", "乡村"], n),
            "province": rng.integers(1, 12, n),
        }
    ).with_columns(zone=pl.concat_str("area", "province"))


ROWS = survey()
HOLES = ROWS.with_columns(
    income=pl.when(pl.int_range(pl.len()) % 97 == 0).then(None).otherwise("income")
)
HEAPED = ROWS.with_columns(income=(pl.col("income") / 1000).ceil() * 1000)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    """Several blocks of a few rows each."""
    monkeypatch.setattr(blocks, "BLOCK", 700)


@pytest.fixture
def sketched(monkeypatch):
    """Bins even for few rows."""
    monkeypatch.setattr(distribution, "FEW_ROWS", 0)


DESIGNS = {
    "equal weights": {},
    "weights": {"weight": "people"},
    "strata": {"weight": "people", "strata": "stratum"},
    "strata and PSUs": SURVEY,
    "PSUs": {"psu": "village"},
}


def both(rows, **options):
    ours = inequality(rows.lazy(), "income", stream=True, **options)
    return ours, inequality(rows, "income", **options)


def assert_same(ours, expected, tolerance):
    assert ours.design == expected.design
    assert ours.skipped == expected.skipped
    assert ours.warnings == expected.warnings
    pairs = [*zip(ours.estimates, expected.estimates, strict=True)]
    pairs += [*zip(ours.parts, expected.parts, strict=True)]
    for found, known in pairs:
        allowed = tolerance(found.measure)
        assert (found.measure, found.group, found.n) == (known.measure, known.group, known.n)
        assert found.unit == known.unit
        assert found.value == pytest.approx(known.value, rel=allowed), found.measure
        if known.standard_error is None:
            assert found.uncertainty == known.uncertainty
            continue
        # The difference quotient of a density subtracts two quantiles: two digits go.
        rel = 100 * allowed
        assert found.standard_error == pytest.approx(known.standard_error, rel=rel), found.measure
        assert found.interval.high == pytest.approx(known.interval.high, rel=allowed)


@pytest.mark.parametrize("rows", [ROWS, HEAPED], ids=["smooth", "heaped"])
@pytest.mark.parametrize("design", DESIGNS)
def test_streamed_numbers_are_those_of_the_table_in_memory(design, rows):
    ours, expected = both(rows, measures=MEASURES, **DESIGNS[design])
    assert_same(ours, expected, lambda _: EXACT)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_rows_without_income_are_left_out_and_stay_in_the_design():
    ours, expected = both(HOLES, measures=MEASURES, by="area", **SURVEY)
    assert_same(ours, expected, lambda _: EXACT)
    assert ours["gini"].n == HOLES["income"].drop_nulls().len()


@pytest.mark.parametrize("by", ["area", "province"])
def test_groups_are_the_same_domains_in_the_same_order(by):
    assert_same(*both(ROWS, by=by, **SURVEY), lambda _: EXACT)


@pytest.mark.parametrize("rows", [ROWS, HEAPED], ids=["smooth", "heaped"])
@pytest.mark.parametrize("design", ["weights", "strata and PSUs"])
def test_bins_change_the_gini_by_less_than_they_say(sketched, rows, design):
    ours, expected = both(rows, measures=MEASURES, by="area", **DESIGNS[design])
    binned = {"gini", "ede", "wolfson"}
    assert_same(ours, expected, lambda name: SKETCHED if name in binned else EXACT)
    assert "65,536 bins, at most" in ours["gini"].convention
    assert "bins" not in ours["theil"].convention


@pytest.mark.parametrize("mode", ["few rows", "bins"])
@pytest.mark.parametrize("design", ["weights", "strata", "strata and PSUs"])
def test_dagum_parts_with_errors_are_those_in_memory(monkeypatch, mode, design):
    if mode == "bins":
        monkeypatch.setattr(distribution, "FEW_ROWS", 0)
    ours, expected = both(
        ROWS, measures=["gini"], groups="province", decompose="dagum", **DESIGNS[design]
    )
    # Overlap is the difference of larger numbers.
    allowed = EXACT * 10 if mode == "few rows" else 10 * SKETCHED
    assert_same(ours, expected, lambda _: allowed)


@pytest.mark.parametrize("index", ["theil", "mld"])
@pytest.mark.parametrize("design", ["weights", "strata and PSUs"])
def test_nested_entropy_with_errors_is_that_in_memory(index, design):
    ours, expected = both(
        ROWS, measures=["theil"], groups=["area", "zone"], decompose=index, **DESIGNS[design]
    )
    # Between two areas whose means nearly agree, little is left of ten digits.
    assert_same(ours, expected, lambda name: 1e-8 if "between" in name else EXACT)


def test_groups_that_are_not_nested_are_named():
    with pytest.raises(InputError, match="lies in 2 groups of level 1"):
        both(ROWS, groups=["area", "province"], decompose="theil")


def test_population_rows_have_no_error():
    ours, expected = both(ROWS, population=True, by="area")
    assert_same(ours, expected, lambda _: EXACT)
    assert ours["gini"].standard_error is None


def test_convention_says_that_the_rows_were_streamed():
    ours, _ = both(ROWS, measures=["mean"])
    assert "streamed in blocks of 262,144 rows" in ours["mean"].convention


def with_cells(**cells) -> pl.DataFrame:
    here = pl.int_range(pl.len())
    return ROWS.with_columns(
        pl.when(here >= at).then(pl.lit(value)).otherwise(name).alias(name)
        for name, (at, value) in cells.items()
    )


@pytest.mark.parametrize(
    "rows",
    [
        with_cells(income=(3990, -5.0)),
        with_cells(income=(3990, math.inf), people=(3998, 0.0)),
        with_cells(people=(0, None)),
        ROWS.with_columns(income=pl.lit(None, pl.Float64)),
        ROWS.with_columns(income=pl.lit("many")),
        with_cells(stratum=(3999, None)),
        ROWS.drop("people"),
    ],
    ids=["negative", "infinite", "weight", "empty", "text", "stratum", "column"],
)
def test_faulty_cells_are_refused_in_the_same_words(rows):
    with pytest.raises(InputError) as ours:
        inequality(rows.lazy(), "income", stream=True, **SURVEY)
    with pytest.raises(InputError) as expected:
        inequality(rows, "income", **SURVEY)
    assert [str(one) for one in ours.value.problems] == [
        str(one) for one in expected.value.problems
    ]


@pytest.mark.parametrize("lonely", ["error", "centre", "certainty"])
@pytest.mark.parametrize("design", [SURVEY, {"weight": "people", "strata": "stratum"}])
def test_a_stratum_with_one_unit_is_handled_the_same(lonely, design):
    alone = ROWS.head(1).with_columns(stratum=pl.lit("alone"), village=pl.lit(999).cast(pl.Int64))
    rows = pl.concat([ROWS, alone])
    if lonely == "error":
        with pytest.raises(InputError, match="stratum alone has a single sampling unit"):
            inequality(rows.lazy(), "income", stream=True, **design)
        return
    ours, expected = both(rows, measures=["mean", "gini"], lonely=lonely, **design)
    assert_same(ours, expected, lambda _: EXACT)


def test_zero_and_negative_incomes_have_the_measures_they_have_in_memory():
    zeros = with_cells(income=(3000, 0.0))
    assert_same(*both(zeros, by="area", **SURVEY), lambda _: EXACT)
    below = with_cells(income=(3500, -120.0))
    assert_same(*both(below, measures=["mean", "p50", "p90", "p5"]), lambda _: EXACT)
    with pytest.raises(InputError, match="gini needs incomes >= 0"):
        inequality(below.lazy(), "income", measures=["gini"], stream=True)


def test_only_zero_incomes_are_refused_as_in_memory():
    zeros = with_cells(income=(0, 0.0))
    assert both(zeros)[0].skipped == both(zeros)[1].skipped
    assert "only zero incomes" in both(zeros)[0].skipped[0].reason


def test_pieces_of_the_file_do_not_change_a_bit(tmp_path):
    ROWS.write_parquet(tmp_path / "a.parquet", row_group_size=333)
    ROWS.write_parquet(tmp_path / "b.parquet", row_group_size=4000)
    one, other = (
        inequality(
            pl.scan_parquet(tmp_path / name), "income", measures=MEASURES, stream=True, **SURVEY
        ).to_dict()
        for name in ("a.parquet", "b.parquet")
    )
    assert one == other


def test_a_lazy_frame_is_streamed_from_a_number_of_rows_on(monkeypatch):
    monkeypatch.setattr("gongfu.measure.table.IN_MEMORY", 3999)
    assert "streamed" in inequality(ROWS.lazy(), "income")["gini"].convention
    microdata = Microdata(ROWS.lazy(), "people", evidence=Evidence.SIMULATED)
    found = inequality(microdata, "income")["gini"]
    assert "streamed" in found.convention
    assert found.evidence is Evidence.SIMULATED
    assert "streamed" not in inequality(ROWS.lazy(), "income", stream=False)["gini"].convention
    assert "streamed" not in inequality(ROWS, "income")["gini"].convention


def test_progress_tells_every_pass_to_its_end():
    told: dict[str, float] = {}
    inequality(ROWS.lazy(), "income", stream=True, progress=told.__setitem__)
    assert told == dict.fromkeys(["totals", "distribution", "borders", "errors"], 1.0)


def test_measures_that_need_all_rows_are_refused_by_name():
    names = ["gini", "headcount(60%median)", "der(0.5)"]
    with pytest.raises(InputError) as refused:
        inequality(ROWS.lazy(), "income", measures=names, stream=True)
    assert [one.what for one in refused.value.problems] == [
        f"{name} needs all rows in memory" for name in names[1:]
    ]


def test_too_many_groups_are_refused(monkeypatch):
    monkeypatch.setattr(large_table, "MOST_GROUPS", 10)
    with pytest.raises(InputError, match=r"too many groups \(expected at most 10; found 11\)"):
        inequality(ROWS.lazy(), "income", by="province", stream=True)

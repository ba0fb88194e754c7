import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError
from gongfu.explain import PanelData, fixed_effects
from gongfu.explain.chain import Study
from gongfu.measure.space import SpatialWeights


def made_up(units=31, years=10, effect=0.5, seed=0, cross=None) -> pl.DataFrame:
    """A panel with unit and year effects, a mediator, a control and regions."""
    rng = np.random.default_rng(seed)
    unit, year = (a.ravel() for a in np.meshgrid(range(units), range(years), indexing="ij"))
    x = rng.normal(size=units)[unit] + rng.normal(size=years)[year] + rng.normal(size=len(unit))
    z = 0.3 * x + rng.normal(size=len(unit))
    m = 0.8 * x + rng.normal(size=len(unit))
    slope = effect if cross is None else np.where(z > cross, effect, 0.0)
    y = slope * x + 0.5 * m + z + rng.normal(size=units)[unit] + rng.normal(size=len(unit))
    return pl.DataFrame(
        {
            "unit": [f"u{i:02d}" for i in unit],
            "year": 2010 + year,
            "y": y + 0.3 * year,
            "x": x,
            "z": z,
            "m": m,
            "region": [["east", "west"][i % 2] for i in unit],
        }
    )


def ring(units: int) -> SpatialWeights:
    """Every unit has the two next to it on a circle as neighbours."""
    matrix = np.zeros((units, units))
    for i in range(units):
        matrix[i, [(i - 1) % units, (i + 1) % units]] = 0.5
    return SpatialWeights.from_matrix(matrix, "ring, rows add up to one")


ROLES = {"outcome": "y", "treatment": "x", "controls": ("z",)}


def test_the_main_model_is_the_two_way_regression_of_the_same_rows():
    frame = made_up()
    main = Study.of(frame, **ROLES).baseline().step("baseline").model("two-way-controls")
    panel = PanelData.from_frame(frame, "y", ["x", "z"], entity="unit", time="year")
    alone = fixed_effects(panel)
    np.testing.assert_allclose(main.result.coefficients, alone.coefficients, rtol=1e-12)
    np.testing.assert_allclose(main.result.standard_errors, alone.standard_errors, rtol=1e-12)


def test_few_clusters_bring_the_wild_bootstrap_and_many_do_not():
    few = Study.of(made_up(units=12), **ROLES).baseline().step("baseline")
    many = Study.of(made_up(units=45), **ROLES).baseline().step("baseline")
    assert 0 < few.model("two-way-controls").numbers["wild_p"] <= 1
    assert not many.model("two-way-controls").numbers


def test_an_association_is_never_worded_as_a_cause():
    study = Study.of(made_up(), **ROLES, mediators=("m",)).baseline().channel()
    words = " ".join(say.en for step in study.steps for say in step.says).lower()
    assert "association" in words
    for verb in ("causes", "raises", "increases", "leads to", "effect of"):
        assert verb not in words


def test_a_known_zero_is_reported_as_cannot_tell():
    said = Study.of(made_up(effect=-0.4), **ROLES).baseline().step("baseline").says[0]
    # 0.5 * 0.8 through m and -0.4 directly cancel: the total association is zero
    assert "do not settle" in said.en
    assert "不能确定" in said.zh


def test_steps_without_their_columns_say_what_they_need():
    study = Study.of(made_up(), **ROLES).run()
    for name in ("channel", "threshold", "space"):
        step = study.step(name)
        assert step.needs is not None
        assert step.needs.en.startswith("Not possible here: needs")
        assert not step.models


def test_a_planted_threshold_is_found_between_its_neighbours():
    frame = made_up(effect=1.5, cross=0.5, seed=1)
    study = Study.of(frame, **ROLES, threshold="z", replications=199).threshold()
    numbers = study.step("threshold").models[0].numbers
    assert numbers["threshold_1"] == pytest.approx(0.5, abs=0.15)  # ten rows between candidates
    assert numbers["threshold_wild_p"] < 0.05


def test_space_lines_up_every_w_and_keeps_one_that_fails_beside_the_others():
    full = SpatialWeights.from_matrix(np.ones((31, 31)) - np.eye(31), "all alike, not scaled")
    units = tuple(f"u{i:02d}" for i in range(31))
    study = Study.of(made_up(), **ROLES, weights={"ring": ring(31), "full": full}, order=units)
    step = study.space().step("space")
    assert [model.key for model in step.models] == ["sdm ring", "effects ring"]
    assert "full: no estimate" in step.says[1].en


BAD = {
    "collinear": {"controls": ("z", "twice")},
    "absorbed regressor": {"controls": ("fixed",)},
    "absorbed instrument": {"controls": ("z",), "instruments": ("fixed",)},
    "weights of other units": {"controls": ("z",), "weights": {"ring": ring(30)}},
    "collinear mediator": {"controls": ("z",), "mediators": ("twice",)},
    "no threshold variable": {"controls": ("z",), "threshold": "one"},
}


@pytest.mark.parametrize("declared", BAD.values(), ids=BAD)
def test_a_run_of_a_bad_study_stops_with_its_problem(declared):
    frame = made_up(units=20, years=6).with_columns(
        twice=2 * pl.col("z"),
        fixed=pl.col("unit").str.slice(1).cast(pl.Float64),
        one=pl.lit(1.0),
    )
    study = Study.of(frame, outcome="y", treatment="x", replications=100, **declared)
    with pytest.raises(InputError) as caught:
        study.run()
    assert len({problem.what.partition(": ")[2] for problem in caught.value.problems}) == len(
        caught.value.problems
    )


def test_gaps_that_leave_no_full_year_stop_a_study_with_weights():
    frame = made_up(units=6, years=6).filter(
        pl.col("unit").str.slice(1).cast(int) != pl.col("year") - 2010
    )
    study = Study.of(frame, **ROLES, weights={"ring": ring(6)}, replications=100)
    with pytest.raises(InputError, match="space: there are fewer than two times"):
        study.run()


def test_a_study_that_declares_nothing_wrong_has_no_problems():
    study = Study.of(made_up(), **ROLES, mediators=("m",), replications=100)
    assert study.run().problems == []


def test_the_curve_holds_the_main_model_and_every_choice():
    study = Study.of(made_up(), **ROLES, region="region").baseline().robustness()
    curve = study.step("robustness").curves["specifications"]
    main = curve.filter(pl.col("is_main"))
    estimate = study.step("baseline").model("two-way-controls").result.coefficient("x")
    assert main["estimate"].to_list() == [estimate]
    # 2 treatments x 2 sets of controls x 3 windows x 3 choices of regions x 2 of tails
    assert curve.height == 72
    assert curve["standardised"].is_sorted()


def test_the_audit_collects_what_steps_found_and_names_double_roles():
    frame = made_up().with_columns(copy=pl.col("x"))
    study = Study.of(frame, outcome="y", treatment="x", controls=("square(x)",)).baseline().audit()
    checks = {one.check: one.outcome for one in study.step("audit").findings}
    assert checks["shared-variables"] == "found"
    assert checks["common-trend"] == "clean"


def test_all_problems_of_a_question_come_at_once():
    with pytest.raises(InputError) as caught:
        Study.of(made_up(), outcome="log(yy)", treatment="x+", controls=("lgo(z)",), entity="uni")
    text = str(caught.value)
    for piece in ("'yy'", "'+'", "'lgo'", "'uni'"):
        assert piece in text


def test_repeated_rows_are_refused_by_name():
    frame = pl.concat([made_up(), made_up().head(1)])
    with pytest.raises(InputError, match="u00 in 2010"):
        Study.of(frame, **ROLES)


def test_the_same_seed_gives_the_same_study():
    one, two = (Study.of(made_up(), **ROLES, mediators=("m",)).channel() for _ in range(2))
    assert one.step("channel").curves["paths"].equals(two.step("channel").curves["paths"])


def test_estimates_from_simulated_rows_say_so_in_tags_and_words():
    frame = made_up().with_columns(evidence=pl.lit("simulated"))
    step = Study.of(frame, **ROLES).baseline().step("baseline")
    assert {model.result.evidence.value for model in step.models} == {"simulated"}
    assert "an association in simulated data" in step.says[0].en

from dataclasses import fields, is_dataclass, replace

import numpy as np
import polars as pl
import pytest

from gongfu.core import InputError, Panel
from gongfu.data.assumption_files import load_assumptions
from gongfu.economy.base_year import Figures, build_base_year, load_figures, output_path
from gongfu.economy.base_year.build import money_of_zones
from gongfu.economy.base_year.zone_sums import zone_mean, zone_sum
from gongfu.economy.markets import calibrate_base

YEARS = range(2013, 2024)
FIELDS = ("output", "production_tax", "markup", "capital_share", "labour_payments", "home_share")


@pytest.mark.parametrize("year", YEARS)
def test_accounts_close_in_every_year(built, year):
    base = built(year)
    parts, output = base.payments, base.output
    paid = parts.tax + parts.labour + parts.capital + parts.profit
    by_zone = base.markets.labour_payments.sum(axis=2)
    # Ledger sums of doubles: 1e-9 asked, 1e-12 kept.
    np.testing.assert_allclose(paid, output, rtol=1e-12)
    np.testing.assert_allclose(by_zone[0::2] + by_zone[1::2], parts.labour, rtol=1e-12)
    assert abs(base.markets.net_transfers.sum()) < 1e-9 * output.sum()
    gdp = base.figures.regional("gdp", [year])[0]
    np.testing.assert_allclose(output.sum(axis=1), gdp, rtol=1e-12)
    assert output.min() > 0


@pytest.mark.parametrize("year", YEARS)
def test_zones_have_their_published_means_people_and_sources(built, year):
    base = built(year)
    households, zones = base.households, base.zones
    found = zone_mean(households.income, households.people, households.start)
    # Sums over some hundred records in double precision.
    np.testing.assert_allclose(found, zones.income, rtol=1e-12)
    np.testing.assert_allclose(
        zone_sum(households.people, households.start), zones.people, rtol=1e-12
    )
    np.testing.assert_allclose(
        zone_sum(households.census_people, households.start), zones.census, rtol=1e-12
    )
    for k in range(4):
        source = zone_mean(households.sources[:, k], households.people, households.start)
        # The fit of sources ends at 1e-12.
        np.testing.assert_allclose(source, zones.sources[:, k], rtol=1e-11)


@pytest.mark.parametrize("year", [2013, 2018, 2023])
def test_digital_labour_supplied_is_the_digital_labour_paid(built, year):
    base = built(year)
    households = base.households
    units = households.weight * households.workers * np.exp(households.log_human_capital)
    digital = zone_sum(units * households.digital_skill, households.start)
    routine = zone_sum(units * (1 - households.digital_skill), households.start)
    premium = base.assumptions["digital_pay_premium"].value
    paid = base.markets.labour_payments.sum(axis=1)
    # The solver ends at 1e-12 of a share of about .04.
    np.testing.assert_allclose(premium * digital / routine, paid[:, 0] / paid[:, 1], rtol=1e-9)


@pytest.mark.parametrize("year", [2013, 2021, 2023])
def test_zones_have_their_internet_users_and_elderly_people(built, year):
    base = built(year)
    households = base.households
    online = zone_mean(1.0 * households.is_online, households.people, households.start)
    elderly = zone_mean(households.elderly_share, households.people, households.start)
    # Half a record of the smallest zone, which has about 90.
    np.testing.assert_allclose(online, base.zones.internet, atol=0.008)
    np.testing.assert_allclose(elderly, base.zones.elderly, rtol=1e-12)


def test_accounts_and_survey_differ_by_two_named_objects_and_nothing_else(built):
    base = built(2023)
    money = money_of_zones(base.zones)
    labour = base.markets.labour_payments.sum(axis=(1, 2))
    owners = (base.payments.capital + base.payments.profit).sum()
    explained = base.wedges.labour @ labour + base.wedges.pass_through * owners
    assert explained == pytest.approx(money[:, :3].sum(), rel=1e-12)  # sums of 62 numbers


def test_markets_accept_the_inputs_and_close(built):
    inputs = built(2023).markets
    base = calibrate_base(
        **{name: getattr(inputs, name) for name in FIELDS},
        home_share_cap=inputs.home_share_cap,
        net_transfers=inputs.net_transfers,
    )
    assert base.pool_share.min() > 0


def test_markups_of_firms_change_payments_but_not_output_or_people(built):
    base = built(2023)
    firms = np.full((31, 4), 1.4)
    other = build_base_year(2023, 20_000, markup=firms)
    assert np.array_equal(other.output, base.output)
    assert np.array_equal(other.households.income, base.households.income)
    assert other.payments.profit.sum() > base.payments.profit.sum()
    assert other.wedges.labour.min() > base.wedges.labour.min()


def test_east_holds_about_as_much_of_the_digital_core_as_the_census_counts(built):
    east = [built(year) for year in (2013, 2018, 2023)]
    codes = [0, 1, 2, 8, 9, 10, 12, 14, 18, 20]
    shares = [b.output[codes, 3].sum() / b.output[:, 3].sum() for b in east]
    # Nothing is fitted to the census share of revenue (.73 in 2023).
    np.testing.assert_allclose(shares, 0.73, atol=0.02)


@pytest.mark.parametrize("year", [2014, 2017, 2018, 2022])
def test_no_figure_after_the_year_enters(year):
    base = build_base_year(year, 2_000)
    again = build_base_year(year, 2_000, figures=scrambled(load_figures(), year))
    differing = [name for name, a, b in leaves(base, again) if not np.array_equal(a, b)]
    assert differing == []


def test_figures_of_the_year_do_enter(built):
    figures = load_figures()
    raised = pl.when(pl.col("year") == 2017).then(pl.col("value") * 1.01).otherwise("value")
    provinces = Panel(
        figures.provinces.frame.with_columns(value=raised), figures.provinces.variables
    )
    base = built(2017)
    other = build_base_year(2017, 20_000, figures=replace(figures, provinces=provinces))
    np.testing.assert_allclose(other.output.sum(), 1.01 * base.output.sum(), rtol=1e-12)
    np.testing.assert_allclose(other.zones.income, 1.01 * base.zones.income, rtol=1e-12)


def test_path_of_past_years_uses_what_was_known_at_the_origin():
    assumed = {name: entry.value for name, entry in load_assumptions().items()}
    figures = load_figures()
    path = output_path(figures, range(2013, 2019), assumed)
    again = output_path(scrambled(figures, 2018), range(2013, 2019), assumed)
    assert np.array_equal(path.output, again.output)
    assert path.output.shape == (6, 31, 4)
    # A figure of a later year fills the gap of an earlier one only once it is known.
    before = output_path(figures, range(2013, 2018), assumed)
    assert np.array_equal(path.output[:4], before.output[:4])
    assert not np.array_equal(path.output[4], before.output[4])


def test_number_of_households_does_not_move_results(built):
    few, many = built(2023), built(2023, 100_000)
    for name in ("internet", "income", "elderly", "people"):
        assert np.array_equal(getattr(few.zones, name), getattr(many.zones, name))
    small, large = shares_of_thirds(few), shares_of_thirds(many)
    # Inequality inside slices of a five-thousandth of the nation, and who is next to whom.
    np.testing.assert_allclose(small, large, rtol=2e-3)


def test_same_input_gives_the_same_bits():
    first, second = build_base_year(2019, 2_000), build_base_year(2019, 2_000)
    assert [name for name, a, b in leaves(first, second) if not np.array_equal(a, b)] == []


def test_seed_moves_who_is_old_and_online_but_no_income():
    first, second = (build_base_year(2023, 2_000, seed) for seed in (1, 2))
    # The split by source moves, and with it the last bits of its sum.
    np.testing.assert_allclose(first.households.income, second.households.income, rtol=1e-12)
    assert not np.array_equal(first.households.age, second.households.age)
    assert not np.array_equal(first.households.parents_score, second.households.parents_score)


@pytest.mark.parametrize("year", [2012, 2024])
def test_years_without_the_survey_or_the_accounts_are_refused(year):
    with pytest.raises(InputError, match="2013 to 2023"):
        build_base_year(year)


def test_parents_rank_has_the_assumed_correlation(built):
    households = built(2023).households
    found = np.corrcoef(households.score, households.parents_score)[0, 1]
    # Sampling error of a correlation over 20,000 evenly spread rows is below .01.
    assert found == pytest.approx(load_assumptions()["parents_rank_correlation"].value, abs=0.01)


def test_changed_assumptions_are_used():
    known = load_assumptions()
    raised = {**known, "production_tax_rate": replace(known["production_tax_rate"], value=0.12)}
    base = build_base_year(2023, 1_000, assumptions=raised)
    assert base.payments.tax.sum() == pytest.approx(0.12 * base.output.sum())


def shares_of_thirds(base):
    """Return what the poorest and richest third of households earn, and who is online and old."""
    households = base.households
    order = np.argsort(households.income)
    running = np.cumsum(households.weight[order]) / households.weight.sum()
    money = np.cumsum((households.people * households.income)[order])
    thirds = np.interp([1 / 3, 2 / 3], running, money / money[-1])
    online = np.average(households.is_online, weights=households.people)
    skill = np.average(households.digital_skill, weights=households.people)
    return np.array([*thirds, online, skill])


def scrambled(figures, year):
    """Return figures whose values after a year are noise."""
    return Figures(*(noisy(getattr(figures, part.name), year) for part in fields(figures)))


def noisy(panel, year):
    noise = np.random.default_rng(7).uniform(0.2, 5.0, panel.frame.height)
    later = pl.col("year") > year
    value = pl.when(later).then(pl.col("value") * pl.Series(noise)).otherwise(pl.col("value"))
    return Panel(panel.frame.with_columns(value=value), panel.variables, panel.labels)


def leaves(first, second, name=""):
    """Yield the name and both values of every array and number of two base years."""
    for part in fields(first):
        a, b = getattr(first, part.name), getattr(second, part.name)
        if isinstance(a, Figures) or part.name == "assumptions":
            continue
        if is_dataclass(a):
            yield from leaves(a, b, f"{name}{part.name}.")
        else:
            yield f"{name}{part.name}", a, b

"""The base year at rest and the years after it (E1-E4 together)."""

from dataclasses import fields, replace

import numpy as np
import pytest

from gongfu.core import ConvergenceError, InputError
from gongfu.economy.enterprises import by_region_sector, market_sum, settle


def same(first, second):
    return all(
        np.array_equal(getattr(first, field.name), getattr(second, field.name))
        for field in fields(first)
    )


def test_without_levers_and_adoption_nothing_moves_to_the_last_bit(economy):
    still = replace(economy.rules, adoption_speed=0.0)
    year = economy.run(10, rules=still)
    assert same(year.enterprises, economy.base.enterprises)
    base = economy.base.competition
    for name in ("share", "markup", "market_markup", "price", "productivity"):
        assert np.array_equal(getattr(year.competition, name), getattr(base, name)), name


def test_at_the_ceiling_of_adoption_nothing_moves_either(make_economy):
    economy = make_economy(500, adoption=1.0)
    assert same(economy.run(5).enterprises, economy.base.enterprises)


def test_a_reform_never_leaks_into_the_baseline(economy):
    before = economy.run(3).enterprises
    economy.run(3, levers=replace(economy.levers, interoperability=np.full(103, 0.5)))
    assert same(economy.run(3).enterprises, before)


def test_shares_of_every_market_add_up_to_one(economy):
    firms, found = economy.base.enterprises, economy.run(5).competition
    total = market_sum(firms.weight * found.share, firms.market, 103)
    assert total == pytest.approx(np.ones(103), abs=1e-13)  # sums of some twenty records


def test_the_base_year_is_at_rest_and_measured_against_itself(economy):
    firms, stocks = economy.base.enterprises, economy.base.stocks
    assert np.array_equal(firms.data, firms.size)
    assert np.array_equal(firms.size, firms.size_base)
    weight = firms.weight * firms.size
    stock = market_sum(weight * firms.data, firms.market, 103) / market_sum(
        weight, firms.market, 103
    )
    assert np.array_equal(stocks.stock, stock)


def test_equal_markets_stay_equal(make_economy):
    economy = make_economy(2000, equal_markets=True)
    price = economy.run(5).competition.price
    by_region = price[:93].reshape(31, 3)
    assert np.array_equal(by_region, np.tile(by_region[0], (31, 1)))
    assert np.ptp(price[93:]) == 0


def test_uniform_productivity_gain_raises_every_productivity_by_itself(economy):
    firms = economy.base.enterprises
    better = replace(firms, productivity=firms.productivity + np.log(1.1))
    raised = replace(economy, base=replace(economy.base, enterprises=better))
    still = replace(economy.rules, adoption_speed=0.0)
    table = by_region_sector(
        raised.run(1, rules=still).competition, economy.base.competition, digital_elasticity=1.6
    )
    # Newton's error is below 1e-13 in every market.
    assert table.productivity == pytest.approx(np.full((31, 4), 1.1), rel=1e-12)


def test_results_do_not_depend_on_the_number_of_records(make_economy):
    def measures(n, seed):
        economy = make_economy(n, seed=seed, adoption=0.47)
        shared = replace(economy.levers, data_sharing=np.full(103, 0.3))
        plain, reform = economy.run(3), economy.run(3, levers=shared)
        base = economy.base.competition
        table, other = (
            by_region_sector(year.competition, base, digital_elasticity=1.6)
            for year in (plain, reform)
        )
        effect = np.log(other.productivity / table.productivity).mean(0)
        return np.array([*np.log(table.productivity).mean(0), *effect, base.market_markup.mean()])

    seeds = range(4)
    small, middle, full = (
        np.array([measures(n, seed) for seed in seeds]) for n in (3_000, 12_000, 48_000)
    )
    # The largest firms are the same in all three. What the others' draws move stays below the
    # spread that other seeds make (measured: 3,000 records a third of it, 12,000 a hundredth).
    noise = full.std(axis=0, ddof=1)
    assert (np.abs(small - full).mean(axis=0) < noise).all()
    assert (np.abs(middle - full).mean(axis=0) < 0.1 * noise + 1e-9).all()


def test_usable_data_do_not_depend_on_the_number_of_records(make_economy):
    def mean_usable(n):
        economy = make_economy(n, equal_markets=True)
        year = economy.run(1, levers=replace(economy.levers, data_sharing=np.full(103, 1.0)))
        firms = year.enterprises
        usable = market_sum(firms.weight * firms.size * year.reached.relative, firms.market, 103)
        return usable / market_sum(firms.weight * firms.size, firms.market, 103)

    # Records of several firms stand in the middle of their slice: a few parts in a thousand.
    assert mean_usable(3_000) == pytest.approx(mean_usable(48_000), rel=5e-3)


def test_a_base_year_with_a_compliance_cost_is_refused(economy):
    with pytest.raises(InputError, match="compliance cost"):
        settle(
            economy.base.enterprises,
            skill=np.ones(103),
            elasticity=economy.elasticity,
            levers=replace(economy.levers, compliance_cost=np.full(103, 0.01)),
            rules=economy.rules,
        )


def test_a_base_year_that_does_not_come_to_rest_says_what_to_change(economy):
    with pytest.raises(ConvergenceError, match=r"not at rest after 2 passes.*data_elasticity"):
        settle(
            replace(economy.base.enterprises, size=np.ones_like(economy.base.enterprises.size)),
            skill=np.ones(103),
            elasticity=economy.elasticity,
            levers=economy.levers,
            rules=economy.rules,
            years=2,
        )


def test_no_move_writes_into_the_state_it_was_given(economy):
    def locked(record):
        copies = {field.name: np.array(getattr(record, field.name)) for field in fields(record)}
        for copy in copies.values():
            copy.flags.writeable = False
        return replace(record, **copies)

    base = economy.base
    guarded = replace(base, enterprises=locked(base.enterprises), stocks=locked(base.stocks))
    levers = locked(economy.levers)
    after = replace(economy, base=guarded).run(2, levers=levers).enterprises
    assert same(after, economy.run(2).enterprises)

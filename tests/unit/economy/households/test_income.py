import numpy as np
import pytest

from gongfu.economy.households import ZoneBlocks, labour_income, labour_units, rank_income

BLOCKS = ZoneBlocks.of(np.array([0, 0, 1]))
CAPITAL, SKILL = np.log([1.0, 2.0, 4.0]), np.array([0.25, 0.5, 0.0])


def test_labour_units_are_human_capital_split_by_digital_skill():
    units = labour_units(CAPITAL, SKILL, np.array([10.0, 5.0, 1.0]), BLOCKS)
    # 2.5 + 5 digital and 7.5 + 5 routine; 4 routine; rounding of exp.
    assert units == pytest.approx(np.array([[7.5, 12.5], [0.0, 4.0]]), rel=1e-15)


def test_labour_income_pays_each_type_its_wage():
    wage = np.array([[20.0, 10.0], [9.0, 3.0]])
    income = labour_income(CAPITAL, SKILL, np.array([0.5, 0.5, 0.25]), wage, BLOCKS)
    # 0.5 * (10 + 2.5), 0.5 * 2 * (10 + 5), 0.25 * 4 * 3; rounding of exp.
    assert income == pytest.approx([6.25, 15.0, 3.0], rel=1e-15)


def test_incomes_add_up_to_the_payments_of_each_zone_and_type():
    people, per_person = np.array([20.0, 10.0, 4.0]), np.array([0.5, 0.4, 0.25])
    units = labour_units(CAPITAL, SKILL, people * per_person, BLOCKS)
    payments = np.array([[300.0, 100.0], [0.0, 12.0]])
    wage = payments / np.where(units > 0, units, 1.0)
    income = labour_income(CAPITAL, SKILL, per_person, wage, BLOCKS)
    # Rounding of a few sums.
    assert BLOCKS.totals(people * income) == pytest.approx([400.0, 12.0], rel=1e-14)


def test_rank_income_grows_with_rank_by_its_elasticity_and_with_the_claim():
    rank, claim = np.array([0.0, np.log(4.0), 7.0]), np.array([1.0, 2.0, 1.0])
    income = rank_income(
        np.array([50.0, 6.0]), rank, claim, np.array([1.0, 1.0, 3.0]), BLOCKS, elasticity=0.5
    )
    # Keys 1 and 2 * 4^0.5; rounding of exp and log.
    assert income == pytest.approx([10.0, 40.0, 2.0], rel=1e-14)

import numpy as np
import pytest

from gongfu.core import InputError
from gongfu.economy.households import (
    Learning,
    follow_rank,
    learn,
    learning_rates,
    train,
    training_lags,
)

LAGS = training_lags(0.04, 2.0, 3.0)
NONE = np.zeros((1, 4))
ROUNDING = 1e-16  # one rounding of a number below one


def test_base_year_skill_stays_where_it_is_online_and_offline():
    skill, online = np.array([0.2, 0.045, 0.02, 0.0]), np.array([1.0, 1.0, 0.0, 1.0])
    learning = learning_rates(skill, online, forgetting=0.05, offline_ratio=0.1)
    after = skill
    for _ in range(15):
        after = learn(
            after, online, np.zeros((4, 4)), learning=learning, forgetting=0.05, lag_effect=LAGS
        )
    # Fifteen roundings.
    assert after == pytest.approx(skill, abs=15 * ROUNDING)


def test_learning_is_forgetting_times_the_odds_of_skill():
    learning = learning_rates(
        np.array([0.2, 0.02]), np.array([1.0, 0.0]), forgetting=0.05, offline_ratio=0.1
    )
    # 0.05 * 0.2 / 0.8 for both: the second household would have 0.2 online.
    assert learning.online == pytest.approx([0.0125, 0.0125], rel=1e-14)
    assert learning.offline == pytest.approx([0.05 * 0.02 / 0.98] * 2, rel=1e-14)


def test_a_household_that_goes_online_learns_what_it_would_have_known_there():
    offline = np.array([0.02])
    learning = learning_rates(offline, np.zeros(1), forgetting=0.05, offline_ratio=0.1)
    path = [offline]
    for _ in range(200):
        path.append(
            learn(path[-1], np.ones(1), NONE, learning=learning, forgetting=0.05, lag_effect=LAGS)
        )
    # First step: (0.0125)(0.98) - 0.05 * 0.02; the gap shrinks by 0.0625 a year.
    assert path[1] == pytest.approx([0.02 + 0.01225 - 0.001], abs=1e-15)
    # 0.9375 to the power of 200 of a gap of 0.18.
    assert path[-1] == pytest.approx([0.2], abs=1e-6)


def test_training_works_after_two_and_three_years_and_not_before():
    assert LAGS.tolist() == [0.0, 0.0, 0.04, 0.04]
    trained, skill = NONE, np.array([0.0])
    nothing = Learning(np.zeros(1), np.zeros(1))
    path = []
    for reach in (1.0, 0.0, 0.0, 0.0, 0.0):
        trained = train(trained, np.array([reach]), np.array([0.5]))
        skill = learn(
            skill, np.zeros(1), trained, learning=nothing, forgetting=0.0, lag_effect=LAGS
        )
        path.append(skill[0])
    # 0.04, then 0.04 + 0.04 * 0.96; rounding.
    assert path == pytest.approx([0.0, 0.0, 0.04, 0.0784, 0.0784], abs=1e-15)


def test_a_place_in_a_course_is_drawn_and_the_history_moves_on():
    history = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    after = train(history, np.array([0.3, 0.3]), np.array([0.2, 0.4]))
    assert after.tolist() == [[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    soft = train(history, np.array([0.3, 0.3]), np.array([0.2, 0.4]), mode="soft")
    assert soft[:, 0].tolist() == [0.3, 0.3]


def test_skill_follows_rank_in_odds_and_stays_steady_at_its_new_place():
    skill, online = np.array([0.2, 0.02]), np.array([1.0, 0.0])
    learning = learning_rates(skill, online, forgetting=0.05, offline_ratio=0.1)
    moved, at_new_place = follow_rank(skill, learning, np.full(2, np.log(2)), slope=1.0)
    # Odds 1/4 become 1/2, odds 1/49 become 2/49; rounding.
    assert moved == pytest.approx([1 / 3, 2 / 51], abs=1e-15)
    after = learn(
        moved,
        online,
        np.zeros((2, 4)),
        learning=at_new_place,
        forgetting=0.05,
        lag_effect=LAGS,
    )
    assert after == pytest.approx(moved, abs=2 * ROUNDING)


def test_an_unchanged_rank_changes_nothing():
    learning = Learning(np.array([0.01]), np.array([0.001]))
    moved, after = follow_rank(np.array([0.25]), learning, np.zeros(1), slope=1.0)
    assert moved.tolist() == [0.25]
    assert after.online.tolist() == [0.01]


@pytest.mark.parametrize("skill", [-0.1, 1.0, 0.2])
def test_impossible_skill_is_refused(skill):
    # Offline, 0.2 would be 2.0 online.
    online = np.array([0.0 if skill == 0.2 else 1.0])
    with pytest.raises(InputError, match="digital skill of 1 households"):
        learning_rates(np.array([skill]), online, forgetting=0.05, offline_ratio=0.1)

import numpy as np

from gongfu.economy.households import donations, receive_donations

PEOPLE = np.array([2.0, 3.0, 5.0])


def test_a_share_of_income_is_given_and_nothing_from_a_loss():
    assert donations(np.array([100.0, -50.0]), rate=0.25).tolist() == [25.0, 0.0]


def test_donations_go_in_equal_parts_to_those_below_the_line():
    received = receive_donations(50.0, np.array([10.0, 20.0, 90.0]), PEOPLE, line=30.0)
    assert received.tolist() == [10.0, 10.0, 0.0]


def test_where_nobody_is_poor_everybody_gets_the_same_and_nothing_is_lost():
    received = receive_donations(50.0, np.array([40.0, 50.0, 90.0]), PEOPLE, line=30.0)
    assert received.tolist() == [5.0, 5.0, 5.0]

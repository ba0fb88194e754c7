import numpy as np

from gongfu.economy.base_year.paths import assumed_nodes, value_path

NODES = {2013: 1.0, 2015: 3.0, 2020: 4.0}


def test_values_lie_on_lines_between_nodes():
    assert value_path(NODES, [2013, 2014, 2015, 2017], origin=2020).tolist() == [1.0, 2.0, 3.0, 3.4]


def test_after_the_last_known_node_its_line_goes_on():
    assert value_path(NODES, [2015, 2017], origin=2017).tolist() == [3.0, 5.0]


def test_nodes_after_the_origin_do_not_matter():
    changed = {**NODES, 2020: 99.0}
    years = list(range(2013, 2020))
    assert np.array_equal(
        value_path(NODES, years, origin=2019), value_path(changed, years, origin=2019)
    )


def test_one_known_node_is_carried():
    assert value_path(NODES, [2013, 2014], origin=2014).tolist() == [1.0, 1.0]


def test_nodes_are_read_from_names_that_end_in_a_year():
    assumed = {
        "share_2013": 0.1,
        "share_2015": 0.2,
        "share": 0.3,
        "share_high": 0.4,
        "other_2013": 1,
    }
    assert assumed_nodes(assumed, "share") == {2013: 0.1, 2015: 0.2}

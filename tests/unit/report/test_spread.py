from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gongfu.report.figures.spread import place_labels, spread

COLUMNS = st.lists(
    st.tuples(st.floats(0, 200), st.floats(1, 15)), min_size=1, max_size=10
)  # ten labels of 15 fit into 200


@given(COLUMNS)
def test_labels_of_a_column_never_overlap_and_stay_inside(column: list[tuple[float, float]]):
    places, heights = zip(*column, strict=True)
    centres = spread(places, heights, 0, 200)
    boxes = sorted((c - h / 2, c + h / 2) for c, h in zip(centres, heights, strict=True))
    slack = 1e-6  # rounding of sums
    assert boxes[0][0] >= -slack
    assert boxes[-1][1] <= 200 + slack
    assert all(low[1] <= high[0] + slack for low, high in pairwise(boxes))


@given(COLUMNS)
def test_labels_keep_the_order_of_their_marks(column: list[tuple[float, float]]):
    places, heights = zip(*column, strict=True)
    centres = spread(places, heights, 0, 200)
    pairs = sorted(zip(places, centres, strict=True), key=lambda pair: pair[0])
    distinct = [b for a, b in pairs]
    order = [a for a, _ in pairs]
    for i in range(len(order) - 1):
        if order[i] < order[i + 1]:
            assert distinct[i] <= distinct[i + 1]


def test_a_label_with_room_stays_at_its_mark():
    assert spread([50.0, 120.0], [10.0, 10.0], 0, 200) == [50.0, 120.0]


def boxes(labels, sizes):
    centres = np.array([[label.x, label.y] for label in labels])
    return centres - sizes / 2, centres + sizes / 2


def test_labels_of_crowded_points_cover_neither_each_other_nor_the_points():
    rng = np.random.default_rng(5)
    points = np.vstack([rng.normal([200, 120], 25, (16, 2)), rng.uniform(20, 260, (15, 2))])
    sizes = np.tile([14.0, 9.0], (len(points), 1))
    low, high = boxes(place_labels(points, sizes, (420, 260), 2.8), sizes)
    for i in range(len(points)):
        for j in range(len(points)):
            shared = np.minimum(high[i], high[j]) - np.maximum(low[i], low[j])
            assert i == j or (shared <= 0).any()
            covers = ((points[j] > low[i]) & (points[j] < high[i])).all()
            assert not covers
    assert (low >= 0).all()
    assert (high <= [420, 260]).all()


def test_a_lone_point_needs_no_leader_and_an_obstacle_is_avoided():
    point, size = np.array([[100.0, 50.0]]), np.array([[20.0, 9.0]])
    [label] = place_labels(point, size, (200, 100), 2.8)
    assert not label.needs_leader
    wall = np.array([[x, 60.0] for x in range(60, 141, 4)])
    [moved] = place_labels(point, size, (200, 100), 2.8, wall)
    assert moved.y + 4.5 < 60

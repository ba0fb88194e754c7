import numpy as np
import pytest
from scipy import stats

from gongfu.economy.draws import (
    Stream,
    chance,
    normal_pair,
    standard_normal,
    threefry,
    uniform,
    uniform_pair,
)

UNITS = np.arange(200_000)


@pytest.mark.parametrize(
    ("key", "counter", "expected"),
    [
        ((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)),
        ((0xFFFFFFFF, 0xFFFFFFFF), (0xFFFFFFFF, 0xFFFFFFFF), (0x1CB996FC, 0xBB002BE7)),
        ((0x13198A2E, 0x03707344), (0x243F6A88, 0x85A308D3), (0xC4923A9C, 0x483DF7A0)),
    ],
)
def test_threefry_gives_the_known_answers_of_random123(key, counter, expected):
    # Random123 1.14, kat_vectors: threefry2x32, 20 rounds.
    words = threefry(*((word(a), word(b)) for a, b in (key, counter)))
    assert tuple(int(w[0]) for w in words) == expected


@pytest.mark.parametrize("draw", [uniform, standard_normal])
def test_a_unit_gets_the_same_bits_in_any_order_and_any_block(draw):
    order = np.random.default_rng(0).permutation(UNITS)
    whole = draw(7, 2030, UNITS, Stream.ACCESS)
    assert np.array_equal(draw(7, 2030, order, Stream.ACCESS), whole[order])
    assert np.array_equal(draw(7, 2030, UNITS[99_999:], Stream.ACCESS), whole[99_999:])


def test_seed_year_and_stream_each_change_the_draws():
    base = uniform(7, 2030, UNITS[:1000], Stream.ACCESS)
    others = [
        uniform(8, 2030, UNITS[:1000], Stream.ACCESS),
        uniform(7, 2031, UNITS[:1000], Stream.ACCESS),
        uniform(7, 2030, UNITS[:1000], Stream.WORK),
    ]
    for other in others:
        assert not np.any(base == other)
        # Four standard errors of a correlation of 1000 independent pairs.
        assert abs(np.corrcoef(base, other)[0, 1]) < 4 / np.sqrt(1000)


@pytest.mark.parametrize(
    ("single", "pair"), [(uniform, uniform_pair), (standard_normal, normal_pair)]
)
def test_the_first_of_a_pair_is_the_single_draw_and_the_second_is_unrelated(single, pair):
    first, second = pair(7, 2030, UNITS, Stream.WORK)
    assert np.array_equal(first, single(7, 2030, UNITS, Stream.WORK))
    # Four standard errors of a correlation of independent pairs, of values and of squares.
    for power in (1, 2):
        correlation = np.corrcoef(first**power, second**power)[0, 1]
        assert abs(correlation) < 4 / np.sqrt(len(UNITS))


def test_uniform_draws_are_uniform_and_neighbours_are_unrelated():
    draw = uniform(1, 2024, UNITS, Stream.WORK)
    # 1.63 / sqrt(n): a truly uniform sample is beyond it once in a hundred seeds.
    assert stats.kstest(draw, "uniform").statistic < 1.63 / np.sqrt(len(UNITS))
    # Four standard errors of a correlation of independent pairs.
    assert abs(np.corrcoef(draw[1:], draw[:-1])[0, 1]) < 4 / np.sqrt(len(UNITS))


@pytest.mark.parametrize("member", [0, 1])
def test_normal_draws_are_standard_normal(member):
    draw = normal_pair(1, 2024, UNITS, Stream.RANK)[member]
    # 1.63 / sqrt(n): a truly normal sample is beyond it once in a hundred seeds.
    assert stats.kstest(draw, "norm").statistic < 1.63 / np.sqrt(len(UNITS))


def test_single_precision_holds_the_same_number_and_none_is_zero_or_one():
    draw = uniform(3, 2024, UNITS, Stream.ACCESS)
    assert np.array_equal(draw.astype(np.float32).astype(np.float64), draw)
    assert draw.min() > 0
    assert draw.astype(np.float32).max() < 1


def test_no_unit_gives_no_draw():
    assert uniform(1, 2024, UNITS[:0], Stream.ACCESS).shape == (0,)


def test_stream_numbers_never_change():
    assert {stream.name: stream.value for stream in Stream} == {
        "POPULATION": 0,
        "ONLINE_TASTE": 1,
        "ACCESS": 2,
        "WORK": 3,
        "RENEWAL": 4,
        "RANK": 5,
        "ALLOWANCE": 6,
        "ENTERPRISES": 7,
        "SURVEY_CLUSTERS": 8,
        "SURVEY_SAMPLE": 9,
    }


def test_chance_is_never_at_zero_and_always_at_one():
    draw = uniform(1, 2024, UNITS, Stream.ACCESS)
    assert not chance(np.zeros(len(UNITS)), draw).any()
    assert chance(np.ones(len(UNITS)), draw).all()


def test_chance_happens_below_its_probability_or_is_its_probability():
    probability, draw = np.array([0.3, 0.3]), np.array([0.29, 0.3])
    assert chance(probability, draw).tolist() == [1.0, 0.0]
    assert chance(probability, draw, mode="soft").tolist() == [0.3, 0.3]


def word(value):
    return np.asarray([value], dtype=np.uint32)

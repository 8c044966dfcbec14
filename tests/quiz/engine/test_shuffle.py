from dataclasses import dataclass

import pytest

from quiz.engine.shuffle import option_order, seed_of, shuffled, together, unseen_first


@dataclass(frozen=True)
class Option:
    id: int
    stays_last: bool = False


FIVE = tuple(Option(number, stays_last=number == 5) for number in (1, 2, 3, 4, 5))


def test_order_is_the_same_on_every_machine():
    assert shuffled(range(10), seed=7) == [8, 1, 5, 9, 0, 4, 3, 2, 6, 7]
    assert seed_of("seven") == 4298914727812999681


def test_shuffled_keeps_all():
    assert sorted(shuffled(range(100), seed=1)) == list(range(100))


def test_options_take_every_place_about_equally_often():
    places = {number: [0] * 4 for number in (1, 2, 3, 4)}
    for seed in range(2000):
        for place, number in enumerate(option_order(FIVE, seed=seed, number=1)[:4]):
            places[number][place] += 1

    assert all(400 < count < 600 for counts in places.values() for count in counts)


def test_parts_of_a_case_stand_together_in_their_order_where_the_first_of_them_stood():
    places = [(1, None, None), (2, "gates", 3), (3, "yard", 2), (4, None, None), (5, "gates", 1)]

    assert together(places) == [(1,), (5, 2), (3,), (4,)]


@pytest.mark.parametrize("seed", range(50))
def test_pinned_option_stays_last(seed):
    assert option_order(FIVE, seed=seed, number=3)[-1] == 5


def test_positions_of_one_session_have_orders_of_their_own():
    orders = {tuple(option_order(FIVE, seed=7, number=number)) for number in range(1, 21)}

    assert len(orders) > 10


def alone(ids):
    return [(each,) for each in ids]


@pytest.mark.parametrize("seed", range(20))
def test_unseen_come_first(seed):
    picked = unseen_first(alone(range(10)), {0, 1, 2, 3, 4, 5, 6}, count=5, seed=seed)

    assert len(picked) == len(set(picked)) == 5
    assert {7, 8, 9} <= set(picked)


def test_small_pool_is_taken_whole():
    assert sorted(unseen_first(alone([1, 2]), {1}, count=10, seed=1)) == [1, 2]


@pytest.mark.parametrize("seed", range(20))
def test_parts_of_a_case_stay_together(seed):
    picked = unseen_first([(90, 91, 92), *alone(range(10))], set(range(10)), count=5, seed=seed)

    first = picked.index(90)
    assert picked[first : first + 3] == [90, 91, 92]
    assert len(picked) == 5


def test_case_that_is_too_long_is_left_out():
    assert sorted(unseen_first([(90, 91, 92), *alone(range(5))], set(), count=2, seed=3)) < [90]

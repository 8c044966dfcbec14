"""A mix takes from each group its share, and a thin group gives its places to the others."""

from collections import Counter

from quiz.engine.mix import mixed


def group(name, *sizes):
    """Units of these sizes; what they hold is named by group, unit and place."""
    return [[f"{name}-{unit}-{place}" for place in range(size)] for unit, size in enumerate(sizes)]


def alone(name, count):
    return group(name, *[1] * count)


def counted(found):
    return dict(Counter(each.partition("-")[0] for each in found))


FULL = {name: alone(name, 20) for name in ("missed", "unseen", "mastered")}


def test_full_groups_give_their_shares_by_chance_that_the_seed_repeats():
    found = mixed(FULL, count=10, seed=7)

    assert counted(found) == {"missed": 4, "unseen": 4, "mastered": 2}
    assert found == mixed(FULL, count=10, seed=7)
    assert found != mixed(FULL, count=10, seed=8)


def test_a_thin_group_gives_its_places_to_the_first_that_has_more():
    thin = FULL | {"missed": alone("missed", 1), "mastered": []}

    assert counted(mixed(thin, count=10, seed=7)) == {"missed": 1, "unseen": 9}


def test_a_group_that_is_not_there_is_an_empty_one():
    assert counted(mixed({"mastered": alone("mastered", 3)}, count=10, seed=7)) == {"mastered": 3}


def test_what_is_in_one_unit_stays_together_and_one_that_is_too_long_is_left_out():
    groups = {"missed": group("missed", 3, 9), "unseen": alone("unseen", 1)}

    found = mixed(groups, count=5, seed=7)

    start = found.index("missed-0-0")
    assert found[start : start + 3] == ["missed-0-0", "missed-0-1", "missed-0-2"]
    assert counted(found) == {"missed": 3, "unseen": 1}

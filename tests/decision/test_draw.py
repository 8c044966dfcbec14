import hashlib
from collections import Counter
from importlib import import_module

import pytest

from studyapp.decision import Unproved, certificate_report, draw, prove, to_json
from studyapp.decision.draw import Dice

from .content import PROFILES


def drawn(slug, count, **kwargs):
    return list(draw(PROFILES[slug], seed=7, count=count, **kwargs))


def test_dice_roll_the_published_sequence_of_their_generator():
    dice = Dice(1234567)

    assert [dice.roll(2**64) for _ in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


@pytest.mark.parametrize("near_limits", [False, True])
@pytest.mark.parametrize("slug", PROFILES)
def test_a_shorter_draw_is_a_prefix_of_a_longer_one(slug, near_limits):
    longer = drawn(slug, 25, near_limits=near_limits)

    assert drawn(slug, 10, near_limits=near_limits) == longer[:10]


@pytest.mark.parametrize("slug", PROFILES)
def test_every_drawn_workload_proves_its_answer_again(slug):
    for certificate in drawn(slug, 50):
        assert prove(certificate.workload, PROFILES[slug]) == certificate


@pytest.mark.parametrize("slug", PROFILES)
def test_all_answers_are_drawn_equally_often_and_none_twice(slug):
    certificates = drawn(slug, 100)

    assert set(Counter(each.answer for each in certificates).values()) == {20}
    assert len({to_json(dict(each.workload.values)) for each in certificates}) == 100


@pytest.mark.parametrize("slug", PROFILES)
def test_a_draw_is_the_same_on_every_python(slug):
    """Another hash only where facts, box rows or the way of drawing have changed on purpose."""
    text = to_json([certificate_report(each) for each in drawn(slug, 20)])

    assert hashlib.sha256(text.encode()).hexdigest()[:16] == HASHES[slug]


HASHES = {"guide": "01312000ecb883d9", "aws": "3f5462a4eadb1aa7"}


def test_a_draw_that_finds_nothing_more_says_so(monkeypatch):
    # The package has a function of this name, too.
    monkeypatch.setattr(import_module("studyapp.decision.draw"), "MOST_TRIES", 0)

    with pytest.raises(Unproved, match="No further workload was found in 0 tries"):
        drawn("guide", 1)


def test_what_is_no_amount_is_not_written_as_json_by_guesswork():
    with pytest.raises(TypeError, match="set cannot be written as JSON"):
        to_json({"a set": {1, 2}})

from math import log

import pytest

from quiz.engine.nearness import distance, nearest
from studyapp.decision import Workload
from tests.decision.content import PROFILES

TRAITS = PROFILES["guide"].traits


def read(**given):
    return Workload.read(given, TRAITS).values


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    (
        ({}, {}, 0),
        ({"payload_mb": 50}, {"payload_mb": 50}, 0),
        ({"payload_mb": 50}, {"payload_mb": 5}, log(10)),
        ({"payload_mb": 5}, {"payload_mb": 50}, log(10)),
        ({"payload_mb": "1 GB"}, {"payload_mb": 1024}, 0),
        ({"payload_mb": 50}, {}, 1),
        ({"reply": "poll"}, {"reply": "notify"}, 1),
        ({"reply": "poll"}, {}, 1),
        ({"gpu": "yes"}, {}, 1),
        ({"gpu": "no"}, {}, 0),
        ({"idle_cost": "any"}, {}, 0),
        ({"traffic": "steady"}, {"traffic": "scheduled"}, 1),
        ({"concurrency": 1}, {}, 0),
        ({"payload_mb": 50, "reply": "poll"}, {"payload_mb": 25, "reply": "notify"}, 1 + log(2)),
    ),
)
def test_distance(one, other, expected):
    assert distance(read(**one), read(**other), TRAITS) == pytest.approx(expected)


def test_nearest_come_first_and_ties_go_by_name():
    known = {
        "far": read(payload_mb=5000),
        "tied-b": read(payload_mb=100),
        "tied-a": read(payload_mb=25),
        "same": read(payload_mb=50),
    }

    assert nearest(read(payload_mb=50), known, TRAITS) == ["same", "tied-a", "tied-b", "far"]

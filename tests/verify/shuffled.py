"""Deliveries of a tab that arrive shuffled and repeated: the latest change of the tab holds.

    python -m tests.verify.shuffled [--count 5000] [--seed 1]

Each question is changed five times; the deliveries, and some of them again, arrive in any order
over four connections at once.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random

from .site import CLIENTS, Browser, Figure, command, new_token

LENGTH, CHANGES, AGAIN, CONNECTIONS = 5, 5, 2, 4


@dataclass(frozen=True)
class Question:
    """One question with its changes in the order in which somebody made them."""

    path: str
    position: int
    changes: tuple


def prove(site, *, count, seed):
    """Deliveries of a tab that arrive shuffled and repeated: the latest change of the tab holds."""
    from quiz.practice.models import Position

    from . import rows

    chance = Random(seed)
    wanted = -(-count // (CHANGES + AGAIN))
    people = rows.guests(-(-wanted // LENGTH))
    learners = [learner for learner, _ in people]
    versions = rows.published("single-choice", "true-false")
    sessions = rows.open_sessions(learners, versions, chance=chance, length=LENGTH)
    positions = rows.positions_of(sessions)
    work = []
    for session, (_, cookies) in zip(sessions, people, strict=True):
        for position in positions[session.pk].values():
            work.append((cookies, changed(session, position, chance)))
    work = work[:wanted]
    deliver = partial(deliver_shuffled, site)
    with ThreadPoolExecutor(CLIENTS // CONNECTIONS) as pool:
        seeds = [chance.randrange(2**31) for _ in work]
        replies = [each for some in pool.map(deliver, work, seeds) for each in some]
    heads = Position.objects.in_bulk([question.position for _, question in work])
    saves = rows.saves_by_token()
    sent = [fields for _, question in work for fields in question.changes]
    return [
        Figure("questions", len(work)),
        Figure("deliveries", len(replies), wanted * (CHANGES + AGAIN)),
        Figure("replies that were no success", sum(each != 200 for each in replies), 0),
        Figure(
            "questions where the latest change does not hold",
            sum(not holds(heads[question.position], question.changes[-1]) for _, question in work),
            0,
        ),
        Figure("changes that are not kept once", sum(len(saves[f["token"]]) != 1 for f in sent), 0),
        Figure("changes noted as overtaken", sum(saves[f["token"]][0].is_superseded for f in sent)),
        Figure(
            "latest changes noted as overtaken",
            sum(saves[q.changes[-1]["token"]][0].is_superseded for _, q in work),
            0,
        ),
    ]


def changed(session, position, chance):
    tab = new_token()
    return Question(
        path=f"/practice/{session.pk}/{position.number}/",
        position=position.pk,
        changes=tuple(
            {
                "token": new_token(),
                "tab": tab,
                "seq": seq,
                "base": "",
                "do": "save",
                "option": chance.choice(position.option_order),
                "confidence": chance.randint(1, 4),
                "flag": chance.choice(("yes", "no")),
            }
            for seq in range(1, CHANGES + 1)
        ),
    )


def deliver_shuffled(site, work, seed):
    """Send the changes of one question in any order over several connections; the statuses."""
    (cookies, question), chance = work, Random(seed)
    parcels = [*question.changes, *chance.sample(question.changes, AGAIN)]
    chance.shuffle(parcels)

    def over_one(some):
        browser = Browser(site, cookies)
        found = [
            browser.send("POST", question.path, fields, target="saved").status for fields in some
        ]
        browser.connection.close()
        return found

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        shares = [parcels[start::CONNECTIONS] for start in range(CONNECTIONS)]
        return [status for found in pool.map(over_one, shares) for status in found]


def holds(head, fields):
    """Whether a question holds everything of one change."""
    given = (fields["token"], fields["seq"], fields["option"], fields["confidence"])
    held = (head.revision, head.seq, head.response, head.confidence)
    return held == given and head.is_flagged == (fields["flag"] == "yes")


if __name__ == "__main__":
    command(prove, count=5_000, minutes=15)

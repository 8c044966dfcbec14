"""Random histories of learners, and all that can be known of one: for tests that merge them."""

import random
from datetime import timedelta

from django.utils import timezone

from quiz.learners.merging import merge_learners
from quiz.practice.models import Pick, Position, PracticeSession, Save
from tests.factories import GuestFactory, SessionFactory, VersionFactory

START = timezone.now() - timedelta(days=3)


def make_history(dice, versions, *, tokens):
    """A guest with some sessions, finished, open or lapsed, of which some answers were saved."""
    learner = GuestFactory()
    finished = dice.randrange(4)
    states = ["finished"] * finished + dice.choice([[], ["open"], ["lapsed"]])
    for place, state in enumerate(states):
        started = START + timedelta(hours=place)
        session = SessionFactory(
            learner=learner,
            title=f"{state} {place}",
            length=2,
            positions=dice.sample(versions, 2),
            start_token=tokens.pop() if tokens and dice.random() < 0.7 else f"own-{dice.random()}",
            started_at=started,
            deadline=started + timedelta(minutes=20) if state == "lapsed" else None,
            finished_at=started + timedelta(minutes=9) if state == "finished" else None,
        )
        for position in session.positions.all():
            if dice.random() < 0.7:
                answer(dice, position, is_closed=state == "finished")
    return learner


def answer(dice, position, *, is_closed):
    chosen = dice.choice(position.option_order)
    token = f"save-{position.pk}-{dice.random()}"
    Save.objects.create(
        session=position.session, position=position, token=token, tab="tab", response=chosen,
        saved_at=position.session.started_at + timedelta(minutes=dice.randrange(9)),
    )  # fmt: skip
    position.response, position.revision, position.is_closed = chosen, token, is_closed
    position.save()


def works(learner):
    """Every session of a learner with its answers and saves, as sets of plain rows."""
    mine = {"session__learner": learner}
    return {
        "sessions": set(learner.practice_sessions.values_list("pk", "title", "started_at")),
        "answers": rows(Position.objects.filter(**mine), "pk", "session", "response", "revision"),
        "saves": rows(Save.objects.filter(**mine), "pk", "position", "token", "response"),
    }


def rows(found, *names):
    return {repr(row) for row in found.values_list(*names)}


def merge_one(seed, versions):
    """Merge the histories of two guests beside a stranger's; the faults that are found, in words."""
    dice, now = random.Random(seed), timezone.now()
    shared = [f"shared-{seed}-{n}" for n in range(4)]
    guest, into = (make_history(dice, versions, tokens=list(shared)) for _ in range(2))
    stranger = make_history(dice, versions, tokens=list(shared))
    before, strange = [works(each) for each in (guest, into)], works(stranger)
    opened = [open_of(each, now) for each in (guest, into)]
    counted = PracticeSession.objects.count()

    merge_learners(guest=guest, into=into, now=now)
    after = works(into)
    faults = [
        f"{name} lost, doubled or changed"
        for name in after
        if after[name] != before[0][name] | before[1][name]
    ]
    if PracticeSession.objects.count() != counted:
        faults.append("sessions appeared or went")
    if works(stranger) != strange:
        faults.append("the stranger's work changed")
    if type(guest).objects.filter(pk=guest.pk).exists():
        faults.append("the guest is still there")
    wanted = opened[1] or opened[0]
    if open_of(into, now) != wanted:
        faults.append(f"open is {open_of(into, now)}, not {wanted}")
    state = everything()
    merge_learners(guest=guest, into=into, now=now)
    if everything() != state:
        faults.append("a second merge changed something")
    return faults


def open_of(learner, now):
    """The id of the session that is open and not lapsed; None without one."""
    held = learner.practice_sessions.open().first()
    return held.pk if held and not held.is_over(now) else None


def everything():
    return [
        list(m.objects.order_by("pk").values()) for m in (PracticeSession, Position, Save, Pick)
    ]


def some_versions(number=6):
    return [VersionFactory() for _ in range(number)]

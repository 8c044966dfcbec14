"""Random histories of learners, and all that can be known of one: for tests that merge them."""

import random
from datetime import timedelta
from itertools import count

from django.utils import timezone

from quiz.learners.merging import merge_learners
from quiz.practice.models import Pick, Position, PracticeSession, Save
from quiz.sets.models import Member, QuizSet
from studyapp.guide.models import Profile
from tests.factories import GuestFactory, SessionFactory, VersionFactory

TABLES = (PracticeSession, Position, Save, Pick, Member)
START = timezone.now() - timedelta(days=3)


def make_history(dice, versions, *, tokens):
    """A guest with some sessions, finished, open or lapsed, of which some answers were saved."""
    learner = GuestFactory()
    tries = count(1)
    states = [
        (state, quiz_set)
        for quiz_set in (None, a_set())
        for state in ["finished"] * dice.randrange(3) + dice.choice([[], ["open"], ["lapsed"]])
    ]
    if dice.random() < 0.7:
        Member.objects.create(quiz_set=a_set(), learner=learner, name="Ada", joined_at=START)
    for place, (state, quiz_set) in enumerate(states):
        started = START + timedelta(hours=place)
        session = SessionFactory(
            learner=learner,
            title=f"{state} {place}",
            quiz_set=quiz_set,
            try_number=next(tries) if quiz_set else None,
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


def a_set():
    """The one quiz set that every history may have tries of."""
    profile = Profile.objects.get(slug="guide")
    return QuizSet.objects.get_or_create(title="The set", profile=profile)[0]


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
    members = min(1, guest.memberships.count() + into.memberships.count())

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
    if open_of(into, now) != opened[0] | opened[1]:
        faults.append(f"open is {open_of(into, now)}, not {opened[0] | opened[1]}")
    if into.memberships.count() != members:
        faults.append("a membership was lost or doubled")
    state = everything()
    merge_learners(guest=guest, into=into, now=now)
    if everything() != state:
        faults.append("a second merge changed something")
    return faults


def open_of(learner, now):
    """The ids of the sessions that are open and not lapsed, by the set (None: of one's own)."""
    held = learner.practice_sessions.open()
    return {each.quiz_set_id: each.pk for each in held if not each.is_over(now)}


def everything():
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def some_versions(number=6):
    return [VersionFactory() for _ in range(number)]

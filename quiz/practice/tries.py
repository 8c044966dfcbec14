"""Tries of a quiz set: who may begin one, which questions it asks, and how long it may take."""

from datetime import timedelta

from django.db import transaction

from quiz.bank.models import QuestionVersion
from quiz.engine.shuffle import shuffled, together
from quiz.engine.timing import Phase, limit
from quiz.sets.actions import drawable
from quiz.sets.models import Member, QuizSet
from studyapp.moments import in_utc

from .actions import close_session, start_session
from .models import PracticeSession


class Shut(Exception):
    """No try can begin now; the words say why and what to do."""


@transaction.atomic
def start_try(*, member, edition, seed, token, now):
    """Begin the next try of a member, or find the one that is open; Shut says why not.

    The row of the member is locked, so that two starts at once make one try.
    """
    held = Member.objects.select_for_update().get(pk=member.pk)
    tries = PracticeSession.objects.filter(learner=held.learner_id, quiz_set=held.quiz_set_id)
    is_open = tries.open().first()
    if is_open and is_open.phase(now) is not Phase.LAPSED:
        return is_open
    if is_open:
        close_session(session=is_open, now=now)
    quiz_set, used = member.quiz_set, tries.count()
    held.quiz_set = quiz_set
    why = why_shut(held, used, now)
    if why:
        raise Shut(why)
    return start_session(
        learner=held.learner,
        title=quiz_set.title,
        mode=mode_of(quiz_set),
        scoring=quiz_set.scoring,
        profile=quiz_set.profile.slug,
        versions=asked_in(quiz_set, seed=seed),
        edition=edition,
        seed=seed,
        token=token,
        now=now,
        limit=time_for(held, now),
        terms={
            "quiz_set": quiz_set,
            "try_number": used + 1,
            "shown_from": shown_from(quiz_set),
        },
    )


def mode_of(quiz_set):
    is_each = quiz_set.feedback == QuizSet.Feedback.EACH
    return PracticeSession.Mode.STUDY if is_each else PracticeSession.Mode.EXAM


def shown_from(quiz_set):
    """The moment before which no verdict is shown; None where finishing is enough."""
    return quiz_set.closes_at if quiz_set.feedback == QuizSet.Feedback.WINDOW else None


def why_shut(member, used, now):
    """Why a member cannot begin a try now, in words; "" where nothing stands against it."""
    quiz_set = member.quiz_set
    if member.removed_at:
        return "You do not take part in this set any more. Ask your instructor."
    if quiz_set.status != QuizSet.Status.PUBLISHED:
        return "This set is not given at the moment. Ask your instructor."
    if quiz_set.opens_at and now < quiz_set.opens_at:
        return f"It opens on {in_utc(quiz_set.opens_at)}."
    if quiz_set.closes_at and quiz_set.closes_at <= now:
        return f"It closed on {in_utc(quiz_set.closes_at)}."
    if member.tries is not None and used >= member.tries:
        return "You have used every try. Your instructor can grant one more."
    return ""


def time_for(member, now):
    """How long a try that begins now may take; it ends with the set. None: no limit."""
    quiz_set = member.quiz_set
    times = []
    if quiz_set.minutes and not member.is_untimed:
        times.append(limit(minutes=quiz_set.minutes, factor=member.time_factor))
    if quiz_set.closes_at:
        times.append(max(quiz_set.closes_at - now, timedelta()))
    return min(times, default=None)


def asked_in(quiz_set, *, seed):
    """The versions of one try in their order: those that are picked, and what the rules draw."""
    items = list(quiz_set.items.all())
    taken = [item.version_id for item in items if item.version_id]
    of_questions = {item.question_id for item in items if item.question_id}
    usable = QuestionVersion.objects.usable_by(quiz_set.owner).for_profile(quiz_set.profile)
    groups = []
    for place, item in enumerate(items):
        if item.version_id:
            groups.append([item.version_id])
        elif item.count:
            there = drawable(item, usable, of_questions).exclude(pk__in=taken)
            there = list(there.order_by("question__slug").values_list("pk", flat=True))
            groups.append(shuffled(there, seed + place)[: item.count])
            taken += groups[-1]
    units = units_of([each for group in groups for each in group])
    if quiz_set.is_shuffled:
        units = shuffled(units, seed)
    return QuestionVersion.objects.in_order([each for unit in units for each in unit])


def units_of(ids):
    """The ids of versions in what stays together: a case study's parts, whichever story they tell."""
    rows = QuestionVersion.objects.filter(pk__in=ids).values_list("pk", "case__slug", "part")
    places = {row[0]: row for row in rows}
    return together(places[each] for each in ids)

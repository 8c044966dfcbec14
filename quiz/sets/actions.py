"""The verbs of quiz sets: make, fill, order, publish, copy, archive, and let people in."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Max, Value, When
from django.utils.text import Truncator

from quiz.bank.models import QuestionVersion
from quiz.engine.shuffle import together

from .models import Member, QuizSet, SetEvent, SetItem

# No letter or digit that is taken for another when it is read from a screen: 31^9 is above 2^44.
CODE_SIGNS, CODE_LENGTH = "ABCDEFGHJKLMNPQRSTUVWXYZ2345678", 9
SECRET_BYTES = 24
# A link and a code open nothing after so long, unless they are made anew.
OPENS_FOR = timedelta(days=30)


class Unready(Exception):
    """A set that cannot be published yet; `reasons` say what is missing, in words."""

    def __init__(self, reasons):
        super().__init__("; ".join(reasons))
        self.reasons = reasons


# Making


def make_set(*, owner, title, profile, token):
    """Make an empty draft; a repeated token finds the one it made."""
    values = {"title": title, "profile": profile}
    made, _ = QuizSet.objects.get_or_create(owner=owner, make_token=token, defaults=values)
    return made


@transaction.atomic
def copy_set(*, quiz_set, owner, token):
    """Make a draft with the same questions and rules, without people, dates or join link.

    A repeated token finds the copy that it made of this set, and never one of another.
    """
    title = Truncator(f"Copy of {quiz_set.title}").chars(120)
    rules = ("intro", "feedback", "scoring", "minutes", "tries", "is_shuffled", "needs_account")
    values = {name: getattr(quiz_set, name) for name in rules}
    if values["feedback"] == QuizSet.Feedback.WINDOW:
        values["feedback"] = QuizSet.Feedback.END
    copy, is_new = QuizSet.objects.get_or_create(
        owner=owner,
        make_token=sha256(f"{quiz_set.pk} {token}".encode()).hexdigest(),
        defaults=values | {"title": title, "profile": quiz_set.profile},
    )
    if is_new:
        SetItem.objects.bulk_create(
            SetItem(
                quiz_set=copy,
                position=item.position,
                question_id=item.question_id,
                count=item.count,
                objective_id=item.objective_id,
                difficulty=item.difficulty,
                kind=item.kind,
            )
            for item in quiz_set.items.all()
        )
    return copy


@transaction.atomic
def save_rules(*, form, by, now):
    """Save the rules that a form holds, and note which of them changed once a class can take the set."""
    saved = form.save(commit=False)
    # Its own columns only: the set may be archived, or its closing be moved, at the same moment.
    saved.save(update_fields=[*form.fields, "changed_at"])
    if form.changed_data and saved.was_published:
        labels = ", ".join(str(form.fields[name].label) for name in form.changed_data)
        note(quiz_set=saved, by=by, at=now, words=f"Rules changed: {labels}"[:300])
    return saved


# Filling and ordering


@transaction.atomic
def add_questions(*, quiz_set, versions):
    """Add the questions of these versions at the end; one that is in the set already stays in place.

    A further part of a case study joins those that are there. A set that was published pins the
    versions at once. Returns the items that are new.
    """
    held = lock(quiz_set)
    there = set(held.items.questions().values_list("question", flat=True))
    fresh = [each for each in versions if each.question_id not in there]
    first = last_position(held) + 1
    is_pinned = held.was_published
    added = SetItem.objects.bulk_create(
        SetItem(
            quiz_set=held,
            position=position,
            question_id=version.question_id,
            version=version if is_pinned else None,
        )
        for position, version in enumerate(fresh, start=first)
    )
    if any(version.case_id for version in fresh):
        renumber(held, list(held.items.values_list("pk", flat=True)))
    return added


@transaction.atomic
def add_rule(*, quiz_set, count, objective, difficulty, kind):
    """Add a rule at the end by which questions are drawn for each learner anew."""
    held = lock(quiz_set)
    return SetItem.objects.create(
        quiz_set=held,
        position=last_position(held) + 1,
        count=count,
        objective=objective,
        difficulty=difficulty,
        kind=kind,
    )


@transaction.atomic
def remove_items(*, quiz_set, ids):
    """Take items out of a set; returns how many there were. Ids of other sets are passed over."""
    held = lock(quiz_set)
    number, _ = held.items.filter(pk__in=ids).delete()
    renumber(held, list(held.items.values_list("pk", flat=True)))
    return number


@transaction.atomic
def order_items(*, quiz_set, ids):
    """Put the items in this order; what is not named follows in the order it had.

    The parts of a case study stay together, where the first of them was put.
    """
    held = lock(quiz_set)
    there = list(held.items.values_list("pk", flat=True))
    wanted = [each for each in dict.fromkeys(ids) if each in there]
    renumber(held, wanted + [each for each in there if each not in wanted])


@transaction.atomic
def move_item(*, quiz_set, item, by):
    """Move one item up (-1) or down (1), with all parts of its case study.

    At the end of the list nothing happens.
    """
    held = lock(quiz_set)
    units = units_of(held, list(held.items.values_list("pk", flat=True)))
    place = next((place for place, unit in enumerate(units) if item in unit), None)
    if place is None:
        return
    other = min(max(place + by, 0), len(units) - 1)
    units.insert(other, units.pop(place))
    renumber(held, [each for unit in units for each in unit])


@transaction.atomic
def remove_case(*, quiz_set, item):
    """Take all parts of the case study out that an item is a part of; returns how many there were."""
    held = lock(quiz_set)
    units = units_of(held, list(held.items.values_list("pk", flat=True)))
    return remove_items(quiz_set=held, ids=next((unit for unit in units if item in unit), ()))


def units_of(quiz_set, ids):
    """These items in what stays together: the parts of one case study, in their order."""
    rows = quiz_set.items.values_list("pk", "question", "version__case__slug", "version__part")
    pinned = {pk: (question, case, part) for pk, question, case, part in rows}
    questions = [question for question, *_ in pinned.values() if question]
    parts = QuestionVersion.objects.filter(is_current=True, question__in=questions)
    parts = parts.exclude(case=None).values_list("question", "case__slug", "part")
    current = {question: (case, part) for question, case, part in parts}
    places = []
    for pk in ids:
        question, case, part = pinned[pk]
        places.append((pk, case, part) if case else (pk, *current.get(question, (None, None))))
    return together(places)


def renumber(quiz_set, ids):
    """Number the items from 1 in this order, the parts of a case study together and in theirs."""
    ids = [each for unit in units_of(quiz_set, ids) for each in unit]
    rows = quiz_set.items.in_bulk(ids)
    # Out of the way first: a position is taken once only, at every moment.
    quiz_set.items.update(position=F("position") + 10_000)
    for position, each in enumerate(ids, start=1):
        rows[each].position = position
    SetItem.objects.bulk_update(rows.values(), ["position"])


def last_position(quiz_set):
    return quiz_set.items.aggregate(last=Max("position"))["last"] or 0


def lock(quiz_set):
    """The row of a set, so that two changes to its items follow each other."""
    return QuizSet.objects.select_for_update().get(pk=quiz_set.pk)


# Publishing


def with_versions(quiz_set, user):
    """The items in their order, each with the wording that is asked: pinned, or else the current one."""
    items = list(quiz_set.items.for_page())
    current = {}
    if any(item.count is None and item.version is None for item in items):
        usable = QuestionVersion.objects.usable_by(user).for_profile(quiz_set.profile)
        wanted = usable.filter(question__in=[item.question_id for item in items])
        wanted = wanted.select_related("case").defer("certificate", "explanation", "written")
        current = {each.question_id: each for each in wanted}
    return [(item, item.version or current.get(item.question_id)) for item in items]


def problems(quiz_set, *, user, now):
    """Why a set cannot be published yet, in words; [] where it can."""
    items = list(quiz_set.items.for_page())
    usable = QuestionVersion.objects.usable_by(user).for_profile(quiz_set.profile)
    found = []
    if not items:
        found.append("It has no questions yet. Pick some, or add a rule that draws them.")
    picked = [item for item in items if item.count is None]
    current = set(usable.values_list("question", flat=True))
    gone = sum(item.question_id not in current for item in picked)
    if gone:
        verb = "question is" if gone == 1 else "questions are"
        found.append(
            f"{gone} {verb} not published any more for the facts of {quiz_set.profile.label}. "
            "Take them out, or publish them again."
        )
    for item in items:
        if item.count is not None:
            there = drawable(item, usable, {each.question_id for each in picked}).count()
            if there < item.count:
                found.append(
                    f"The rule in place {item.position} draws {item.count}, but only {there} fit it."
                )
    if quiz_set.closes_at and quiz_set.closes_at <= now:
        found.append("It closes in the past. Choose a later date, or none.")
    if quiz_set.feedback == QuizSet.Feedback.WINDOW and not quiz_set.closes_at:
        found.append("Feedback comes when the set has closed: say when it closes.")
    return found


def drawable(rule, usable, picked=frozenset()):
    """The versions that a rule may draw, without those that are picked by hand, or parts of a case."""
    found = usable.alone().exclude(question__in=picked)
    if rule.objective_id:
        found = found.filter(question__objective=rule.objective_id)
    if rule.difficulty:
        found = found.filter(question__difficulty=rule.difficulty)
    if rule.kind:
        found = found.filter(kind=rule.kind)
    return found


@transaction.atomic
def publish_set(*, quiz_set, by, now):
    """Pin the wording of every question and open the doors; Unready says what is missing.

    Of a set that is published already it takes over the newest wordings; done twice it does so once.
    """
    held = lock(quiz_set)
    if held.status == QuizSet.Status.ARCHIVED:
        raise Unready(["It is in the archive. Take it out first."])
    missing = problems(held, user=by, now=now)
    if missing:
        raise Unready(missing)
    newer = pin(held, by)
    if held.status == QuizSet.Status.PUBLISHED:
        if newer:
            words = f"Newest wordings taken over: {newer}"
            note(quiz_set=held, by=by, at=now, words=words)
        return held
    held.status = QuizSet.Status.PUBLISHED
    held.published_at = now
    if held.join_secret is None:
        open_join(held, now)
    held.save()
    note(quiz_set=held, by=by, at=now, words="Published")
    return held


def pin(quiz_set, user):
    """Point every picked question at its current wording; returns of how many it is another one."""
    usable = QuestionVersion.objects.usable_by(user).for_profile(quiz_set.profile)
    current = dict(usable.values_list("question", "pk"))
    changed = []
    for item in quiz_set.items.questions():
        if item.version_id != current.get(item.question_id, item.version_id):
            item.version_id = current[item.question_id]
            changed.append(item)
    SetItem.objects.bulk_update(changed, ["version"])
    return len(changed)


@transaction.atomic
def archive_set(*, quiz_set, by, now):
    """Put a draft out of sight, or close a published set for good too; what was answered stays."""
    done = QuizSet.objects.exclude(status=QuizSet.Status.ARCHIVED).filter(pk=quiz_set.pk)
    if done.update(status=QuizSet.Status.ARCHIVED):
        note(quiz_set=quiz_set, by=by, at=now, words="Archived")


@transaction.atomic
def restore_set(*, quiz_set, by, now):
    """Take a set out of the archive again as it was: a draft, or published."""
    done = QuizSet.objects.filter(pk=quiz_set.pk, status=QuizSet.Status.ARCHIVED)
    as_it_was = Case(
        When(published_at=None, then=Value(QuizSet.Status.DRAFT)),
        default=Value(QuizSet.Status.PUBLISHED),
    )
    if done.update(status=as_it_was):
        note(quiz_set=quiz_set, by=by, at=now, words="Taken out of the archive")


def note(*, quiz_set, by, at, words, member=None):
    """Write a line into the log of a set; of whom it is says `member`, so that erasing leaves no name."""
    return SetEvent.objects.create(quiz_set=quiz_set, by=by, at=at, words=words, member=member)


# Letting people in


def new_secret():
    return secrets.token_urlsafe(SECRET_BYTES)


def new_code():
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def open_join(quiz_set, now):
    quiz_set.join_secret, quiz_set.join_code = new_secret(), new_code()
    quiz_set.join_until = now + OPENS_FOR


@transaction.atomic
def renew_join(*, quiz_set, by, now):
    """Give a set a new link and a new code; the old ones open nothing from this moment."""
    open_join(quiz_set, now)
    quiz_set.save(update_fields=["join_secret", "join_code", "join_until", "changed_at"])
    note(quiz_set=quiz_set, by=by, at=now, words="The link and the code to join were made anew")


@transaction.atomic
def close_join(*, quiz_set, by, now):
    """Take link and code away: nobody joins any more, whoever is in stays in."""
    quiz_set.join_secret = quiz_set.join_code = quiz_set.join_until = None
    quiz_set.save(update_fields=["join_secret", "join_code", "join_until", "changed_at"])
    note(quiz_set=quiz_set, by=by, at=now, words="Joining was closed")


def join(*, quiz_set, learner, name, now):
    """Make somebody a member; whoever is one already stays one, and whoever was removed stays out."""
    try:
        with transaction.atomic():
            return Member.objects.create(
                quiz_set=quiz_set, learner=learner, name=name, joined_at=now
            )
    except IntegrityError:
        return Member.objects.get(quiz_set=quiz_set, learner=learner)


@transaction.atomic
def grant(*, member, time_factor, is_untimed, extra_tries, by, now):
    """Give one person more time or more tries than the class; it is noted who did and when."""
    values = {"time_factor": time_factor, "is_untimed": is_untimed, "extra_tries": extra_tries}
    if not any(getattr(member, name) != value for name, value in values.items()):
        return member
    for name, value in values.items():
        setattr(member, name, value)
    member.save(update_fields=list(values))
    time = "no time limit" if is_untimed else f"{time_factor.normalize():f} times the time"
    words = f"{time}, {extra_tries} more tries"
    note(quiz_set=member.quiz_set, by=by, at=now, member=member, words=words)
    return member


@transaction.atomic
def remove_member(*, member, by, now):
    """Take somebody out of a set; the answers stay, and it can be taken back."""
    if Member.objects.filter(pk=member.pk, removed_at=None).update(removed_at=now):
        note(quiz_set=member.quiz_set, by=by, at=now, member=member, words="removed")


@transaction.atomic
def restore_member(*, member, by, now):
    """Let somebody who was removed take part again."""
    if Member.objects.filter(pk=member.pk).exclude(removed_at=None).update(removed_at=None):
        note(quiz_set=member.quiz_set, by=by, at=now, member=member, words="takes part again")

"""The verbs of regrading: see what a decision changes, take it, take it to late answers, take it back."""

from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from quiz.engine.regrade import Decision, Mark, mark_by
from quiz.engine.scoring import RULES, Score
from quiz.practice.models import Position, PracticeSession
from quiz.sets.actions import lock, note

from .models import Regrade, RegradeChange


class NotNewest(Exception):
    """A later decision on the same question rests on it; the words say what to do first."""


@dataclass(frozen=True)
class Change:
    """What a decision does to one answer, and to the score of the try that it is in."""

    position: int
    session: int
    learner: int
    try_number: int
    before: Mark
    after: Mark
    score_before: Score

    @property
    def score_after(self):
        of = self.score_before.of + self.after.is_scored - self.before.is_scored
        return Score(self.score_before.points + self.after.points - self.before.points, of)


def decisions_on(quiz_set, version):
    """The regrades of a question that are in force, from the oldest to the newest."""
    return quiz_set.regrades.filter(version=version, undone_at=None).order_by("at", "pk")


def as_decisions(regrades):
    return [Decision(each.action, each.option_id) for each in regrades]


COLUMNS = (
    "pk",
    "session",
    "response",
    "points",
    "points_of",
    "is_scored",
    "session__learner",
    "session__try_number",
    "session__scoring",
    "session__points",
    "session__points_of",
    "session__scored",
)


def changes_by(quiz_set, version, decisions):
    """What these decisions change in all finished tries; answers that they leave as they are are not
    among it."""
    rows = Position.objects.filter(
        version=version, session__quiz_set=quiz_set, session__finished_at__isnull=False
    ).order_by("session__try_number", "session", "pk")
    key, found = version.key_held, []
    for row in rows.values_list(*COLUMNS):
        pk, session, response, points, points_of, is_scored, learner, number, scoring, *score = row
        before = Mark(None if points_of is None else Fraction(points, points_of), is_scored)
        rule = RULES[scoring]
        after = mark_by(decisions, before, kind=version.kind, response=response, key=key, rule=rule)
        if after != before:
            total = Score(Fraction(score[0], score[1]), score[2])
            found.append(Change(pk, session, learner, number, before, after, total))
    return found


def preview(*, quiz_set, version, decision):
    """What one more decision on a question would change; nothing is written."""
    earlier = as_decisions(decisions_on(quiz_set, version))
    return changes_by(quiz_set, version, [*earlier, decision])


def left_behind(quiz_set, version):
    """Answers that came after the decisions on their question, and are not graded by them yet."""
    held = as_decisions(decisions_on(quiz_set, version))
    return changes_by(quiz_set, version, held) if held else []


@transaction.atomic
def regrade(*, quiz_set, version, action, option, reason, token, by, now):
    """Take a decision on one question of a set and grade every finished try by it, all or nothing.

    A repeated token finds the regrade that it made.
    """
    held = lock(quiz_set)
    made = held.regrades.filter(token=token).first()
    if made:
        return made
    made = Regrade.objects.create(
        quiz_set=held,
        version=version,
        action=action,
        option=option,
        reason=reason,
        token=token,
        by=by,
        at=now,
    )
    changes = changes_by(held, version, as_decisions(decisions_on(held, version)))
    write(made, changes)
    words = f"Regraded {version.question.slug}: {made.get_action_display()}. {reason}"
    note(quiz_set=held, by=by, at=now, words=shortened(words))
    return made


@transaction.atomic
def take_in(*, regrade, by, now):
    """Grade answers that came after the newest decision by all that are in force; returns how many."""
    held = lock(regrade.quiz_set)
    newest = decisions_on(held, regrade.version).last()
    if newest is None or newest.pk != regrade.pk:
        raise NotNewest("Another decision on this question is newer. Look at the list once more.")
    changes = left_behind(held, regrade.version)
    if changes:
        write(regrade, changes)
        words = f"{len(changes)} later answers to {regrade.version.question.slug} were regraded too"
        note(quiz_set=held, by=by, at=now, words=shortened(words))
    return len(changes)


@transaction.atomic
def undo(*, regrade, by, now):
    """Take a decision back and restore every mark as it was before; done twice it changes nothing.

    Later decisions on the same question rest on it: NotNewest says to take those back first.
    """
    held = lock(regrade.quiz_set)
    regrade.refresh_from_db()
    if regrade.undone_at:
        return regrade
    if decisions_on(held, regrade.version).last().pk != regrade.pk:
        raise NotNewest(
            "A later decision on this question rests on this one. Take the newest back first."
        )
    rows = regrade.changes.select_related("position__session")
    restored = [
        Change(
            each.position_id,
            each.position.session_id,
            each.position.session.learner_id,
            each.position.session.try_number,
            after_of(each),
            before_of(each),
            each.position.session.score,
        )
        for each in rows
    ]
    put_marks(regrade, "before")
    put_scores(restored)
    regrade.undone_at, regrade.undone_by = now, by
    regrade.save(update_fields=["undone_at", "undone_by"])
    words = f"Took back on {regrade.version.question.slug}: {regrade.get_action_display()}"
    note(quiz_set=held, by=by, at=now, words=shortened(words))
    return regrade


def write(regrade, changes):
    """Keep what a regrade changes, and change it."""
    RegradeChange.objects.bulk_create(
        (
            RegradeChange(
                regrade=regrade,
                position_id=each.position,
                was_scored=each.before.is_scored,
                is_scored=each.after.is_scored,
                **columns(each.before, "before"),
                **columns(each.after, "after"),
            )
            for each in changes
        ),
        batch_size=500,
    )
    put_marks(regrade, "after")
    put_scores(changes)


def put_marks(regrade, side):
    """Give every answer that a regrade changes its mark before or after it, in one statement.

    A blank that earns something counts as checked when its try was finished, and is unchecked again.
    """
    of_position = RegradeChange.objects.filter(regrade=regrade, position=OuterRef("pk"))
    scored = "was_scored" if side == "before" else "is_scored"
    changed = Position.objects.filter(
        pk__in=RegradeChange.objects.filter(regrade=regrade).values("position")
    )
    finished = PracticeSession.objects.filter(pk=OuterRef("session")).values("finished_at")
    values = {
        "is_scored": Subquery(of_position.values(scored)),
        "points": Subquery(of_position.values(f"points_{side}")),
        "points_of": Subquery(of_position.values(f"points_of_{side}")),
    }
    blank = RegradeChange.objects.filter(regrade=regrade, **{f"points_of_{side}": None})
    changed.exclude(pk__in=blank.values("position")).update(
        **values, checked_at=Coalesce("checked_at", Subquery(finished))
    )
    changed.filter(pk__in=blank.values("position")).update(**values, checked_at=None)


def put_scores(changes):
    """Carry changed marks over to the scores of their sessions, all of the same score at once."""
    sessions = {}
    for each in changes:
        score = each.score_after
        values = (*score.points.as_integer_ratio(), score.of)
        sessions.setdefault(values, []).append(each.session)
    for (points, points_of, scored), ids in sessions.items():
        held = PracticeSession.objects.filter(pk__in=ids)
        held.update(points=points, points_of=points_of, scored=scored)


def columns(mark, side):
    if mark.fraction is None:
        return {f"points_{side}": None, f"points_of_{side}": None}
    points, of = mark.fraction.as_integer_ratio()
    return {f"points_{side}": points, f"points_of_{side}": of}


def before_of(change):
    of = change.points_of_before
    return Mark(None if of is None else Fraction(change.points_before, of), change.was_scored)


def after_of(change):
    of = change.points_of_after
    return Mark(None if of is None else Fraction(change.points_after, of), change.is_scored)


def forget_marks(session):
    """Take a try that is opened again out of every regrade; it is graded anew when it is finished."""
    changes = RegradeChange.objects.filter(position__session=session)
    out = changes.filter(regrade__undone_at=None, was_scored=True).values("position")
    Position.objects.filter(pk__in=out).update(is_scored=True)
    changes.delete()


def shortened(words):
    """Words as the log of a set holds them."""
    return words if len(words) <= 300 else f"{words[:299]}…"

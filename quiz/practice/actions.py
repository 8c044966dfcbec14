"""The verbs of practice: start, save, check, flag, grade, close. Each writes in one transaction."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from quiz.engine.kinds import BY_SLUG
from quiz.engine.scoring import score
from quiz.engine.shuffle import option_order
from quiz.engine.timing import Phase, closing_time
from studyapp import statements
from studyapp.guide.models import Profile

from .models import Pick, Position, PracticeSession, Save

HEAD = (
    "response",
    "unfinished",
    "confidence",
    "hints",
    "is_flagged",
    "revision",
    "tab",
    "seq",
    "saved_at",
    "points",
    "points_of",
    "checked_at",
    "is_closed",
)


# All conditions stand on the row itself, so that PostgreSQL looks at them again after it has waited
# for another answer, or for the closing of the session.
STILL_TAKES = """
    id = %s AND checked_at IS NULL AND NOT is_closed
    AND ((tab = %s AND seq < %s) OR (tab <> %s AND revision = %s))
"""


class StillOpen(Exception):
    """Another session is open; whoever starts a new one says first what becomes of it."""

    def __init__(self, session):
        super().__init__(f"{session} is still open")
        self.session = session


class Refused(Exception):
    """An answer that is not taken any more; the words say why."""


class Stale(Refused):
    """An answer from a page that is older than what another tab or browser has saved since."""


@dataclass(frozen=True)
class Sender:
    """Who sends: a token for this delivery, the tab, its counter, and the revision it was shown."""

    token: str
    tab: str
    seq: int
    base: str


@dataclass(frozen=True)
class Given:
    """The form of one question: what can be read as an answer, or the form as it was left."""

    response: object = None
    unfinished: dict | None = None
    confidence: int | None = None
    is_flagged: bool = False
    hints: int = 0


# Starting


def start_session(
    *,
    learner,
    title,
    profile,
    versions,
    edition,
    seed,
    token,
    now,
    mode=PracticeSession.Mode.STUDY,
    scoring=PracticeSession.Scoring.PRACTICE,
    limit=None,
    terms=None,
    unscored=frozenset(),
    closing=None,
):
    """Start a session through these versions; a repeated token finds the one it started.

    `limit` is the time it may take, `terms` what an exam form or a quiz set lays down (columns), and
    `unscored` the ids of the versions that do not count. `closing` is the id of the open session
    that may be closed for it; one that has no open question left, or no time, is closed unasked. A
    try of a set stands beside a session of one's own.
    """
    terms = terms or {}
    begun = learner.practice_sessions.filter(start_token=token).first()
    if begun:
        return begun
    try:
        with transaction.atomic():
            if "quiz_set" not in terms:
                make_room(learner, closing=closing, now=now)
            session = PracticeSession.objects.create(
                learner=learner,
                title=title,
                mode=mode,
                scoring=scoring,
                profile=Profile.objects.get(slug=profile),
                edition=edition,
                length=len(versions),
                seed=seed,
                start_token=token,
                started_at=now,
                deadline=None if limit is None else now + limit,
                **terms,
            )
            Position.objects.bulk_create(
                Position(
                    session=session,
                    number=number,
                    version=version,
                    is_scored=version.pk not in unscored
                    and not BY_SLUG[version.kind].is_self_graded,
                    option_order=option_order(version.options.all(), seed=seed, number=number),
                )
                for number, version in enumerate(versions, start=1)
            )
    except IntegrityError:
        # Somebody was quicker: the same form sent twice, or another one at the same moment.
        begun = learner.practice_sessions.filter(start_token=token).first()
        if begun:
            return begun
        still_open = learner.practice_sessions.own().open().with_progress().first()
        if still_open is None:
            raise
        raise StillOpen(still_open) from None
    return session


def make_room(learner, *, closing, now):
    """Close the open session of a learner, where that was said or nothing can be lost by it."""
    held = learner.practice_sessions.own().open().with_progress().first()
    if held is None:
        return
    nothing_to_lose = held.phase(now) is Phase.LAPSED or (
        held.answered == held.length and not held.is_exam
    )
    if held.pk != closing and not nothing_to_lose:
        raise StillOpen(held)
    close_session(session=held, now=now)


# Answering


def save_answer(*, position, given, sender, now, key, check=False):
    """Keep what was given at a position; with `check` grade it too, and take nothing after that.

    A repeated token changes nothing and finds the first result; a delivery that is overtaken by a
    later one of the same tab is kept as superseded. Raises Stale where another tab has saved since
    the page was shown, and Refused once the question is checked or the session is over. Returns the
    Save, with its position as it stands.
    """
    check = check and position.session.phase(now) is Phase.OPEN
    head = {
        "response": given.response,
        "unfinished": given.unfinished,
        "confidence": given.confidence,
        "hints": given.hints,
        "is_flagged": given.is_flagged,
        "saved_at": now,
    }
    graded = {"checked_at": now} | points(position, given.response, key) if check else {}
    purpose = Save.Purpose.CHECK if check else Save.Purpose.DRAFT
    if position.session.phase(now) is Phase.LAPSED:
        return too_late(position=position, token=sender.token, now=now)
    try:
        with transaction.atomic():
            kept = insert_save(position, sender, purpose, head)
            told = {"revision": sender.token, "tab": sender.tab, "seq": sender.seq}
            newest = (position.pk, sender.tab, sender.seq, sender.tab, sender.base)
            values = head | graded | told
            # Hints may have been taken since this position was read.
            if not statements.update(Position, values, STILL_TAKES, *newest, rising=("hints",)):
                keep_superseded(position, kept)
                return kept
    except IntegrityError:
        return repeated(position=position, token=sender.token)
    for name, value in values.items():
        setattr(position, name, value)
    return kept


def insert_save(position, sender, purpose, head):
    kept = Save(
        session=position.session,
        position=position,
        purpose=purpose,
        token=sender.token,
        tab=sender.tab,
        seq=sender.seq,
        **head,
    )
    statements.insert(kept)
    return kept


def keep_superseded(position, kept):
    """Note that a later delivery of the same tab was quicker; raise in words for anything else."""
    position.refresh_from_db(fields=HEAD)
    if position.is_checked:
        raise Refused("This question was checked before. The answer that counts is shown here.")
    if position.is_closed:
        raise Refused("This session is finished. Its answers stay as they are.")
    if position.tab != kept.tab:
        raise Stale(
            "This question was changed in another tab or browser since this page was shown. The "
            "newer answer is shown here, and yours was not kept. Change it if you want, and save it."
        )
    Save.objects.filter(session=kept.session_id, token=kept.token).update(is_superseded=True)
    kept.is_superseded = True


def repeated(*, position, token):
    """The first result of a delivery that came before; Refused in words for any other."""
    position.refresh_from_db(fields=HEAD)
    kept = position.saves.filter(token=token).first()
    if kept is None:
        raise Refused("This form was sent for another question before. Please answer once more.")
    kept.position = position
    return kept


def too_late(*, position, token, now):
    """Close a session whose time is over, and refuse the answer, unless it had come before."""
    close_if_lapsed(position, now)
    kept = position.saves.filter(token=token).first()
    if kept is None:
        raise Refused("The time was over before this came, so it does not count.")
    kept.position = position
    return kept


def close_if_lapsed(position, now):
    """Close a session that is shown as closed, before anything is written to what is shown."""
    if position.session.phase(now) is Phase.LAPSED:
        close_session(session=position.session, now=now)
        position.refresh_from_db(fields=HEAD)


def flag(*, position, is_flagged, sender, now):
    """Flag a question, or take the flag away; that is possible at any time, and never counts."""
    close_if_lapsed(position, now)
    head = {"is_flagged": is_flagged, "saved_at": now}
    try:
        with transaction.atomic():
            kept = insert_save(position, sender, Save.Purpose.FLAG, head)
            Position.objects.filter(pk=position.pk).update(is_flagged=is_flagged)
    except IntegrityError:
        return repeated(position=position, token=sender.token)
    position.is_flagged = is_flagged
    return kept


def grade_oneself(*, position, response, key, sender, now):
    """Keep how somebody graded their own answer: once, after it was checked or the session closed.

    It never counts in a score. A repeated token finds the first result; Refused says why not.
    """
    close_if_lapsed(position, now)
    head = {"response": response, "saved_at": now}
    graded = points(position, response, key)
    try:
        with transaction.atomic():
            kept = insert_save(position, sender, Save.Purpose.GRADE, head)
            ungraded = Position.objects.filter(pk=position.pk, is_scored=False, points_of=None)
            if not ungraded.exclude(checked_at=None).update(response=response, **graded):
                raise Refused
    except (IntegrityError, Refused):
        position.refresh_from_db(fields=HEAD)
        kept = position.saves.filter(token=sender.token).first()
        if kept:
            return kept
        if not position.is_checked:
            raise Refused("Check your answer first; then you can grade it.") from None
        if position.is_graded:
            raise Refused("You graded this before. The grade that was kept is shown.") from None
        raise Refused(
            "This form was sent for another question before. Please grade once more."
        ) from None
    for name, value in (graded | {"response": response}).items():
        setattr(position, name, value)
    return kept


def points(position, response, key):
    """The columns for the grade of a response; None while its author has still to grade it."""
    grade = BY_SLUG[position.version.kind].grade(response, key, position.session.rule)
    if grade is None:
        return {"points": None, "points_of": None}
    return {"points": grade.fraction.numerator, "points_of": grade.fraction.denominator}


# Closing


def settle(position, *, at):
    """Grade what was saved and never checked, as closing does, without writing anything."""
    if position.is_answered and not position.is_checked:
        position.checked_at = at
        for name, value in points(position, position.response, position.version.key_held).items():
            setattr(position, name, value)
    position.is_closed = True
    return position


def settled_answers(session, *, now, heads=None):
    """All positions of a session as they are, or as its closing will leave them once it is over."""
    positions = list(session.answers() if heads is None else heads)
    for each in positions:
        each.session = session
        if session.is_over(now) and not each.is_closed:
            settle(each, at=closing_time(now=now, deadline=session.deadline))
    return positions


def score_of(positions):
    """The score of settled positions; what does not count is left out."""
    scored = [each for each in positions if each.is_scored]
    return score((each.fraction for each in scored), of=len(scored))


def put_score(session, positions, *, at):
    """Set when a session has finished, and the score of its settled positions; nothing is written."""
    total = score_of(positions)
    session.finished_at, session.scored = at, total.of
    session.points, session.points_of = total.points.as_integer_ratio()


def as_closed(session, *, now):
    """A session that is over as its closing leaves it, whether that was written yet or not."""
    if session.is_open:
        at = closing_time(now=now, deadline=session.deadline)
        put_score(session, settled_answers(session, now=now), at=at)
    return session


def close_session(*, session, now):
    """Close a session once: what was saved counts, what is blank is wrong, by its deadline at latest.

    Returns whether this call closed it. One that is closed stays as it is.
    """
    with transaction.atomic():
        # Without the key, or an answer under way, whose save points at the session, would wait for
        # this while this waits for the answer.
        held = PracticeSession.objects.open().select_for_update(no_key=True)
        if held.filter(pk=session.pk).first() is None:
            session.refresh_from_db(fields=["finished_at", "points", "points_of", "scored"])
            return False
        # Waits for every save under way, and turns those away that come after it.
        session.positions.update(is_closed=True)
        at = closing_time(now=now, deadline=session.deadline)
        positions = list(session.answers())
        fresh = [each for each in positions if each.is_answered and not each.is_checked]
        for each in fresh:
            each.session = session
            settle(each, at=at)
        Position.objects.bulk_update(fresh, ["points", "points_of", "checked_at"])
        Pick.objects.bulk_create(picks(positions))
        put_score(session, positions, at=at)
        session.save(update_fields=["finished_at", "points", "points_of", "scored"])
    return True


def picks(positions):
    """A row for each option that was picked, of the kinds where options are picked."""
    return [
        Pick(position=each, option_id=option)
        for each in positions
        if BY_SLUG[each.version.kind].is_pick and each.is_answered
        for option in BY_SLUG[each.version.kind].summarise(each.response)
    ]

"""Forgetting: guests some days after their last activity, and everybody who asks for it."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from quiz.engine.kinds import KINDS
from quiz.practice.actions import close_session
from quiz.practice.models import Position, PracticeSession, Save
from quiz.sets.models import Member
from studyapp.people.models import Learner, ResumeLink

from .merging import locked

# The kinds by whose responses somebody could be known.
WRITTEN = {kind.slug: kind for kind in KINDS if kind.own_words}


def idle_guests(*, since):
    """Guests who came, answered, joined, started, finished and went elsewhere before that moment only."""
    sessions = PracticeSession.objects.filter(learner=OuterRef("pk"))
    sessions = sessions.filter(Q(started_at__gte=since) | Q(finished_at__gte=since))
    saves = Save.objects.filter(session__learner=OuterRef("pk"), saved_at__gte=since)
    links = ResumeLink.objects.filter(learner=OuterRef("pk"))
    links = links.filter(Q(made_at__gte=since) | Q(used_at__gte=since))
    joined = Member.objects.filter(learner=OuterRef("pk"), joined_at__gte=since)
    lately = Exists(sessions) | Exists(saves) | Exists(links) | Exists(joined)
    guests = Learner.objects.filter(guest_key__isnull=False, created_at__lt=since)
    return guests.exclude(lately).order_by("pk")


@transaction.atomic
def forget_guest(*, guest, since, now):
    """Erase a guest who is idle still, or remove one who has no work; returns whether that was so."""
    locked(guest)
    if not idle_guests(since=since).filter(pk=guest.pk).exists():
        return False
    erase_or_remove(learner=guest, now=now)
    return True


@transaction.atomic
def erase_guest(*, guest, now):
    """Erase a guest who asks for it."""
    if held := locked(guest).get(guest.pk):
        erase_or_remove(learner=held, now=now)


@transaction.atomic
def erase_account(*, user, now):
    """Erase an account with all that names its owner.

    Scored answers stay as nobody's; questions and quiz sets stay, and staff takes them over.
    """
    learner = Learner.objects.filter(user=user).first()
    if learner:
        erase_or_remove(learner=locked(learner)[learner.pk], now=now)
    for each in user.usersession_set.all():
        each.end()
    # The admin's log holds the name of what was changed as a text.
    kind = ContentType.objects.get_for_model(user)
    LogEntry.objects.filter(content_type=kind, object_id=str(user.pk)).delete()
    user.delete()


def erase_or_remove(*, learner, now):
    """Erase a learner, or remove one who has no work that anything counts."""
    if learner.practice_sessions.exists() or learner.memberships.exists():
        erase_learner(learner=learner, now=now)
    else:
        learner.delete()


@transaction.atomic
def erase_learner(*, learner, now):
    """Forget who a learner is and what they wrote; answers that were scored stay, as nobody's."""
    for session in learner.practice_sessions.open():
        close_session(session=session, now=now)
    erase_words(Position.objects.filter(session__learner=learner), kind="version__kind")
    erase_words(Save.objects.filter(session__learner=learner), kind="position__version__kind")
    learner.memberships.update(name="")
    learner.resume_links.all().delete()
    Learner.objects.filter(pk=learner.pk).update(user=None, guest_key=None, erased_at=now)
    learner.refresh_from_db()


def erase_words(rows, *, kind):
    """Take out of these rows what their author wrote; `kind` is the way to the kind of question."""
    rows.filter(unfinished__isnull=False).update(unfinished=None)
    written = rows.filter(response__isnull=False, **{f"{kind}__in": WRITTEN})
    changed = list(written.annotate(kind=F(kind)))
    for row in changed:
        row.response = WRITTEN[row.kind].without_words(row.response)
    rows.model.objects.bulk_update(changed, ["response"], batch_size=200)

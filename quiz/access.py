"""Whose rows somebody may see: every query starts at the person who asks."""

from django.db.models import Q
from django.utils.crypto import salted_hmac

from studyapp.people.access import for_instructors
from studyapp.people.middleware import GUEST_KEY

from .sets.models import QuizSet


def whose(request, learner="learner"):
    """The condition for rows of whoever asks, as part of their own query.

    It spares the query for the learner that `request.learner` would need first; somebody without
    an account or a guest's key owns nothing.
    """
    if request.user.is_authenticated:
        return Q(**{f"{learner}__user": request.user})
    return Q(**{f"{learner}__guest_key": request.session.get(GUEST_KEY, "")})


def known_by(request):
    """The column of learners by which whoever asks is known, and what it holds, for a text of SQL."""
    if request.user.is_authenticated:
        return "user_id", request.user.pk
    return "guest_key", request.session.get(GUEST_KEY, "")


def greet(request, token):
    """Give a new guest the key that belongs to the token of the first form.

    Sent twice at once, before the browser has its cookie, the form still makes one guest only.
    """
    if not request.user.is_authenticated:
        key = salted_hmac("quiz.access.greet", token, algorithm="sha256").hexdigest()
        request.session.setdefault(GUEST_KEY, key[:43])


def my_sets(request):
    """The quiz sets that whoever asks may change: their own; staff also those that nobody owns."""
    own = Q(owner=request.user)
    return QuizSet.objects.filter(own | Q(owner=None) if request.user.is_staff else own)


__all__ = ["for_instructors", "greet", "my_sets", "whose"]

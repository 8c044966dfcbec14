"""Where signing in meets the work that a browser already holds."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.utils import timezone

from studyapp.people.middleware import GUEST_KEY, find_learner
from studyapp.people.models import Learner

from .merging import merge_learners


class AccountAdapter(DefaultAccountAdapter):
    """Signs people in as the package does, and takes along what they did as a guest."""

    def login(self, request, user):
        # Every way in ends here, after all proofs: password, passkey, code, and a finished sign-up.
        key = request.session.pop(GUEST_KEY, None)
        super().login(request, user)
        if key:
            take_along(request, user, key)
        request.learner = find_learner(request)


def take_along(request, user, key):
    """Hand the work of a guest to an account, and say what came along."""
    guest = Learner.objects.filter(guest_key=key).first()
    if guest is None:
        return
    sessions, sets = guest.practice_sessions.count(), guest.memberships.count()
    into, _ = Learner.objects.get_or_create(user=user)
    merge_learners(guest=guest, into=into, now=timezone.now())
    if words := counted(sessions, sets):
        messages.success(
            request, f"{words} from this browser went along: you find everything in your account."
        )


def counted(sessions, sets):
    """So many sessions and quiz sets, in words; "" for none."""
    numbers = ((sessions, "practice session"), (sets, "quiz set"))
    return " and ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in numbers if n)

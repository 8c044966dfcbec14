"""Where signing in meets the work that a browser already holds."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.crypto import get_random_string

from quiz.sets.qr import qr_path
from studyapp.people.middleware import GUEST_KEY, find_learner
from studyapp.people.models import Learner

from .merging import merge_learners

# By the package's name for each way to prove again that it is you.
PROOFS = {
    "reauthenticate": "Your password",
    "mfa_reauthenticate": "A code from your authenticator app, or a recovery code",
    "mfa_reauthenticate:webauthn": "A passkey",
}


class AccountAdapter(DefaultAccountAdapter):
    """Signs people in as the package does, and takes along what they did as a guest."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "email_taken": "This e-mail address cannot be used.",
        "incorrect_code": "This is not the code.",
        "incorrect_password": "This is not the password.",
        "too_many_login_attempts": "Too many wrong tries. Wait five minutes, then try again.",
    }

    def login(self, request, user):
        # Every way in ends here, after all proofs: password, passkey, code, and a finished sign-up.
        key = request.session.pop(GUEST_KEY, None)
        super().login(request, user)
        if key:
            take_along(request, user, key)
        request.learner = find_learner(request)

    def get_reauthentication_methods(self, user):
        methods = super().get_reauthentication_methods(user)
        return [each | {"description": PROOFS[each["id"]]} for each in methods]

    def send_account_already_exists_mail(self, email):
        # A new account would have cost the hashing of its password: without it, the time tells.
        make_password(get_random_string(20))
        super().send_account_already_exists_mail(email)


class SecondProofAdapter(DefaultMFAAdapter):
    """Draws the QR code for an authenticator app into the page: the policy allows no data address."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": "This is not the code."}

    def generate_authenticator_name(self, user, type):
        """What a passkey is called at first; its owner may rename it."""
        others = user.authenticator_set.filter(type=type).count()
        return f"Passkey {others + 1}" if others else "Passkey"

    def build_totp_svg(self, url):
        qr = qr_path(url)
        return (
            f'<svg class="qr" viewBox="0 0 {qr.size} {qr.size}" role="img" '
            'aria-label="QR code for the app" shape-rendering="crispEdges">'
            f'<rect class="qr-paper" width="{qr.size}" height="{qr.size}"/>'
            f'<path class="qr-ink" d="{qr.path}"/></svg>'
        )


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

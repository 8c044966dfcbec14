"""Resume links: made and revoked in one browser, used up once in another."""

import base64
import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from studyapp.people.models import ResumeLink

from .merging import locked, merge_learners

LIFE = timedelta(days=7)
MOST = 10


class TooMany(Exception):
    """As many links are usable as may be at one time."""


def digest_of(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_for(learner, token):
    """256 bits that only this server can work out; the same form sent twice gets the same."""
    key = salted_hmac("quiz.learners.links", f"{learner.guest_key} {token}", algorithm="sha256")
    return base64.urlsafe_b64encode(key.digest()).rstrip(b"=").decode()


def make_link(*, learner, token, now):
    """Make a link for a guest; returns it with its secret, which cannot be had a second time.

    Raises TooMany where others have to be revoked first.
    """
    secret = secret_for(learner, token)
    with transaction.atomic():
        locked(learner)
        link = learner.resume_links.filter(digest=digest_of(secret)).first()
        if link is None:
            if learner.resume_links.usable(now).count() >= MOST:
                raise TooMany
            link = ResumeLink.objects.create(
                learner=learner, digest=digest_of(secret), made_at=now, expires_at=now + LIFE
            )
    return link, secret


def revoke_link(*, learner, link, now):
    """Let a link of this learner lead nowhere from now on; one that is used stays as it is."""
    learner.resume_links.usable(now).filter(pk=link).update(revoked_at=now)


def find_link(*, secret, now, token=""):
    """The link of a secret while it is usable, or for the form that has used it; None otherwise."""
    link = ResumeLink.objects.select_related("learner").filter(digest=digest_of(secret)).first()
    if link is None or now >= link.expires_at:
        return None
    is_again = bool(token) and link.used_by == digest_of(token)
    return link if is_again or link.is_usable(now) else None


def use_link(*, link, own, token, now):
    """Use a link up, and add to its learner the work that this browser has of its own, if any.

    Sent again, the form that used it changes nothing. Returns the learner to go on as, or None where
    the link has stopped working.
    """
    sender = digest_of(token)
    with transaction.atomic():
        # The learners come first, so that two browsers which take each other's links do not wait
        # for each other.
        locked(link.learner, *([own] if own else ()))
        held = ResumeLink.objects.filter(pk=link.pk)
        if held.usable(now).update(used_at=now, used_by=sender):
            if own:
                merge_learners(guest=own, into=link.learner, now=now)
        elif not held.filter(used_by=sender).exists():
            return None
    return link.learner

"""Gives every request its learner, without writing anything for those who only read."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from .models import Learner

GUEST_KEY = "guest_key"


class LearnerMiddleware:
    """`request.learner` is a saved learner, or an unsaved one until `make_learner` is called."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.learner = SimpleLazyObject(lambda: find_learner(request))
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < 400:
            request.session.renew()
        return response


class ZoneMiddleware:
    """Whoever teaches types and reads dates in the zone that they chose; everybody else reads UTC.

    For these a script tells what they read in the zone of their browser.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not (request.user.is_authenticated and request.user.is_instructor):
            return self.get_response(request)
        with timezone.override(request.user.zone):
            return self.get_response(request)


def find_learner(request):
    """Look up who is asking; a person without work yet is an unsaved learner."""
    if request.user.is_authenticated:
        return Learner.objects.filter(user=request.user).first() or Learner(user=request.user)
    key = request.session.get(GUEST_KEY)
    return (key and Learner.objects.filter(guest_key=key).first()) or Learner()


def make_learner(request):
    """Save the learner of this request on the first write; a guest's key stays in the session."""
    if request.learner.pk:
        return request.learner
    if request.user.is_authenticated:
        learner, _ = Learner.objects.get_or_create(user=request.user)
    else:
        key = request.session.setdefault(GUEST_KEY, secrets.token_urlsafe(32))
        with transaction.atomic():
            learner, _ = Learner.objects.get_or_create(guest_key=key)
    request.learner = learner
    return learner

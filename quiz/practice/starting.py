"""Starting a session for whoever posts one of the forms that do so."""

from django.db import transaction

from quiz.access import greet
from studyapp.guide import knowledge
from studyapp.people.middleware import make_learner

from .actions import start_session


def begin(request, form, *, profile, **terms):
    """Start a session by the facts in force; the form has its token, and what may be closed for it."""
    token, closing = form.cleaned_data["token"], form.cleaned_data["close"]
    greet(request, token)
    with transaction.atomic():
        return start_session(
            learner=make_learner(request),
            profile=profile.slug,
            edition=knowledge.of(request).number,
            token=token,
            closing=closing,
            **terms,
        )

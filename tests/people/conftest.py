import re

import pytest

from tests.quiz.conftest import sign_in

__all__ = ["sign_in"]
PASSWORD = "a good long password"
CODE = re.compile(r"^([A-Z0-9]{4}-?[A-Z0-9]{2,4}|\d{6})$", re.M)


def post_sign_in(client, email, password=PASSWORD, **more):
    """Send the form of the sign-in page."""
    return client.post("/accounts/login/", {"login": email, "password": password} | more)


def code_in(mail):
    """The code that stands on a line of its own in a mail."""
    return CODE.search(mail.body)[1]


@pytest.fixture(autouse=True)
def forgotten_tries(db):
    """What was counted of earlier tries is gone, as it is after some minutes."""
    from django.core.cache import cache

    cache.clear()

import re
from itertools import count

import pytest
from django.test import Client

from studyapp.people.models import Learner
from tests.factories import SessionFactory

TOKENS = count()
LINK = re.compile(r'id="link" value="http://testserver([^"]+)"')


@pytest.fixture
def here(client, sign_in):
    """A browser whose guest has one open session."""
    session = SessionFactory(title="Begun here")
    return sign_in(client, session.learner)


@pytest.fixture
def there():
    """Another browser, which has no work yet."""
    return Client()


@pytest.fixture
def link(here):
    """The address of a link that the first browser made."""
    return make(here)


def new_token():
    return f"token-of-form-{next(TOKENS):06}"


def make(client, token=None):
    """Make a link as the page's form does; its address."""
    page = client.post("/resume/", {"token": token or new_token()})
    return LINK.search(page.content.decode())[1]


def take(client, link, token=None):
    return client.post(link, {"token": token or new_token()})


def learner_of(client):
    return Learner.objects.get(guest_key=client.session["guest_key"])

import pytest

from tests.factories import InstructorFactory, SetFactory, VersionFactory


@pytest.fixture
def instructor(client):
    """Somebody who teaches; `client` is theirs."""
    user = InstructorFactory(name="Ada")
    client.force_login(user)
    return user


@pytest.fixture
def draft(instructor):
    """A draft of theirs without questions."""
    return SetFactory(owner=instructor)


@pytest.fixture
def versions():
    """Three written questions of the bank."""
    return [VersionFactory(stem=f"Question number {number}?") for number in (1, 2, 3)]

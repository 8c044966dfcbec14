"""Tests find the content in the database, whatever tests ran before them."""

import pytest

from studyapp.guide.models import Fact


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ("first", "second"))
def test_content_is_there_again_after_a_test_with_its_own_transactions(time):
    assert Fact.objects.exists()

    Fact.objects.all().delete()


@pytest.mark.django_db
def test_content_is_there():
    assert Fact.objects.exists()

"""Every field that is kept is classed, and the page says it in words."""

import pytest
from django.apps import apps
from django.conf import settings

from quiz.learners.links import LIFE
from quiz.learners.privacy import about_people, tables

MODELS = {model._meta.label: model for model in apps.get_models()}
BY_TABLE = {each.table: each for each in tables()}


def fields_of(model):
    held = (*model._meta.local_fields, *model._meta.local_many_to_many)
    return sorted(field.name for field in held if field.name != "id")


def test_every_table_is_in_the_file_and_no_other():
    assert set(BY_TABLE) == set(MODELS)


@pytest.mark.parametrize("table", MODELS)
def test_every_field_is_classed_once(table):
    assert sorted(BY_TABLE[table].fields) == fields_of(MODELS[table])


@pytest.mark.parametrize("each", about_people(), ids=lambda each: each.table)
def test_what_is_about_people_says_what_for_and_how_long(each):
    assert each.what
    assert each.why.endswith(".")
    assert each.kept.endswith(".")


def test_every_table_that_points_at_a_person_is_about_people():
    people = {"people.User", "people.Learner"}
    pointing = {
        label
        for label, model in MODELS.items()
        for field in model._meta.local_fields
        if field.related_model and field.related_model._meta.label in people
    }

    assert pointing <= {each.table for each in about_people()}


@pytest.mark.django_db
def test_the_page_says_it_in_words(client):
    page = client.get("/privacy/").text

    assert all(each.what in page and each.kept in page for each in about_people())
    assert f"{settings.GUEST_DAYS} days after you last used it" in page


def test_the_days_in_the_file_are_those_that_hold():
    assert f"{settings.GUEST_DAYS} days" in BY_TABLE["people.Learner"].kept
    assert f"{settings.GUEST_DAYS} days" in BY_TABLE["sessions.Session"].kept
    assert f"{LIFE.days} days" in BY_TABLE["people.ResumeLink"].kept

"""The page of the exam forms: what each asks for, whence that is known, and what can be asked now."""

import pytest

from quiz.bank.models import Question
from quiz.practice.exam import exam_forms
from studyapp.guide.models import Figure

from .conftest import Statements

pytestmark = pytest.mark.django_db


def test_every_figure_names_its_source_with_its_address(client):
    page = client.get("/practice/exam/").text

    for form in exam_forms():
        for figure in form.figures:
            assert f'<a href="{figure.source.url}">{figure.source.title}</a>' in page
            assert figure.text in page


def test_what_no_page_of_aws_confirms_is_said_beside_the_figure(client):
    page = client.get("/practice/exam/").text
    doubted = Figure.objects.get(slug="exam-mla-c01-time")

    assert f"<strong>{doubted.text}</strong> <span" in page
    assert "<strong>No source states it</strong> <span" in page


def test_a_form_tells_how_many_of_its_questions_can_be_asked_now(client):
    keep = Question.objects.filter(
        versions__kind="single-choice", versions__profile__slug="aws", versions__case=None
    )
    Question.objects.exclude(pk__in=list(keep.values_list("pk", flat=True)[:13])).update(
        status="retired"
    )

    forms = client.get("/practice/exam/", {"profile": "aws"}).context["forms"]

    assert {each["number"] for each in forms} == {13}


def test_a_form_without_questions_says_so_instead_of_a_button(client):
    Question.objects.update(status="retired")

    page = client.get("/practice/exam/").text

    assert page.count("None of its questions can be asked") == 3
    assert 'name="form"' not in page


def test_statements_of_the_page_are_few(client):
    client.get("/practice/exam/")

    with Statements() as asked:
        client.get("/practice/exam/")

    assert len(asked.all) <= 8
    assert asked.writes == []

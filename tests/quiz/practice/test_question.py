import re

import pytest
from django.test import Client
from django.utils import timezone

from quiz.bank.models import AnswerOption, QuestionVersion
from quiz.bank.shelf import SHELF
from quiz.practice.actions import Given, Sender, save_answer
from quiz.practice.models import Position, Save
from studyapp.guide.actions import publish_edition
from studyapp.guide.models import Fact
from studyapp.people.models import Learner
from tests.factories import SessionFactory, UserFactory, VersionFactory

from .conftest import Statements, address, option, token

pytestmark = pytest.mark.django_db
TOKEN = "a" * 32
FAR = timezone.now().replace(year=2100)
CHANGING = re.compile(
    r'(csrftoken": "|csrfmiddlewaretoken" value="|name="(?:token|tab)" value=")[^"]*'
)


def post(client, position, *, right=True, token=TOKEN, do="", **kwargs):
    fields = {"option": option(position, right=right), "token": token, "do": do}
    return client.post(address(position.session, position.number), fields, **kwargs)


def first(session):
    return session.positions.get(number=1)


def body(response):
    """The page without what is new on each sending."""
    return CHANGING.sub("", response.content.decode())


def test_question_is_shown_with_its_options_in_their_order(client, session):
    page = client.get(address(session)).content.decode()

    places = [page.index(f'value="{each}"') for each in first(session).option_order]
    assert places == sorted(places)
    assert "Question 1 of 2" in page


def test_reload_shows_the_same_page(client, session):
    assert body(client.get(address(session))) == body(client.get(address(session)))


@pytest.mark.parametrize(("right", "points"), ((True, 1), (False, 0)))
def test_answer_is_kept_with_its_points(client, session, right, points):
    response = post(client, first(session), right=right)

    position = first(session)
    assert response.headers["Location"] == f"{address(session)}#verdict"
    assert (position.points, position.points_of) == (points, 1)
    assert position.response == option(position, right=right)
    assert Save.objects.get().response == position.response


def test_every_option_gets_its_verdict_and_feedback(client, session):
    post(client, first(session), right=False)

    page = client.get(address(session)).content.decode()

    assert page.count("choice-verdict--picked-wrong") == 1
    assert page.count("choice-verdict--missed") == 1
    assert page.count("choice-verdict--rightly-left") == 2
    assert "Left 1." in page
    assert page.count("Picked") == 1
    assert "Not right: the answer is “Text 1”" in page


def test_htmx_gets_only_the_question(client, session):
    headers = {"HX-Request": "true", "HX-Target": "section#question"}

    response = post(client, first(session), headers=headers)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert 'id="verdict"' in page
    assert f'href="/practice/{session.pk}/2/"' in page


def test_reply_to_a_check_leaves_on_the_page_what_is_there_already(client, session):
    asked = client.get(address(session)).content.decode()
    digest = re.search(r'<template id="refrains" data-digest="(\w+)"', asked)[1]
    headers = {"HX-Request": "true", "HX-Target": "section#question", "In-Place": digest}

    reply = post(client, first(session), headers=headers).content.decode()

    kept = re.findall(r'<(?:div|span)[^>]* id="([^"]+)" hx-preserve></', reply)
    assert kept[0] == "stem-1"
    assert kept[1:] == [f"text-{each}" for each in first(session).option_order]
    for each in kept:
        assert asked.count(f'id="{each}"') == 1
    whole = client.get(address(session)).content.decode()
    assert "hx-preserve" not in asked + whole
    assert [f"Text {n}" in whole for n in (1, 2, 3, 4)] == [True] * 4


@pytest.mark.parametrize("held", ({}, {"In-Place": "00000000"}))
def test_page_that_holds_nothing_that_is_known_gets_everything(client, sign_in, held):
    scenario = QuestionVersion.objects.published().scenarios().first()
    session = SessionFactory(length=1, positions=[scenario])
    sign_in(client, session.learner)
    headers = {"HX-Request": "true", "HX-Target": "section#question"} | held

    response = post(client, first(session), headers=headers)

    reply = response.content.decode()
    assert response.status_code == 200
    assert reply.count('class="choice-said"') == 5
    assert "hx-preserve" not in reply
    assert "data-refrain" not in reply


def test_hints_that_were_taken_stay_taken(session):
    early, late = first(session), first(session)
    for number, (position, hints) in enumerate(((early, 2), (late, 0)), start=1):
        save_answer(
            position=position,
            given=Given(hints=hints),
            sender=Sender(f"token-of-save-{number}", "tab", number, ""),
            now=timezone.now(),
            key=position.version.key_held,
        )

    assert first(session).hints == 2


def test_way_on_leads_to_the_next_open_question_and_then_to_the_result(client, session):
    post(client, session.positions.get(number=2))
    assert f'href="{address(session, 1)}"' in client.get(address(session, 2)).content.decode()

    post(client, first(session), token="b" * 32)

    assert "Finish and see the result" in client.get(address(session)).content.decode()


# What is refused


@pytest.mark.parametrize("picked", ((), ("",), ("0",), ("999999999999999999999",), ("x",)))
def test_post_that_cannot_be_read_is_refused_in_words(client, session, picked):
    response = client.post(address(session), {"option": picked, "token": TOKEN})

    assert response.status_code == 422
    assert b'class="errors" id="errors"' in response.content
    assert Save.objects.count() == 0


def test_two_options_at_once_are_refused(client, session):
    both = list(first(session).version.options.values_list("pk", flat=True))[:2]

    response = client.post(address(session), {"option": both, "token": TOKEN})

    assert response.status_code == 422
    assert not first(session).is_checked


def test_option_of_another_question_is_refused(client, session):
    foreign = option(session.positions.get(number=2), right=True)

    response = client.post(address(session), {"option": foreign, "token": TOKEN})

    assert response.status_code == 422
    assert b"That is none of the options shown." in response.content
    assert not first(session).is_checked


@pytest.mark.parametrize("token", ("", "short", "a" * 65, "ä" * 32))
def test_post_without_a_good_token_is_refused(client, session, token):
    response = post(client, first(session), token=token)

    assert response.status_code == 422
    assert not first(session).is_checked


def test_repeated_post_gives_the_first_result(client, session):
    position = first(session)

    one = post(client, position, right=True)
    two = post(client, position, right=False)

    assert one.headers["Location"] == two.headers["Location"]
    assert first(session).points == 1
    assert Save.objects.count() == 1


def test_repeated_post_by_htmx_gives_the_first_page(client, session):
    headers = {"HX-Request": "true", "HX-Target": "section#question"}

    one = post(client, first(session), right=True, headers=headers)
    two = post(client, first(session), right=False, headers=headers)

    assert body(one) == body(two)


def test_repeated_post_after_the_end_gives_the_first_result(client, session):
    post(client, first(session))
    client.post(f"/practice/{session.pk}/")

    response = post(client, first(session), right=False)

    assert response.status_code == 302
    assert first(session).points == 1


def test_repeated_save_after_the_end_gives_the_first_reply(client, session):
    one = post(client, first(session), do="save")
    client.post(f"/practice/{session.pk}/")

    two = post(client, first(session), do="save")

    assert one.headers["Location"] == two.headers["Location"] == f"{address(session)}#saved"


def test_answer_after_check_is_refused_in_words(client, session):
    post(client, first(session), right=False)

    response = post(client, first(session), right=True, token="b" * 32)

    assert response.status_code == 409
    assert b"This question was checked before." in response.content
    assert b"Not right" in response.content
    assert first(session).points == 0
    assert Save.objects.count() == 1


def test_answer_after_the_end_is_refused_in_words(client, session):
    client.post(f"/practice/{session.pk}/")

    response = post(client, first(session))

    assert response.status_code == 409
    assert b"This session is finished." in response.content
    assert Save.objects.count() == 0
    assert not first(session).is_checked


def test_token_of_another_question_is_refused_in_words(client, session):
    post(client, first(session))

    response = post(client, session.positions.get(number=2))

    assert response.status_code == 409
    assert b"This form was sent for another question before." in response.content
    assert not session.positions.get(number=2).is_checked


@pytest.mark.parametrize("number", (0, 3, 99999999999999999999))
def test_place_that_is_not_there_is_not_found(client, session, number):
    assert client.get(address(session, number)).status_code == 404
    assert client.post(address(session, number), {"token": TOKEN}).status_code == 404


# Whose it is


def test_stranger_finds_nothing(session, sign_in):
    stranger = sign_in(Client(), SessionFactory().learner)

    for somebody in (Client(), stranger):
        for path in (address(session), f"/practice/{session.pk}/"):
            assert somebody.get(path).status_code == 404
            assert somebody.post(path, {"token": TOKEN}).status_code == 404
    session.refresh_from_db()
    assert session.is_open


def test_guest_without_a_key_owns_nothing(client):
    assert client.get(address(SessionFactory())).status_code == 404


def test_user_answers_their_own(client):
    user = UserFactory()
    session = SessionFactory(learner=Learner.objects.create(user=user))
    client.force_login(user)

    assert post(client, first(session)).status_code == 302
    assert first(session).is_checked


# What stays the same, and what stays hidden


def test_get_writes_nothing(client, session):
    with Statements() as asked:
        client.get(address(session))
        post(client, first(session))
    assert len(asked.writes) == 2

    with Statements() as asked:
        client.get(address(session))
        client.get(f"/practice/{session.pk}/")

    assert asked.writes == []


def test_page_holds_no_key_before_check(client, session):
    canary = "CANARY-7f3a"
    reason = {"kind": "hard", "trait": "payload_mb", "relation": "at-most", "unit": "MB"}
    reason |= dict.fromkeys(("text", "source", "url"), canary) | {"margin": "7", "allowed": "6"}
    version = first(session).version
    AnswerOption.objects.filter(version=version).update(
        feedback_picked=canary, feedback_left=canary
    )
    QuestionVersion.objects.filter(pk=version.pk).update(
        workload={"payload_mb": canary},
        certificate={"answer": canary},
        explanation={"options": {"option-1": [reason]}, "muddy": [{"text": canary}]},
        claim={"title": canary},
    )

    whole = client.get(address(session))
    part = client.get(
        address(session), headers={"HX-Request": "true", "HX-Target": "section#question"}
    )
    refused = client.post(address(session), {"token": TOKEN})

    for response in (whole, part, refused):
        assert canary not in response.content.decode()
        assert canary not in str(response.headers)


def test_page_before_check_is_the_same_whatever_is_right(client, session):
    version = first(session).version
    before = body(client.get(address(session)))

    version.options.update(is_correct=False)
    version.options.filter(position=3).update(is_correct=True)
    SHELF.clear()

    assert body(client.get(address(session))) == before


def scenario_session(sign_in, client):
    """A session through every scenario of the bank, each answered wrongly."""
    versions = list(QuestionVersion.objects.published().scenarios())
    session = SessionFactory(length=len(versions), positions=versions)
    sign_in(client, session.learner)
    for position in session.positions.all():
        post(client, position, right=False, token=f"token-of-answer-{position.number}")
    return session


def question_part(response):
    page = response.content.decode()
    return page[page.index('<section class="question"') : page.index("</section>")]


def test_review_stays_the_same_when_every_fact_has_changed(client, sign_in):
    session = scenario_session(sign_in, client)
    numbers = range(1, session.length + 1)
    before = [CHANGING.sub("", question_part(client.get(address(session, n)))) for n in numbers]

    for fact in Fact.objects.current():
        fact.value = fact.value * 2 if isinstance(fact.value, int) else fact.value
        fact.note, fact.place, fact.as_of = "Changed.", "elsewhere", "2030-01-01"
        fact.revision += 1
        fact.save()
    publish_edition(files_digest="changed")

    after = [CHANGING.sub("", question_part(client.get(address(session, n)))) for n in numbers]
    assert after == before
    assert "Changed." not in "".join(after)


def test_review_of_a_scenario_shows_every_reason_with_its_source(client, sign_in):
    session = scenario_session(sign_in, client)
    for position in session.positions.select_related("version"):
        page = question_part(client.get(address(session, position.number)))
        explained = position.version.explanation["options"]

        assert page.count("choice-verdict--") == 5
        assert page.count('class="reason ') == sum(map(len, explained.values()))
        assert page.count('class="source"') == sum(
            bool(each["source"]) for reasons in explained.values() for each in reasons
        )


def test_written_question_is_reviewed_with_its_claim(client, sign_in):
    version = VersionFactory(
        claim={
            "slug": "claim-1",
            "title": "One payload limit",
            "sources": [{"title": "The page", "url": "https://docs.aws.amazon.com/page"}],
            "place": "Quotas",
            "as_of": "2026-10-01",
        }
    )
    session = SessionFactory(length=1, positions=[version])
    sign_in(client, session.learner)
    post(client, first(session))

    page = client.get(address(session)).content.decode()

    assert '<a href="https://docs.aws.amazon.com/page">The page</a>' in page
    assert ">1 October 2026</time>" in page


def test_blank_question_of_a_finished_session_is_reviewed(client, session):
    client.post(f"/practice/{session.pk}/")

    page = client.get(address(session)).content.decode()

    assert "Left blank: the answer is “Text 1”" in page
    assert "Back to the result" in page


def test_hostile_words_of_an_author_do_nothing(client, sign_in):
    hostile = '<script>alert(1)</script><img src=x onerror="alert(1)"> [x](javascript:alert(1))'
    version = VersionFactory(stem=hostile)
    version.options.update(text=hostile[:300], feedback_picked=hostile, feedback_left=hostile)
    session = SessionFactory(length=1, positions=[version])
    sign_in(client, session.learner)

    before = client.get(address(session)).content.decode()
    post(client, first(session))
    after = client.get(address(session)).content.decode()

    for page in (before, after):
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


# What it is kept as


def test_positions_never_hold_points_without_a_check(session):
    from django.db import IntegrityError, transaction

    for wrong in ({"points": 1}, {"points": 2, "points_of": 1, "checked_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Position.objects.filter(session=session).update(**wrong)


def test_token_of_the_page_is_new_each_time(client, session):
    assert token(client.get(address(session))) != token(client.get(address(session)))

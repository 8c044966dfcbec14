"""An instructor makes a set, fills it, orders it, sets its rules and publishes it."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from quiz.bank.models import Question, QuestionVersion
from quiz.sets.actions import (
    Unready,
    add_questions,
    add_rule,
    problems,
    publish_set,
    save_rules,
)
from quiz.sets.forms import RulesForm
from quiz.sets.models import Member, QuizSet, SetEvent
from studyapp.guide.models import Profile
from studyapp.people.models import Learner
from tests.factories import (
    InstructorFactory,
    MemberFactory,
    PublishedSetFactory,
    SetFactory,
    UserFactory,
    VersionFactory,
)

TOKEN = "a-token-of-a-form-1"

pytestmark = pytest.mark.django_db


def numbers(quiz_set):
    """The questions of a set by their stems, in order."""
    items = quiz_set.items.order_by("position").select_related("question")
    return [item.question.versions.get(is_current=True).stem for item in items]


def post(client, quiz_set, page, **fields):
    return client.post(f"/sets/{quiz_set.pk}/{page}", fields)


# Who may


def test_a_guest_signs_in_first(client):
    response = client.get("/sets/")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/sets/"


def test_a_learner_is_told_how_to_become_an_instructor(client):
    client.force_login(UserFactory())

    response = client.get("/sets/")

    assert response.status_code == 403
    assert "Ask to teach" in response.text


@pytest.mark.parametrize(
    "part",
    ["", "rules/", "questions/", "preview/", "coverage/", "people/", "join/", "board/", "results/"],
)
def test_another_instructor_finds_nothing(client, part):
    client.force_login(InstructorFactory())

    assert client.get(f"/sets/{PublishedSetFactory().pk}/{part}").status_code == 404


@pytest.mark.parametrize(
    "part",
    ["", "rules/", "questions/", "preview/", "coverage/", "people/", "join/", "board/", "results/"],
)
def test_the_owner_sees_every_page_of_a_set(client, part):
    held = PublishedSetFactory()
    client.force_login(held.owner)

    response = client.get(f"/sets/{held.pk}/{part}")

    assert response.status_code == 200
    assert held.title in response.text


# Making and copying


def test_a_set_is_made_once_however_often_the_form_is_sent(client, instructor):
    fields = {"title": "Endpoints", "profile": Profile.objects.get(slug="aws").pk, "token": TOKEN}

    first, second = client.post("/sets/", fields), client.post("/sets/", fields)

    assert first["Location"] == second["Location"]
    assert [(each.title, each.profile.slug) for each in QuizSet.objects.all()] == [
        ("Endpoints", "aws")
    ]


def test_a_set_without_a_title_is_asked_for_one(client, instructor):
    response = client.post("/sets/", {"title": " ", "profile": 1, "token": TOKEN})

    assert response.status_code == 422
    assert not QuizSet.objects.exists()


def test_a_copy_has_the_questions_and_nobody_of_the_class(client):
    held = PublishedSetFactory(questions=3, closes_at=timezone.now() + timedelta(days=1))
    client.force_login(held.owner)

    post(client, held, "", do="copy", token=TOKEN)
    post(client, held, "", do="copy", token=TOKEN)

    copy = QuizSet.objects.exclude(pk=held.pk).get()
    assert (copy.status, copy.join_secret, copy.closes_at) == ("draft", None, None)
    assert numbers(copy) == numbers(held)


@pytest.mark.parametrize("token", [{}, {"token": ""}, {"token": "x"}])
def test_a_copy_without_a_readable_token_is_refused_in_words_and_hands_nothing_back(client, token):
    first, second = PublishedSetFactory(), PublishedSetFactory()
    client.force_login(first.owner)
    QuizSet.objects.filter(pk=second.pk).update(owner=first.owner)

    responses = [post(client, held, "", do="copy", **token) for held in (first, second)]

    assert [response.status_code for response in responses] == [422, 422]
    assert all("Please send it once more." in response.text for response in responses)
    assert QuizSet.objects.count() == 2


def test_the_token_of_one_copy_never_finds_that_of_another_set(client):
    first = PublishedSetFactory(title="First")
    second = PublishedSetFactory(title="Second", owner=first.owner)
    client.force_login(first.owner)

    for held in (first, second, first):
        post(client, held, "", do="copy", token=TOKEN)

    drafts = QuizSet.objects.filter(status="draft").order_by("pk")
    assert [each.title for each in drafts] == ["Copy of First", "Copy of Second"]


# Questions


def test_questions_are_picked_and_follow_at_the_end(client, draft, versions):
    post(client, draft, "questions/", do="add", id=[versions[0].pk, versions[1].pk])
    post(client, draft, "questions/", do="add", id=[versions[2].pk, versions[0].pk])

    assert numbers(draft) == ["Question number 1?", "Question number 2?", "Question number 3?"]


def test_an_item_moves_by_one_place_and_stays_at_the_ends(client, draft, versions):
    first, _, last = add_questions(quiz_set=draft, versions=versions)

    post(client, draft, "questions/", do=f"up-{first.pk}")
    post(client, draft, "questions/", do=f"up-{last.pk}")

    assert numbers(draft) == ["Question number 1?", "Question number 3?", "Question number 2?"]


def test_a_dragged_order_is_kept(client, draft, versions):
    one, two, three = add_questions(quiz_set=draft, versions=versions)

    post(client, draft, "questions/", do="order", id=[three.pk, one.pk, two.pk])

    assert numbers(draft) == ["Question number 3?", "Question number 1?", "Question number 2?"]


def test_an_item_of_another_set_is_neither_moved_nor_taken_out(client, draft, versions):
    other = SetFactory()
    (theirs,) = add_questions(quiz_set=other, versions=versions[:1])

    for do in (f"remove-{theirs.pk}", f"up-{theirs.pk}", f"down-{theirs.pk}"):
        post(client, draft, "questions/", do=do)
    post(client, draft, "questions/", do="order", id=[theirs.pk])

    assert numbers(other) == ["Question number 1?"]


def test_what_is_taken_out_can_be_picked_again(client, draft, versions):
    first, *_ = add_questions(quiz_set=draft, versions=versions)

    post(client, draft, "questions/", do=f"remove-{first.pk}")

    assert numbers(draft) == ["Question number 2?", "Question number 3?"]
    assert "Question number 1?" in client.get(f"/sets/{draft.pk}/questions/?q=number+1").text


def test_the_question_of_another_author_cannot_be_picked(client, draft):
    theirs = VersionFactory(
        question__status=Question.Status.OWN, question__author=InstructorFactory()
    )

    response = post(client, draft, "questions/", do="add", id=theirs.pk)

    assert response.status_code == 422
    assert not draft.items.exists()


def test_a_question_is_seen_whole_with_its_key_before_it_is_picked(client, draft, versions):
    page = f"/sets/{draft.pk}/questions/{versions[0].pk}/"

    before = client.get(page)
    post(client, draft, "questions/", do="add", id=versions[0].pk)
    after = client.get(page)

    assert [each.verdict for each in before.context["question"].options if each.verdict.is_right]
    assert "Add it to the set" in before.text
    assert "Add it to the set" not in after.text


def test_the_question_of_another_author_is_not_shown(client, draft):
    theirs = VersionFactory(
        question__status=Question.Status.OWN, question__author=InstructorFactory()
    )

    assert client.get(f"/sets/{draft.pk}/questions/{theirs.pk}/").status_code == 404


def test_ones_own_question_can_be_picked(client, draft, instructor):
    own = VersionFactory(question__status=Question.Status.OWN, question__author=instructor)

    post(client, draft, "questions/", do="add", id=own.pk)

    assert draft.items.get().question == own.question


@pytest.mark.parametrize("do", ["", "explode", "up-x", "remove-99999999999999999999"])
def test_nonsense_is_refused_in_words(client, draft, do):
    response = post(client, draft, "questions/", do=do)

    assert response.status_code == 422
    assert "Use one of the buttons" in response.text


def test_the_page_of_questions_asks_the_same_however_many_there_are(
    client, draft, django_assert_max_num_queries
):
    add_questions(quiz_set=draft, versions=[VersionFactory() for _ in range(30)])

    with django_assert_max_num_queries(14):
        client.get(f"/sets/{draft.pk}/questions/")


# Rules


def test_rules_are_saved_and_noted_once_the_set_is_published(client):
    held = PublishedSetFactory()
    client.force_login(held.owner)

    post(
        client,
        held,
        "rules/",
        title=held.title,
        feedback="end",
        scoring="practice",
        minutes=30,
        tries=2,
        is_shuffled="on",
    )

    held.refresh_from_db()
    assert (held.scoring, held.minutes, held.tries) == ("practice", 30, 2)
    assert SetEvent.objects.get().words == "Rules changed: Scoring, Time limit in minutes, Tries"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opens_at": "2026-12-02T10:00", "closes_at": "2026-12-01T10:00"}, "close after it opens"),
        ({"feedback": "window"}, "say when it closes"),
        ({"tries": 0}, "At least 1"),
        ({"minutes": 0}, "At least 1"),
    ],
)
def test_rules_that_contradict_each_other_are_refused_and_kept_on_the_page(
    client, draft, fields, words
):
    given = {"title": "Kept title", "feedback": "end", "scoring": "exam"} | fields

    response = post(client, draft, "rules/", **given)

    assert response.status_code == 422
    assert words in response.text
    assert "Kept title" in response.text


# Publishing


def test_an_empty_set_says_what_is_missing(client, draft):
    response = post(client, draft, "", do="publish")

    assert response.status_code == 422
    assert "It has no questions yet" in response.text


def test_publishing_pins_the_wording_and_opens_a_link_of_128_bits(client, draft, versions):
    add_questions(quiz_set=draft, versions=versions)

    post(client, draft, "", do="publish")

    draft.refresh_from_db()
    assert draft.status == "published"
    assert list(draft.items.values_list("version", flat=True)) == [each.pk for each in versions]
    assert len(draft.join_secret) * 6 >= 128
    assert len(draft.join_code) == 9


def test_a_rule_that_asks_for_more_than_there_is_stands_in_the_way(draft, instructor):
    add_rule(quiz_set=draft, count=500, objective=None, difficulty=None, kind="open")

    with pytest.raises(Unready, match="draws 500, but only"):
        publish_set(quiz_set=draft, by=instructor, now=timezone.now())


def test_a_retired_question_stands_in_the_way(draft, instructor, versions):
    add_questions(quiz_set=draft, versions=versions)
    Question.objects.filter(pk=versions[0].question_id).update(status="retired")

    (found,) = problems(draft, user=instructor, now=timezone.now())

    assert found.startswith("1 question is not published any more")


def test_an_archived_set_comes_back_as_it_was(client):
    held = PublishedSetFactory()
    client.force_login(held.owner)

    post(client, held, "", do="archive")
    assert "Take out of the archive" in client.get(f"/sets/{held.pk}/").text
    post(client, held, "", do="restore")

    held.refresh_from_db()
    assert held.status == "published"


def test_a_draft_is_put_away_and_comes_back_as_the_draft_it_was(client, draft):
    post(client, draft, "", do="archive")
    post(client, draft, "", do="archive")
    page = client.get("/sets/")
    assert [each.pk for each in page.context["archived"]] == [draft.pk]
    assert page.context["sets"] == []
    assert "was a draft" in page.text
    post(client, draft, "", do="restore")
    post(client, draft, "", do="restore")

    draft.refresh_from_db()
    assert draft.status == "draft"
    assert [each.pk for each in client.get("/sets/").context["sets"]] == [draft.pk]
    assert [str(each) for each in SetEvent.objects.all()] == [
        "Taken out of the archive",
        "Archived",
    ]


def test_a_draft_in_the_archive_pins_nothing_and_offers_no_pages_of_a_class(
    client, draft, versions
):
    post(client, draft, "", do="archive")

    post(client, draft, "questions/", do="add", id=versions[0].pk)

    assert draft.items.get().version is None
    assert f"/sets/{draft.pk}/people/" not in client.get(f"/sets/{draft.pk}/").text


def test_a_set_in_the_archive_is_not_published_from_a_page_that_is_older(client):
    held = PublishedSetFactory()
    client.force_login(held.owner)
    post(client, held, "", do="archive")

    response = post(client, held, "", do="publish")

    held.refresh_from_db()
    assert (response.status_code, held.status) == (422, "archived")
    assert "It is in the archive. Take it out first." in response.text


def test_rules_saved_from_an_older_page_leave_a_set_in_the_archive(client):
    held = PublishedSetFactory()
    client.force_login(held.owner)
    stale = QuizSet.objects.get(pk=held.pk)
    form = RulesForm({"title": "New", "feedback": "end", "scoring": "exam"}, instance=stale)
    assert form.is_valid()
    post(client, held, "", do="archive")

    save_rules(form=form, by=held.owner, now=timezone.now())

    held.refresh_from_db()
    assert (held.title, held.status) == ("New", "archived")


def test_publishing_twice_is_noted_once_and_says_how_many_wordings_are_newer(
    client, draft, versions
):
    add_questions(quiz_set=draft, versions=versions)

    post(client, draft, "", do="publish")
    post(client, draft, "", do="publish")
    newer = VersionFactory(question=versions[0].question, number=2, is_current=False)
    QuestionVersion.objects.filter(pk=versions[0].pk).update(is_current=False)
    QuestionVersion.objects.filter(pk=newer.pk).update(is_current=True)
    post(client, draft, "", do="publish")

    assert [str(each) for each in SetEvent.objects.all()] == [
        "Newest wordings taken over: 1",
        "Published",
    ]
    assert draft.items.first().version == newer


# Coverage


def test_one_click_fills_every_hole_and_another_takes_it_back(client, draft):
    response = post(client, draft, "coverage/", do="fill")
    added = [item.pk for item in response.context["added"]]

    assert response.context["missing"] == 0
    assert all(holes == 0 for _, _, holes in response.context["axes"])
    post(client, draft, "coverage/", do="undo", id=added)
    assert not draft.items.exists()


# Joining


def test_a_new_link_takes_the_old_one_away_at_once(client):
    held = PublishedSetFactory()
    client.force_login(held.owner)

    post(client, held, "join/", do="renew")

    old, fresh = held.join_secret, QuizSet.objects.get(pk=held.pk).join_secret
    assert client.get(f"/join/{old}/").status_code == 404
    assert client.get(f"/join/{fresh}/").status_code == 200


def test_a_link_opens_nothing_after_its_days(client):
    held = PublishedSetFactory()
    client.force_login(held.owner)
    post(client, held, "join/", do="renew")
    held.refresh_from_db()

    with time_machine.travel(held.join_until + timedelta(seconds=1)):
        client.force_login(held.owner)
        assert client.get(f"/join/{held.join_secret}/").status_code == 404
        assert "Make new ones" in client.get(f"/sets/{held.pk}/join/").text


def test_joining_can_be_closed_and_members_stay(client):
    held = MemberFactory().quiz_set
    client.force_login(held.owner)

    post(client, held, "join/", do="close")

    held.refresh_from_db()
    assert (held.join_secret, held.join_code) == (None, None)
    assert held.members.taking_part().count() == 1


# People


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"time_factor": "0.5"}, "A number from 1 to 10."),
        ({"time_factor": "11"}, "A number from 1 to 10."),
        ({"extra_tries": "1000"}, "At most 100 more tries."),
    ],
)
def test_a_grant_out_of_range_is_refused_in_words(client, fields, words):
    member = MemberFactory()
    client.force_login(member.quiz_set.owner)
    given = {"time_factor": "1", "extra_tries": "0"} | fields

    response = client.post(f"/sets/{member.quiz_set_id}/people/{member.pk}/", given)

    assert response.status_code == 422
    assert words in response.text


def test_a_grant_is_kept_and_noted(client):
    member = MemberFactory(name="Grace")
    client.force_login(member.quiz_set.owner)

    client.post(
        f"/sets/{member.quiz_set_id}/people/{member.pk}/",
        {"time_factor": "1.5", "extra_tries": "2"},
    )

    member.refresh_from_db()
    assert (member.time_factor, member.extra_tries) == (Decimal("1.5"), 2)
    assert str(SetEvent.objects.get()) == "Grace: 1.5 times the time, 2 more tries"


def test_somebody_is_taken_out_and_let_in_again(client):
    member = MemberFactory(name="Grace")
    client.force_login(member.quiz_set.owner)
    page = f"/sets/{member.quiz_set_id}/people/{member.pk}/"

    client.post(page, {"do": "remove"})
    assert not member.quiz_set.members.taking_part().exists()
    client.post(page, {"do": "restore"})

    assert member.quiz_set.members.taking_part().count() == 1
    assert [str(each) for each in SetEvent.objects.all()] == [
        "Grace: takes part again",
        "Grace: removed",
    ]


def test_a_member_of_another_set_cannot_be_changed(client):
    mine, theirs = MemberFactory(), MemberFactory()
    client.force_login(mine.quiz_set.owner)

    response = client.post(
        f"/sets/{mine.quiz_set_id}/people/{theirs.pk}/", {"time_factor": "2", "extra_tries": "0"}
    )

    assert response.status_code == 404


def test_a_roster_of_ten_thousand_is_paged_and_searched(client, django_assert_max_num_queries):
    held = PublishedSetFactory()
    client.force_login(held.owner)
    keys = Learner.objects.bulk_create(Learner(guest_key=f"key-{n}") for n in range(10_000))
    now = timezone.now()
    held.members.bulk_create(
        Member(quiz_set=held, learner=each, name=f"Name {n}", joined_at=now)
        for n, each in enumerate(keys)
    )

    with django_assert_max_num_queries(8):
        response = client.get(f"/sets/{held.pk}/people/?q=name+4711")

    assert [each.name for each in response.context["page"]] == ["Name 4711"]
    assert "Page 1 of 100" in client.get(f"/sets/{held.pk}/people/").text

"""A set asks a case study as a whole or in single parts: always together, in order, with its story."""

import pytest

from quiz.bank.models import QuestionVersion
from quiz.practice.tries import asked_in
from quiz.sets.actions import add_questions, add_rule, copy_set, move_item, order_items, publish_set
from quiz.sets.models import QuizSet
from studyapp.guide.models import Profile
from tests.factories import CaseFactory, SetFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory(title="The gates", story="A **lorry** comes.", parts=3)


@pytest.fixture
def parts(case):
    """Three parts whose names are not in the order of the parts."""
    return [
        VersionFactory(
            case=case, part=part, stem=f"Part {part}?", question__slug=f"gates-{4 - part}"
        )
        for part in (1, 2, 3)
    ]


def stems(quiz_set):
    items = quiz_set.items.select_related("question")
    return [item.question.versions.get(is_current=True).stem for item in items]


def questions(client, quiz_set, **fields):
    return client.post(f"/sets/{quiz_set.pk}/questions/", fields)


def positions(quiz_set):
    return list(quiz_set.items.values_list("position", flat=True))


# Picking


def test_the_whole_case_is_one_pick_and_comes_in_its_order(client, draft, case, parts):
    page = client.get(f"/sets/{draft.pk}/questions/?q=part")

    questions(client, draft, do="add", case=case.pk)

    assert "the whole case: 3 parts" in page.text
    assert stems(draft) == ["Part 1?", "Part 2?", "Part 3?"]
    shown = client.get(f"/sets/{draft.pk}/questions/")
    assert [len(unit.entries) for unit in shown.context["units"]] == [3]
    assert "the whole case: 3 parts" in shown.text


def test_a_part_can_be_picked_alone_and_the_rest_joins_it(client, draft, case, parts, versions):
    questions(client, draft, do="add", id=parts[1].pk)
    questions(client, draft, do="add", id=versions[0].pk)
    page = client.get(f"/sets/{draft.pk}/questions/")
    assert "part 2 of the case study The gates, asked with its story" in page.text
    page = client.get(f"/sets/{draft.pk}/questions/?q=part")
    assert "the rest of the case: 2 of 3 parts" in page.text

    questions(client, draft, do="add", case=case.pk)

    assert stems(draft) == ["Part 1?", "Part 2?", "Part 3?", "Question number 1?"]
    assert positions(draft) == [1, 2, 3, 4]


def test_one_part_that_is_left_is_offered_as_a_part(client, draft, parts):
    add_questions(quiz_set=draft, versions=parts[:2])

    (pick,) = client.get(f"/sets/{draft.pk}/questions/?q=part+3").context["picks"]

    assert (pick.case, pick.versions) == (None, (parts[2],))


def test_a_case_is_found_by_one_of_its_parts_and_taken_whole(client, draft, case, parts):
    (pick,) = client.get(f"/sets/{draft.pk}/questions/?q=part+2").context["picks"]
    assert (pick.case, pick.versions, pick.left) == (case, (parts[1],), 3)

    questions(client, draft, do="add", case=case.pk)

    assert stems(draft) == ["Part 1?", "Part 2?", "Part 3?"]


def test_the_case_of_facts_that_the_set_does_not_ask_cannot_be_picked(
    client, instructor, case, parts
):
    other = SetFactory(owner=instructor, profile=Profile.objects.get(slug="aws"))

    assert questions(client, other, do="add", case=case.pk).status_code == 422
    assert not other.items.exists()


# Ordering


def test_a_case_moves_as_one_and_others_move_past_it_whole(client, draft, case, parts, versions):
    add_questions(quiz_set=draft, versions=[versions[0], *parts, versions[1]])
    second = draft.items.get(question=parts[1].question)
    last = draft.items.get(question=versions[1].question)

    questions(client, draft, do=f"up-{second.pk}")
    assert stems(draft) == [
        "Part 1?",
        "Part 2?",
        "Part 3?",
        "Question number 1?",
        "Question number 2?",
    ]
    move_item(quiz_set=draft, item=last.pk, by=-1)
    move_item(quiz_set=draft, item=last.pk, by=-1)

    assert stems(draft) == [
        "Question number 2?",
        "Part 1?",
        "Part 2?",
        "Part 3?",
        "Question number 1?",
    ]
    assert positions(draft) == [1, 2, 3, 4, 5]


def test_an_order_that_tears_a_case_apart_is_put_together_again(draft, parts, versions):
    one, two, three, other = add_questions(quiz_set=draft, versions=[*parts, versions[0]])

    order_items(quiz_set=draft, ids=[three.pk, other.pk, one.pk, two.pk])

    assert stems(draft) == ["Part 1?", "Part 2?", "Part 3?", "Question number 1?"]


def test_a_case_is_taken_out_as_one_and_a_part_alone(client, draft, case, parts, versions):
    items = add_questions(quiz_set=draft, versions=[*parts, versions[0]])

    questions(client, draft, do=f"remove-{items[0].pk}")
    assert stems(draft) == ["Part 2?", "Part 3?", "Question number 1?"]
    questions(client, draft, do=f"out-{items[2].pk}")

    assert stems(draft) == ["Question number 1?"]


# Seeing, taking, copying, covering


def test_the_preview_tells_the_story_with_every_part_and_opens_it_once(
    client, draft, parts, django_assert_max_num_queries
):
    add_questions(quiz_set=draft, versions=parts)

    with django_assert_max_num_queries(12):
        page = client.get(f"/sets/{draft.pk}/preview/").text

    assert page.count("A <strong>lorry</strong> comes.") == 3
    assert page.count('<details class="story" open>') == 1
    assert "part 1 of 3" in page


def test_a_part_that_is_asked_alone_comes_with_its_story(client, draft, instructor, parts):
    add_questions(quiz_set=draft, versions=[parts[1]])
    publish_set(quiz_set=draft, by=instructor, now=draft.created_at)
    draft.refresh_from_db()
    token = client.get(f"/join/{draft.join_secret}/").context["token"]
    client.post(f"/join/{draft.join_secret}/", {"token": token})
    token = client.get(f"/practice/set/{draft.pk}/").context["token"]

    page = client.post(f"/practice/set/{draft.pk}/", {"token": token}, follow=True)

    assert "Case study: The gates" in page.text
    assert "A <strong>lorry</strong> comes." in page.text


@pytest.mark.parametrize("is_shuffled", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_every_try_asks_the_parts_together_and_in_order(
    draft, instructor, parts, versions, is_shuffled, seed
):
    items = add_questions(quiz_set=draft, versions=[versions[0], *parts, *versions[1:]])
    add_rule(quiz_set=draft, count=2, objective=None, difficulty=None, kind="open")
    publish_set(quiz_set=draft, by=instructor, now=draft.created_at)
    # As a set stands that was filled before parts were kept together.
    draft.items.filter(pk=items[1].pk).update(position=90)
    draft.refresh_from_db()
    draft.is_shuffled = is_shuffled

    asked = [each.pk for each in asked_in(draft, seed=seed)]

    place = asked.index(parts[0].pk)
    assert asked[place : place + 3] == [each.pk for each in parts]
    assert len(asked) == 8


def test_a_copy_has_the_whole_case(client, draft, instructor, parts, versions):
    add_questions(quiz_set=draft, versions=[versions[0], *parts])

    copy = copy_set(quiz_set=draft, owner=instructor, token="token-of-a-copied-set")

    assert stems(copy) == ["Question number 1?", "Part 1?", "Part 2?", "Part 3?"]


def test_filling_the_holes_takes_cases_whole(client, draft):
    """The bank of the tests has cases; what a part alone would cover brings its whole case."""
    client.post(f"/sets/{draft.pk}/coverage/", {"do": "fill"})

    asked = QuizSet.objects.get(pk=draft.pk).items.values_list("question", flat=True)
    taken = QuestionVersion.objects.filter(is_current=True, question__in=asked).exclude(case=None)
    of_each = {}
    for version in taken.select_related("case"):
        of_each.setdefault(version.case, set()).add(version.part)
    assert all(len(parts) == case.parts for case, parts in of_each.items())


def test_the_overview_lists_the_case_once_with_the_numbers_of_its_parts(
    client, draft, parts, versions
):
    add_questions(quiz_set=draft, versions=[versions[0], *parts])

    page = client.get(f"/sets/{draft.pk}/")

    assert [unit.case and len(unit.entries) for unit in page.context["units"]] == [None, 3]
    assert page.text.count("Case study: The gates") == 1
    assert '<li value="4">' in page.text

"""What the bank asks about: no objective, fact or claim is left out, and the exams can be filled."""

from collections import Counter, defaultdict
from fractions import Fraction

import pytest

from quiz.bank.models import QuestionVersion
from quiz.practice.exam import draw_exam, exam_forms, pool_of_exam
from studyapp.guide import knowledge
from studyapp.guide.models import Claim, Fact, Objective

from .written import every_row, written_by_hand

PROFILES = ("guide", "aws")
# The rows of the guide's comparison table.
ROWS = ("payload_mb", "processing_s", "idle_cost", "billing", "best_for")
TO_SPARE = 10


def published(profile):
    return QuestionVersion.objects.published().filter(profile__slug=profile)


@pytest.mark.django_db
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("slug", ("mla-c01", "mla-c01-2024", "mla-c02"))
def test_every_form_of_the_exam_is_filled_with_questions_to_spare(slug, profile):
    form, profile = exam_forms().get(slug=slug), knowledge.current().profiles[profile]
    wanted = form.number("questions")

    first, unscored = draw_exam(form, profile, set(), seed=1)
    second, _ = draw_exam(form, profile, set(first), seed=1)

    assert (len(first), len(unscored)) == (wanted, form.number("unscored"))
    assert len(second) == wanted
    assert pool_of_exam(form, profile).count() >= wanted + TO_SPARE
    assert len(set(second) - set(first)) >= TO_SPARE


@pytest.mark.django_db
@pytest.mark.parametrize("profile", PROFILES)
def test_every_objective_is_asked_in_several_kinds(profile):
    kinds = defaultdict(set)
    for slug, kind in published(profile).values_list("question__objective__slug", "kind"):
        kinds[slug].add(kind)

    assert set(kinds) == set(Objective.objects.values_list("slug", flat=True))
    assert min(len(each) for each in kinds.values()) >= 4


def facts_asked():
    """For each fact, the kinds of the questions written by hand that rest on it, one by one."""
    asked = defaultdict(list)
    for row, _ in written_by_hand():
        facts = set(row.get("facts", ()))
        if row["kind"] == "number":
            facts |= {row["answer"]["fact"]} if "fact" in row["answer"] else set()
        for fact in facts:
            asked[fact].append(row["kind"])
    return asked


@pytest.mark.django_db
@pytest.mark.parametrize("profile", PROFILES)
def test_every_fact_of_the_comparison_table_is_asked_twice_in_different_kinds(profile):
    # What holds only under a condition is a detail of another row.
    table = [
        fact.slug
        for fact in Fact.objects.current().filter(
            profile__slug=profile, trait__slug__in=ROWS, subject__table="options"
        )
        if not fact.when
    ]
    asked = facts_asked()

    assert len(table) >= 4 * len(ROWS)
    assert {slug: asked[slug] for slug in table if len(set(asked[slug])) < 2} == {}


@pytest.mark.django_db
def test_no_claim_is_asked_many_times_while_another_is_never_asked():
    asked = Counter(row.get("claim") for row, _ in written_by_hand())

    assert set(Claim.objects.values_list("slug", flat=True)) - set(asked) == set()


@pytest.mark.parametrize("profile", PROFILES)
def test_scenarios_have_every_answer_and_none_too_often(profile):
    answers = Counter(
        row["answer"] for row, _ in every_row() if "workload" in row and row["profile"] == profile
    )

    assert set(answers) == {
        "real-time",
        "serverless",
        "asynchronous",
        "batch-transform",
        "none",
    }
    assert max(answers.values()) <= Fraction(2, 5) * sum(answers.values())
    assert min(answers.values()) >= 4


@pytest.mark.parametrize("profile", PROFILES)
def test_every_difficulty_is_there(profile):
    levels = Counter(row["difficulty"] for row, _ in every_row() if row["profile"] == profile)

    assert set(levels) == {1, 2, 3}
    assert min(levels.values()) >= Fraction(1, 10) * sum(levels.values())
    assert max(levels.values()) <= Fraction(3, 5) * sum(levels.values())

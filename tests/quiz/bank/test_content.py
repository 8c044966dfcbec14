"""The bank that comes with the site: how much there is, of which kinds, and what it rests on."""

import re
from collections import Counter

import pytest

from quiz.bank.models import CaseStudy, QuestionVersion
from quiz.engine.kinds import KINDS
from studyapp.guide.models import Objective

from .written import written_by_hand


def published():
    return QuestionVersion.objects.published()


@pytest.mark.django_db
def test_there_are_enough_questions():
    assert published().count() >= 120
    choices = published().filter(kind__in=("single-choice", "multiple-response"))
    assert choices.count() >= 80


@pytest.mark.django_db
@pytest.mark.parametrize("profile", ("guide", "aws"))
def test_every_kind_and_objective_is_asked_by_both_profiles(profile):
    mine = published().filter(profile__slug=profile)
    kinds = Counter(mine.values_list("kind", flat=True))
    objectives = Counter(mine.values_list("question__objective__slug", flat=True))

    assert set(kinds) == {kind.slug for kind in KINDS}
    assert set(objectives) == set(Objective.objects.values_list("slug", flat=True))
    assert min(objectives.values()) >= 5


@pytest.mark.django_db
def test_there_are_case_studies_with_all_their_parts():
    cases = CaseStudy.objects.prefetch_related("versions")

    assert len(cases) >= 4
    for case in cases:
        assert [each.part for each in case.versions.order_by("part")] == [*range(1, case.parts + 1)]


@pytest.mark.django_db
def test_every_question_is_proved_or_names_a_claim_with_sources():
    for version in published():
        assert version.certificate or version.claim["sources"], version


@pytest.mark.django_db
def test_no_reference_is_left_in_a_published_text():
    for version in published().prefetch_related("options").select_related("case"):
        texts = [version.stem, version.feedback_right, version.feedback_wrong, version.model_answer]
        texts += [version.case.story] if version.case else []
        for option in version.options.all():
            texts += [option.text, option.match, option.feedback_picked, option.feedback_left]

        assert "[[" not in " ".join(texts), version


# Numbers have one home: a limit stands in a text as a reference to its fact or figure. What a story
# tells (a stem, a case, a prompt) and what a wrong option makes up is no limit, and may be said again.


REFERENCE = re.compile(r"\[\[[^\]]*\]\]")
AMOUNT = re.compile(
    r"(?<![\w.])(\d[\d.,]*)\s?(?:KB|MB|GB|TB|ms|s|min|h|seconds?|minutes?|hours?|days?|MiB|GiB)\b"
)


def written(row, story=""):
    """What is told or made up in one question, and what is stated as true, as two texts."""
    told, stated = [story, row["stem"]], []
    for option in row.get("options", ()):
        (stated if option.get("correct") else told).append(option["text"])
        stated.append(option.get("match", ""))
        stated += option["feedback"].values()
    told += row.get("spare", ())
    if isinstance(row.get("answer"), dict) and "amount" in row["answer"]:
        told.append(f"{row['answer']['amount']} {row['answer']['unit']}")
    stated += row.get("feedback", {}).values()
    stated += [row.get("model_answer", ""), *row.get("checklist", ())]
    return " ".join(told), " ".join(stated)


# What these state is reckoned from the numbers of their own stem, or is a workload that they tell.
RECKONED = {
    "batch-payload-times-concurrency",
    "guide-five-calls-for-serverless",
    "six-requests-for-serverless",
}


def test_no_limit_is_typed_by_hand():
    stray = {}
    for row, story in written_by_hand():
        told, stated = (REFERENCE.sub("", text) for text in written(row, story))
        known = {number.rstrip(".,") for number in re.findall(r"\d[\d.,]*", told)}
        found = [
            match[0] for match in AMOUNT.finditer(stated) if match[1].rstrip(".,") not in known
        ]
        if found and row["slug"] not in RECKONED:
            stray[row["slug"]] = found

    assert stray == {}

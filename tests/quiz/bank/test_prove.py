import io

import pytest
from django.core.management import CommandError, call_command

from quiz.bank.models import AnswerOption, QuestionVersion
from studyapp.guide.actions import publish_edition
from studyapp.guide.models import Claim, Fact

pytestmark = pytest.mark.django_db


def prove(**options):
    out = io.StringIO()
    call_command("prove", stdout=out, **options)
    return out.getvalue().splitlines()


def scenarios():
    return QuestionVersion.objects.published().scenarios()


def test_every_scenario_of_the_bank_holds():
    lines = prove()

    total = scenarios().count()
    assert total >= 20
    assert lines[0] == f"Proving {total} scenario questions ..."
    assert f"  {total} of {total} hold" in lines


def test_every_question_written_by_hand_holds():
    lines = prove()

    total = written().count()
    assert total >= 100
    assert f"Looking over {total} questions written by hand ..." in lines
    assert lines[-1] == f"  {total} of {total} hold"


def written():
    return QuestionVersion.objects.published().filter(workload__isnull=True)


@pytest.mark.parametrize("profile", ("guide", "aws"))
def test_one_profile_alone(profile):
    total = scenarios().filter(profile__slug=profile).count()

    assert prove(profile=profile)[0] == f"Proving {total} scenario questions ..."


def test_unknown_profile_ends_with_two():
    with pytest.raises(CommandError, match=r"profile: 'azure' is none of guide, aws") as refused:
        prove(profile="azure")

    assert refused.value.returncode == 2


def first():
    return scenarios().order_by("question__slug").first()


def fails(match):
    with pytest.raises(CommandError, match=match) as failed:
        prove()

    assert failed.value.returncode == 1


def test_changed_fact_is_named():
    version = first()
    slug = version.certificate["facts"][0]["fact"]
    fact = Fact.objects.current().get(slug=slug)
    Fact.objects.filter(pk=fact.pk).update(note="Said anew.")
    publish_edition(files_digest="changed")

    fails(rf"{version} does not hold: its certificate rests on facts that changed: {slug}")


def test_wrong_key_is_named():
    version = first()
    right = version.certificate["answer"]
    AnswerOption.objects.filter(version=version).update(is_correct=False)
    wrong = version.options.exclude(key=right).first()
    AnswerOption.objects.filter(pk=wrong.pk).update(is_correct=True)

    fails(f"{version} does not hold: its key is {wrong.key}, but {right} is proved")


def test_changed_certificate_is_named():
    version = first()
    QuestionVersion.objects.filter(pk=version.pk).update(
        certificate=version.certificate | {"basis": "hearsay"}
    )

    fails(f"{version} does not hold: its certificate differs from the proof in basis")


@pytest.mark.parametrize(
    ("workload", "reason"),
    (
        ({"payload_mb": "1"}, "it cannot be proved any more: More than one option stands"),
        ({"colour": "red"}, "it cannot be proved any more: 'colour': there is no such trait"),
    ),
)
def test_workload_that_cannot_be_proved_is_named(workload, reason):
    version = first()
    QuestionVersion.objects.filter(pk=version.pk).update(workload=workload)

    fails(f"{version} does not hold: {reason}")


def test_retired_question_is_not_asked():
    version = first()
    QuestionVersion.objects.filter(pk=version.pk).update(workload={"payload_mb": "1"})
    version.question.status = "retired"
    version.question.save()

    assert prove()[-1].endswith("hold")


# What is written by hand


def by_hand():
    return written().get(question__slug="number-serverless-payload-by-aws")


def test_fact_that_got_a_new_revision_marks_what_rests_on_it():
    Fact.objects.filter(slug="aws-serverless-payload").update(is_current=False)

    fails("v1 does not hold: it rests on facts that changed: aws-serverless-payload")


def test_claim_that_changed_is_named():
    Claim.objects.filter(slug=by_hand().claim["slug"]).update(verdict="agree")

    fails(f"v1 does not hold: its claim changed: {by_hand().claim['slug']}")


def test_question_that_may_not_be_published_any_more_is_named():
    QuestionVersion.objects.filter(pk=by_hand().pk).update(feedback_wrong="")

    fails(f"{by_hand()} does not hold: the question has no feedback if wrong")

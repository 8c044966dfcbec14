"""What questions rest on, in the words of the guide and with the address where it tells it."""

import pytest

from quiz.bank.grounds import grounds_of
from quiz.bank.models import QuestionVersion
from studyapp.guide import knowledge
from studyapp.guide.models import Fact, Profile
from studyapp.guide.places import place_of
from tests.factories import VersionFactory

pytestmark = pytest.mark.django_db


def fact(slug):
    return Fact.objects.current().get(slug=slug)


def grounds(*versions):
    found = grounds_of([each.pk for each in versions], knowledge.current().profiles["aws"].traits)
    return [[(each.words, each.address) for each in found[version.pk]] for version in versions]


def proved(hard=(), soft=(), box_row=None):
    """A scenario question whose options these facts ruled out."""
    said = [{"kind": "hard", "fact": slug, "revision": number} for slug, number in hard]
    said += [{"kind": "soft", "fact": slug, "revision": 1} for slug in soft]
    return VersionFactory(
        workload={"payload_mb": "50"},
        certificate={"box_row": box_row},
        explanation={"options": {"serverless": said}},
    )


def test_a_written_question_rests_on_its_facts():
    version = VersionFactory(claim={"slug": "claim-02-serverless-payload", "title": "Payload"})
    version.facts.add(fact("guide-serverless-payload"), fact("aws-inference-pipeline-chain-max"))

    assert grounds(version) == [
        [
            (
                "Inference pipeline, containers in sequence: at most 15",
                "/guide/hosting/?profile=aws#chain",
            ),
            (
                "Serverless inference, payload: at most 6 MB",
                "/guide/compare/?profile=guide#payload_mb",
            ),
        ]
    ]


def test_a_written_question_without_facts_rests_on_its_claim():
    version = VersionFactory(claim={"slug": "claim-37-asynchronous-idle", "title": "To zero"})

    assert grounds(version, VersionFactory()) == [[("To zero", "/guide/claims/#claim-37")], []]


def test_a_scenario_rests_on_the_facts_that_ruled_options_out_each_once():
    version = proved(
        hard=[
            ("aws-serverless-payload", 1),
            ("aws-serverless-gpu", 1),
            ("aws-serverless-payload", 1),
        ],
        soft=["aws-real-time-payload-sdk"],
    )

    assert [words for words, _ in grounds(version)[0]] == [
        fact_words("aws-serverless-payload"),
        "Serverless inference, GPU: no",
    ]


def fact_words(slug):
    return f"Serverless inference, payload: at most {knowledge.current().facts[slug]}"


def test_a_scenario_that_the_box_decided_rests_on_its_row():
    version = proved(box_row={"slug": "intermittent", "requirement": "Calls come in bursts"})

    assert grounds(version) == [[("Concept box: Calls come in bursts", "/guide/concept-box/")]]


def test_a_fact_is_told_as_it_was_when_the_question_was_made():
    version = proved(hard=[("guide-serverless-payload", 1)])
    old = fact("guide-serverless-payload")
    Fact.objects.filter(pk=old.pk).update(is_current=False)
    old.pk, old.revision, old.value = None, 2, 8
    old.save()

    assert grounds(version)[0][0][0] == "Serverless inference, payload: at most 6 MB"


def test_a_fact_with_a_condition_tells_it():
    slugs = Fact.objects.current().exclude(unless=[]).values_list("slug", flat=True)
    version = proved(hard=[(slugs[0], 1)])

    assert ", unless " in grounds(version)[0][0][0]


@pytest.mark.parametrize(
    ("slug", "address"),
    (
        ("guide-asynchronous-billing", "/guide/compare/?profile=guide#billing"),
        ("aws-serverless-gpu", "/guide/capabilities/#gpu"),
        ("aws-multi-model-isolation", "/guide/hosting/?profile=aws#isolation"),
    ),
)
def test_a_fact_leads_to_its_row_in_the_guide(client, slug, address):
    assert place_of(fact(slug)) == address
    path, anchor = address.split("#")
    assert f'id="{anchor}"' in client.get(path).text


def test_every_fact_leads_to_a_place_that_exists(client):
    facts = Fact.objects.current().select_related("subject", "trait", "profile", "source")
    places = {place_of(each) for each in facts}
    pages = {path: client.get(path).text for path in {each.split("#")[0] for each in places}}

    assert [p for p in places if f'id="{p.split("#")[1]}"' not in pages[p.split("#")[0]]] == []


def test_every_published_question_rests_on_something_that_can_be_read_up(client):
    versions = list(QuestionVersion.objects.published().values_list("pk", flat=True))
    traits = knowledge.current().profiles["guide"].traits
    found = grounds_of(versions, traits)
    claims = client.get("/guide/claims/").text
    told = {each.address for grounds in found.values() for each in grounds}

    assert [pk for pk in versions if not found[pk]] == []
    assert [a for a in told if "/claims/" in a and f'id="{a.split("#")[1]}"' not in claims] == []


@pytest.mark.parametrize("count", (1, 12))
def test_statements_do_not_grow_with_the_number_of_questions(django_assert_num_queries, count):
    versions = [proved(hard=[("aws-serverless-gpu", 1)]).pk for _ in range(count)]
    traits = knowledge.current().profiles["guide"].traits

    with django_assert_num_queries(2):
        grounds_of(versions, traits)


def test_a_guide_fact_that_no_table_shows_leads_to_its_source():
    row = fact("guide-serverless-cold-start")

    assert Profile.objects.get(pk=row.profile_id).slug == "guide"
    assert place_of(row) == f"/guide/sources/#{row.source.slug}"

import re
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

from studyapp.guide import knowledge
from studyapp.guide.evidence import weigh_sources
from studyapp.guide.models import Claim, Source


def source(slug):
    return SimpleNamespace(slug=slug, publisher="Somebody")


def fact(slug, as_of=None, review_by=None):
    return {"slug": "a-fact", "source_slug": slug, "as_of": as_of, "review_by": review_by}


def weigh(*facts, today=date(2026, 11, 22), texts=()):
    return weigh_sources(
        [source("one"), source("two")],
        document={"facts": facts, "figures": [], "box": []},
        claims=[],
        texts=texts,
        fact_words=lambda row: row["slug"],
        today=today,
    )


def test_source_on_which_nothing_rests_is_left_out():
    assert [each.source.slug for each in weigh(fact("two"))] == ["two"]


def test_source_counts_what_cites_it():
    found = weigh(fact("one"), fact("one"), texts=[("one", None, None)])

    assert (found[0].facts, found[0].texts) == (["a-fact", "a-fact"], 1)


def test_source_takes_its_oldest_date_and_its_nearest_review():
    found = weigh(
        fact("one", "2026-10-01", "2027-04-01"),
        fact("one", "2026-05-01", "2026-12-01"),
        fact("one"),
    )

    assert (found[0].as_of, found[0].review_by) == (date(2026, 5, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("today", "is_overdue"),
    (
        (date(2027, 3, 31), False),
        (date(2027, 4, 1), False),
        (date(2027, 4, 2), True),
    ),
)
def test_source_is_overdue_from_the_day_after_its_review(today, is_overdue):
    found = weigh(fact("one", "2026-10-01", "2027-04-01"), today=today)

    assert found[0].is_overdue is is_overdue


def test_source_without_a_date_is_never_overdue():
    assert weigh(fact("one"), today=date(2100, 1, 1))[0].is_overdue is False


@pytest.mark.django_db
def test_page_marks_what_is_overdue_today(client):
    with time_machine.travel("2026-10-02"):
        before = client.get("/guide/sources/").text.count('class="overdue"')
    with time_machine.travel("2027-06-01"):
        after = client.get("/guide/sources/").text.count('class="overdue"')

    assert before < after


@pytest.mark.django_db
def test_every_source_is_on_the_page_with_its_link(client):
    page = client.get("/guide/sources/").text

    for each in Source.objects.exclude(slug="this-app"):
        assert f'id="{each.slug}"' in page
        assert each.url in page
    assert '<a href="/guide/claims/#claim-01">' in page
    assert "Serverless inference, payload: 4 MB" in page


# Claims


def numbers(page):
    return [int(number) for number in re.findall(r'id="claim-(\d+)"', page.text)]


@pytest.mark.django_db
def test_all_claims_are_shown_with_both_voices(client):
    page = client.get("/guide/claims/")

    assert sorted(numbers(page)) == list(range(1, 46))
    assert page.text.count("<dt>The guide</dt>") == page.text.count("<dt>AWS</dt>") == 45


@pytest.mark.django_db
@pytest.mark.parametrize("verdict", Claim.Verdict.values)
def test_claims_are_chosen_by_verdict(client, verdict):
    page = client.get(f"/guide/claims/?verdict={verdict}")
    wanted = Claim.objects.filter(verdict=verdict).values_list("number", flat=True)

    assert sorted(numbers(page)) == sorted(wanted)
    assert f'value="{verdict}" checked' in page.text


@pytest.mark.django_db
def test_unknown_verdict_is_named_and_all_claims_shown(client):
    page = client.get("/guide/claims/?verdict=maybe")

    assert "There is no verdict “maybe”." in page.text
    assert len(numbers(page)) == 45


# The exam and the checkpoints


@pytest.mark.django_db
def test_exam_page_says_which_exam_it_is_now(client):
    page = client.get("/guide/exam/").text

    assert "In English, " in page
    assert "28 September 2026" in page
    assert "29 September 2026" in page
    row = page[page.index('id="exam-mla-c02-general-availability"') :].split("</tr>")[0]
    assert "unverified" in row


@pytest.mark.django_db
def test_first_checkpoint_names_the_guide_and_the_dispute(client):
    page = client.get("/guide/checkpoints/").text
    first = page[page.index('id="real-time-payload"') : page.index('id="scale-to-zero"')]

    assert "According to the guide" in first
    for limit in ("6 MB", "25 MB"):
        assert limit in first
    assert "disputed" in first


@pytest.mark.django_db
def test_muddy_points_are_those_of_the_guide_and_those_found(client):
    slugs = re.findall(r'id="([MG]\d+)"', client.get("/guide/muddy-points/").text)

    assert slugs == ["G1", "G2", "G3", *(f"M{number}" for number in range(1, 19))]


@pytest.mark.django_db
def test_capabilities_speak_by_aws_whatever_the_profile(client):
    page = client.get("/guide/capabilities/?profile=guide").text

    assert "Facts on this page: <strong>AWS documentation today</strong>" in page
    assert "at most 6 GB" in page
    assert page.count("unverified</span>") >= 7


@pytest.mark.django_db
def test_no_fact_names_its_source_twice():
    twice = [
        row["slug"]
        for row in knowledge.current().document["facts"]
        if row["source"].split(", ")[0] in row["source"].split(", ")[1:]
    ]

    assert twice == []

import re

import pytest

from studyapp.guide import knowledge
from studyapp.guide.models import Source
from studyapp.guide.statement import Tables
from studyapp.guide.views.tables import COMPARED

pytestmark = pytest.mark.django_db


def columns(page):
    head = re.search(r"<thead>(.+?)</thead>", page.text, re.DOTALL)[1]
    return re.findall(r'mark--([\w-]+)"', head)


def table(profile):
    held = knowledge.current()
    sources = Source.objects.in_bulk(field_name="slug")
    rows = Tables(held, held.profiles[profile], sources).table(
        "options", COMPARED, plain=("payload_mb", "processing_s")
    )
    return {(row.key, cell.subject.slug): cell for row in rows for cell in row.cells}


def said(voice):
    return [(each.words, each.condition) for each in voice.statements]


def test_all_options_are_shown_until_some_are_chosen(client):
    page = client.get("/guide/compare/")

    assert columns(page) == ["real-time", "serverless", "asynchronous", "batch-transform"]


def test_chosen_options_are_shown_in_their_own_order(client):
    page = client.get("/guide/compare/?option=batch-transform&option=real-time")

    assert columns(page) == ["real-time", "batch-transform"]
    assert re.findall(r'value="([\w-]+)" checked', page.text) == ["real-time", "batch-transform"]


def test_unknown_option_is_named_and_the_rest_shown(client):
    page = client.get("/guide/compare/?option=teleport")

    assert "There is no such option: teleport." in page.text
    assert len(columns(page)) == 4


def test_htmx_gets_the_table_alone(client):
    whole = client.get("/guide/compare/")
    part = client.get(
        "/guide/compare/?option=serverless",
        headers={"HX-Request": "true", "HX-Target": "div#comparison"},
    )

    assert "<title>" in whole.text
    assert "<title>" not in part.text
    assert columns(part) == ["serverless"]
    assert 'value="/guide/compare/?option=serverless" id="profile-next"' in part.text
    assert {"HX-Request", "HX-Target"} <= {each.strip() for each in part["Vary"].split(",")}


@pytest.mark.parametrize(
    ("profile", "key", "option", "words"),
    (
        ("guide", "payload_mb", "real-time", [("6 MB", "")]),
        ("guide", "payload_mb", "serverless", [("6 MB", "")]),
        ("guide", "payload_mb", "asynchronous", [("1 GB", "")]),
        ("guide", "payload_mb", "batch-transform", [("unlimited, in Amazon S3", "")]),
        ("guide", "processing_s", "asynchronous", [("1 h", "")]),
        ("guide", "idle_cost", "real-time", [("no", "")]),
        ("guide", "idle_cost", "asynchronous", [("yes, where configured", "")]),
        ("aws", "payload_mb", "real-time", [("25 MB", ""), ("disputed: 6 MB", "")]),
        ("aws", "payload_mb", "serverless", [("4 MB", "")]),
    ),
)
def test_cell_says_what_the_profile_says(profile, key, option, words):
    assert said(table(profile)[key, option].own) == words


@pytest.mark.parametrize(
    ("key", "option", "contrast"),
    (
        ("payload_mb", "real-time", "differs"),
        ("payload_mb", "serverless", "differs"),
        ("payload_mb", "asynchronous", ""),
        ("payload_mb", "batch-transform", "differs"),
        ("processing_s", "real-time", "differs"),
        ("processing_s", "serverless", ""),
        ("processing_s", "asynchronous", ""),
        ("idle_cost", "real-time", "differs"),
        ("idle_cost", "serverless", "words"),
        ("billing", "real-time", "words"),
        ("best_for", "batch-transform", "words"),
    ),
)
def test_difference_is_marked_where_another_limit_would_decide(key, option, contrast):
    assert table("guide")[key, option].contrast == contrast
    assert table("aws")[key, option].contrast == contrast


def test_cell_names_source_and_date():
    cell = table("aws")["payload_mb", "serverless"]
    (statement,) = cell.own.statements

    assert statement.source.url.endswith("serverless-endpoints-invoke.html")
    assert statement.as_of.isoformat() == "2026-10-01"
    assert said(cell.others[0]) == [("6 MB", "")]


def test_limit_with_a_way_out_says_it():
    shorter, longer = table("aws")["processing_s", "real-time"].own.statements

    assert (shorter.words, longer.words) == ("60 s", "8 min")
    assert shorter.condition.startswith("unless response streaming and way of replying")
    assert longer.condition == ""


@pytest.mark.parametrize(
    ("path", "own", "other"),
    (
        ("/guide/compare/", "The study guide", "AWS documentation today"),
        ("/guide/compare/?profile=aws", "AWS documentation today", "The study guide"),
    ),
)
def test_page_says_by_which_profile_it_speaks(client, path, own, other):
    page = client.get(path).text

    assert f"Facts on this page: <strong>{own}</strong>" in page
    assert f"See it by: {other}" in page

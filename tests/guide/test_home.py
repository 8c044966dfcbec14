import pytest
from django.urls import reverse

from studyapp.guide import knowledge
from studyapp.guide.models import Section, WorkedExample

pytestmark = pytest.mark.django_db


def test_home_draws_the_guides_own_case(client):
    page = client.get("/").text

    assert "Payload 50 MB" in page
    assert "44 MB over 6 MB" in page


def test_home_speaks_by_the_profile(client):
    assert "25 MB over 25 MB" in client.get("/?profile=aws").text


@pytest.mark.parametrize("name", ("guide:index", "wizard:wizard", "practice:index", "guide:exam"))
def test_home_leads_to_every_way_of_use(client, name):
    assert f'href="{reverse(name)}"' in client.get("/").text


def test_every_page_names_the_date_of_the_newest_fact(client):
    assert '<time datetime="2026-11-22"' in client.get("/").text


EMPTY = ("profiles", "subjects", "traits", "facts", "box", "muddy", "figures", "terms", "sections")


def test_pages_answer_before_anything_is_loaded(client, monkeypatch):
    nothing = knowledge.Knowledge(0, "", {name: [] for name in (*EMPTY, "presets")})
    monkeypatch.setattr(knowledge, "current", lambda: nothing)
    sections = list(Section.objects.values_list("slug", flat=True))
    for model in (WorkedExample, Section):
        model.objects.all().delete()

    assert client.get("/").status_code == 200
    assert "has not been loaded yet" in client.get("/guide/").text
    assert {client.get(f"/guide/{slug}/").status_code for slug in sections} == {404}

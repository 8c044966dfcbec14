import gzip
import re
from itertools import pairwise

import pytest
from django.urls import reverse

from studyapp.guide import knowledge
from studyapp.guide.models import Section

from .more_content import double_content

pytestmark = pytest.mark.django_db

SECTIONS = (
    *("objectives", "big-idea", "concept-box", "compare", "outline", "examples", "worked-example"),
    *("checkpoints", "muddy-points", "diagrams", "hosting", "glossary", "exam", "prices"),
    *("capabilities", "claims", "sources"),
)
PAGES = (
    "/",
    "/guide/",
    *(f"/guide/{slug}/" for slug in SECTIONS),
    "/guide/worked-example/?show=all",
    "/guide/compare/?profile=aws",
)


def test_every_section_has_a_page_of_its_slug(client):
    assert tuple(Section.objects.values_list("slug", flat=True)) == SECTIONS
    for slug in SECTIONS:
        assert reverse(f"guide:{slug}") == f"/guide/{slug}/"
        assert client.get(f"/guide/{slug}/").status_code == 200


def test_section_of_staff_has_a_page_too(client):
    Section.objects.create(slug="regions", title="Regions", lede="Where it runs.", body="*Here.*")

    page = client.get("/guide/regions/")

    assert "<em>Here.</em>" in page.text


def test_unknown_section_is_not_found(client):
    assert client.get("/guide/nowhere/").status_code == 404


@pytest.mark.parametrize("slug", SECTIONS)
def test_navigation_marks_the_page_that_is_open(client, slug):
    page = client.get(f"/guide/{slug}/").text

    assert re.findall(r'href="(\S+)" aria-current="page"', page) == [f"/guide/{slug}/"]


def test_pages_lead_from_first_to_last(client):
    slug, read = SECTIONS[0], []
    while slug:
        read.append(slug)
        found = re.search(r'href="/guide/([\w-]+)/" rel="next"', client.get(f"/guide/{slug}/").text)
        slug = found and found[1]

    assert tuple(read) == SECTIONS


def test_every_page_has_a_title_of_its_own(client):
    titles = [re.search("<title>(.+?)</title>", client.get(path).text)[1] for path in PAGES[:-2]]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", PAGES)
def test_page_is_well_made(client, path):
    response = client.get(path)
    page = response.text
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    ids = re.findall(r'\sid="([^"]+)"', page)
    named = re.findall(r'(?:aria-labelledby|for)="([^"]+)"', page)

    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert sorted(set(ids)) == sorted(ids)
    assert {each for names in named for each in names.split()} <= set(ids)
    assert re.findall(r"\sstyle=|\son\w+=|<style|<script(?! src=)|\[\[", page) == []
    assert len(gzip.compress(response.content)) <= 25_000


@pytest.mark.parametrize("path", PAGES)
def test_page_is_only_read(client, path):
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_page_asks_little_whatever_the_amount_of_content(client, django_assert_max_num_queries):
    double_content()
    client.post("/guide/profile/", {"profile": "guide"})  # a visitor with a session

    for path in PAGES:
        knowledge.Shelf.held = None
        for _ in ("cold", "warm"):
            with django_assert_max_num_queries(8):
                client.get(path)
    assert client.get("/guide/claims/").text.count('class="claim"') == 90


def test_edition_is_read_again_only_when_it_has_changed(client, django_assert_num_queries):
    client.get("/guide/")
    held = knowledge.Shelf.held

    client.get("/guide/big-idea/")

    assert knowledge.Shelf.held is held

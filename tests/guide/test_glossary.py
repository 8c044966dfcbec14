import re

import pytest

pytestmark = pytest.mark.django_db


def terms(page):
    return re.findall(r'<dt id="([\w-]+)">', page.text)


def test_all_terms_are_listed_from_a_to_z(client):
    page = client.get("/guide/glossary/")
    names = re.findall(r'<dt id="[\w-]+">([^<]+)', page.text)

    assert len(names) == 106
    assert [name.lower() for name in names] == sorted(name.lower() for name in names)


def test_letters_lead_to_their_terms(client):
    page = client.get("/guide/glossary/").text

    assert set(re.findall(r'href="#(letter-\w)"', page)) == set(
        re.findall(r'id="(letter-\w)"', page)
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    (
        ("hasbacklog", ["has-backlog-without-capacity"]),
        ("  MCEs ", ["multi-container-endpoint"]),
        ("Savings Plans", ["savings-plans"]),
    ),
)
def test_search_finds_names_and_spellings(client, asked, found):
    assert terms(client.get("/guide/glossary/", {"q": asked})) == found


def test_empty_result_says_what_to_do(client):
    page = client.get("/guide/glossary/", {"q": "zzz"}).text

    assert "0 of 106 terms hold “zzz”." in page
    assert "Try a shorter piece of the word" in page


def test_search_shows_what_was_asked_and_nothing_else_of_it(client):
    page = client.get("/guide/glossary/", {"q": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;alert(1)" in page


def test_htmx_gets_the_list_alone(client):
    page = client.get(
        "/guide/glossary/?q=gpu", headers={"HX-Request": "true", "HX-Target": "div#term-list"}
    )

    assert page.text.lstrip().startswith('<div id="term-list">')
    assert "gpu" in terms(page)


def test_term_does_not_link_to_itself(client):
    page = client.get("/guide/glossary/", {"q": "break-even"}).text
    entry = page[page.index('<dt id="break-even">') :].split("</dd>")[0]

    assert 'class="term" href="/guide/glossary/#break-even"' not in entry


def test_terms_are_linked_where_they_occur(client):
    page = client.get("/guide/big-idea/").text

    assert '<a class="term" href="/guide/glossary/#workload">workload</a>' in page

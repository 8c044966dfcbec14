import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def in_force(page):
    return "guide" if 'value="guide" aria-pressed="true"' in page.text else "aws"


def test_profile_stays_with_the_visitor(client):
    client.post("/guide/profile/", {"profile": "aws"})

    assert in_force(client.get("/guide/compare/")) == "aws"
    assert in_force(client.get("/")) == "aws"
    assert in_force(Client().get("/")) == "guide"


def test_profile_in_the_address_holds_for_that_page(client):
    assert in_force(client.get("/guide/compare/?profile=aws")) == "aws"
    assert in_force(client.get("/guide/compare/")) == "guide"


def test_unknown_profile_in_the_address_is_passed_over(client):
    assert in_force(client.get("/guide/compare/?profile=moon")) == "guide"


@pytest.mark.parametrize(
    ("next_page", "address"),
    (
        ("/guide/compare/?option=serverless", "/guide/compare/?option=serverless"),
        ("/wizard/?payload_mb=50+MB&profile=guide", "/wizard/?payload_mb=50+MB"),
        ("", "/guide/"),
        ("https://elsewhere.example/", "/guide/"),
        ("//elsewhere.example/", "/guide/"),
        ("/\\elsewhere.example/", "/guide/"),
        ("http:///elsewhere.example/", "/guide/"),
        ("javascript:alert(1)", "/guide/"),
        ("guide/compare/", "/guide/"),
        ("/guide/\r\nSet-Cookie: a=b", "/guide/Set-Cookie:%20a=b"),
    ),
)
def test_visitor_returns_to_the_same_page_and_never_leaves_the_site(client, next_page, address):
    response = client.post("/guide/profile/", {"profile": "aws", "next": next_page})

    assert (response.status_code, response["Location"]) == (303, address)


@pytest.mark.parametrize("posted", ({"profile": "moon"}, {}))
def test_unknown_profile_is_refused_in_words(client, posted):
    response = client.post("/guide/profile/", posted)

    assert response.status_code == 400
    assert "There is no such profile" in response.text
    assert "The study guide or AWS documentation today" in response.text
    assert in_force(client.get("/")) == "guide"


def test_profile_is_not_switched_by_a_link(client):
    assert client.get("/guide/profile/?profile=aws").status_code == 405


def test_profile_is_not_switched_without_a_token():
    assert (
        Client(enforce_csrf_checks=True).post("/guide/profile/", {"profile": "aws"}).status_code
        == 403
    )

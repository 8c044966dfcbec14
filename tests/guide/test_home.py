import pytest
from django.urls import reverse

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


def test_every_page_names_the_date_since_which_no_fact_was_looked_at_again(client):
    assert '<time datetime="2026-10-01"' in client.get("/").text

import pytest

from studyapp.guide.models import Edition


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/guide/", "/guide/glossary/", "/wizard/", "/practice/"])
def test_a_site_without_content_says_how_to_load_it(client, monkeypatch, address):
    monkeypatch.setattr(
        "studyapp.guide.knowledge.compile_document",
        lambda: {part: [] for part in PARTS},
    )
    Edition.objects.all().delete()

    response = client.get(address)

    assert response.status_code == 503
    assert "python manage.py load_content" in response.text


PARTS = ("profiles subjects traits facts box muddy figures terms presets sections").split()

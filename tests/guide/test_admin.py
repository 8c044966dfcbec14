import pytest
from django.urls import reverse

from studyapp.guide.models import BoxRow, Edition, Fact, Section, Term
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def form_of(page):
    form = page.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def address(row, what="change"):
    return reverse(f"admin:guide_{row._meta.model_name}_{what}", args=[row.pk])


def test_saved_text_is_published_at_once(staff):
    section, number = Section.objects.get(slug="big-idea"), Edition.objects.get().number
    page = staff.get(address(section))

    staff.post(address(section), form_of(page) | {"title": "The large idea"})

    assert Edition.objects.get().number == number + 1
    assert "The large idea" in staff.get("/guide/").text


def test_published_edition_keeps_the_digest_of_the_files(staff):
    before = Edition.objects.get().files_digest
    section = Section.objects.get(slug="big-idea")

    staff.post(address(section), form_of(staff.get(address(section))) | {"title": "New"})

    assert Edition.objects.get().files_digest == before


def test_reference_to_nothing_is_refused_at_its_field(staff):
    section = Section.objects.get(slug="big-idea")

    page = staff.post(
        address(section), form_of(staff.get(address(section))) | {"body": "[[fact:none-such]]"}
    )

    assert page.context["adminform"].form.errors == {"body": ["There is no fact:none-such."]}


def test_what_the_engine_cannot_read_is_refused_and_rolled_back(staff):
    row, number = BoxRow.objects.first(), Edition.objects.get().number
    posted = form_of(staff.get(address(row))) | {
        "applies": '[[{"trait": "weight"}]]',
        "unless": "[]",
    }
    posted |= {"chooses": '["real-time"]'}

    page = staff.post(address(row), posted, follow=True)

    assert "Nothing was saved: the engine cannot read the facts" in page.text
    assert BoxRow.objects.get(pk=row.pk).applies == row.applies
    assert Edition.objects.get().number == number


def test_removed_term_leaves_the_pages(staff):
    term = Term.objects.get(slug="savings-plans")

    staff.post(address(term, "delete"), {"post": "yes"})

    assert 'id="savings-plans"' not in staff.get("/guide/glossary/").text


def test_facts_are_only_read(staff):
    fact = Fact.objects.first()

    assert staff.get(address(fact)).status_code == 200
    assert staff.post(address(fact), {"value": "7"}).status_code == 403
    assert staff.post(address(fact, "delete"), {"post": "yes"}).status_code == 403
    assert staff.get(reverse("admin:guide_fact_add")).status_code == 403


def test_every_list_of_the_guide_opens(staff):
    from django.contrib import admin

    for model in admin.site._registry:
        if model._meta.app_label == "guide":
            assert (
                staff.get(reverse(f"admin:guide_{model._meta.model_name}_changelist")).status_code
                == 200
            )

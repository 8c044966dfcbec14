"""Staff says who may teach, and signs in where everybody does."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from studyapp.people.models import User
from tests.factories import AccountFactory, GuestFactory, UserFactory

from .conftest import post_sign_in

pytestmark = pytest.mark.django_db
LIST = "/admin/people/user/"


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def emails_on(page):
    return [user.email for user in page.context["cl"].result_list]


def test_staff_finds_who_asks_to_teach_and_lets_them(staff):
    asks = UserFactory(asked_to_teach_at=timezone.now())
    UserFactory(asked_to_teach_at=timezone.now(), teaches_since=timezone.now())
    assert emails_on(staff.get(f"{LIST}?teaching=asks")) == [asks.email]

    staff.post(LIST, {"action": "let_teach", "_selected_action": [asks.pk]})

    asks.refresh_from_db()
    assert asks.is_instructor
    assert emails_on(staff.get(f"{LIST}?teaching=asks")) == []


def test_staff_takes_it_back_and_the_person_may_ask_anew(staff):
    user = UserFactory(asked_to_teach_at=timezone.now(), teaches_since=timezone.now())

    staff.post(LIST, {"action": "stop_teaching", "_selected_action": [user.pk]})

    user.refresh_from_db()
    assert (user.is_instructor, user.asked_to_teach_at) == (False, None)


def test_the_admin_sends_to_the_one_page_for_signing_in(client):
    page = client.get("/admin/login/?next=/admin/")

    assert page["Location"] == "/accounts/login/?next=%2Fadmin%2F"


def test_who_is_no_staff_is_refused(client):
    client.force_login(UserFactory())

    assert client.get("/admin/login/").status_code == 403


def test_staff_with_a_second_factor_is_asked_for_it_before_the_admin_opens(client):
    user = AccountFactory(is_staff=True, is_superuser=True)
    TOTP.activate(user, generate_totp_secret())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]

    page = post_sign_in(client, user.email, next="/admin/")

    assert page["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/admin/").status_code == 200


def test_staff_that_is_no_superuser_makes_nobody_staff(client):
    staff, other = UserFactory(is_staff=True), UserFactory()
    staff.user_permissions.set(Permission.objects.filter(codename="change_user"))
    client.force_login(staff)

    client.post(f"{LIST}{other.pk}/change/", {"name": "Ada", "is_active": "on", "is_staff": "on"})

    other.refresh_from_db()
    assert (other.name, other.is_staff) == ("Ada", False)


def test_the_key_of_a_guest_is_shown_to_nobody(staff):
    guest = GuestFactory(guest_key="the-key-of-a-guest")

    page = staff.get(reverse("admin:people_learner_change", args=[guest.pk]))

    assert page.status_code == 200
    assert "the-key-of-a-guest" not in page.text


def test_nobody_is_removed_past_the_erasing_of_an_account(staff):
    user = UserFactory()

    assert staff.post(f"{LIST}{user.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


@pytest.fixture
def helper(client):
    """Staff who may change people, but is no superuser."""
    user = UserFactory(is_staff=True)
    names = ("view_user", "change_user")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def test_staff_sees_a_superuser_and_changes_nothing_about_them(client, helper):
    chief = UserFactory(is_staff=True, is_superuser=True, name="Chief")
    page = f"{LIST}{chief.pk}/change/"

    shown, sent = client.get(page), client.post(page, {"name": "Nobody"})
    for action in ("let_teach", "stop_teaching"):
        client.post(LIST, {"action": action, "_selected_action": [chief.pk]})
        assert not User.objects.get(pk=chief.pk).teaches_since

    assert (shown.status_code, sent.status_code) == (200, 403)
    assert 'name="is_active"' not in shown.text
    chief.refresh_from_db()
    assert (chief.name, chief.is_active) == ("Chief", True)


def test_a_superuser_who_teaches_is_not_stopped_by_other_staff(client, helper):
    chief = UserFactory(is_staff=True, is_superuser=True, teaches_since=timezone.now())

    client.post(LIST, {"action": "stop_teaching", "_selected_action": [chief.pk]})

    assert User.objects.get(pk=chief.pk).teaches_since


def test_staff_changes_other_people_as_before(client, helper):
    person = UserFactory(name="Ada")
    fields = {"name": "Ada L.", "_save": "Save"}

    client.post(f"{LIST}{person.pk}/change/", fields)

    person.refresh_from_db()
    assert (person.name, person.is_active) == ("Ada L.", False)


def test_a_superuser_changes_a_superuser(staff):
    chief = UserFactory(is_staff=True, is_superuser=True, name="Chief")

    staff.post(
        f"{LIST}{chief.pk}/change/",
        {"name": "Former chief", "is_staff": "on", "is_superuser": "on", "_save": "Save"},
    )

    chief.refresh_from_db()
    assert (chief.name, chief.is_active) == ("Former chief", False)

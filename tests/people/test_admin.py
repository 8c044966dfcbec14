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

"""A second proof: set up once, asked for at every sign-in, and not to be got round."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.utils import timezone

from tests.factories import AccountFactory
from tests.test_every_page import look_over

from .conftest import PASSWORD, post_sign_in


@pytest.fixture
def user(db):
    return AccountFactory(email="teacher@example.org", teaches_since=timezone.now())


# An authenticator app


def code_of(secret):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up_app(client):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = re.search(r'class="secret">(\w+)<', page.text)[1]
    assert client.post(page.request["PATH_INFO"], {"code": code_of(secret)}).status_code == 302
    return secret


def test_an_app_is_asked_for_at_the_next_sign_in(client, user):
    post_sign_in(client, user.email)
    set_up_app(client)
    client.post("/accounts/logout/")

    page = post_sign_in(client, user.email, next="/sets/")

    assert page["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/sets/").status_code == 302
    assert "This is not the code" in client.post(page["Location"], {"code": "000000"}).text
    assert client.get("/sets/").status_code == 302


def test_a_recovery_code_works_once_where_the_app_is_not_at_hand(client, user):
    post_sign_in(client, user.email)
    set_up_app(client)
    codes = re.findall(r"<li><code>(\w+)</code>", client.get("/accounts/2fa/recovery-codes/").text)

    signed_in = []
    for _ in range(2):
        client.post("/accounts/logout/")
        there = post_sign_in(client, user.email)["Location"]
        client.post(there, {"code": codes[0]})
        signed_in.append(client.get("/sets/").status_code == 200)

    assert len(codes) == 10
    assert signed_in == [True, False]


def test_the_secret_of_the_app_is_drawn_for_a_camera_too(client, user):
    post_sign_in(client, user.email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    page = client.get("/accounts/2fa/totp/activate/").text

    assert '<path class="qr-ink"' in page
    assert "data:image" not in page


@pytest.mark.parametrize("path", ("totp/activate/", "webauthn/add/", "recovery-codes/generate/"))
def test_whoever_finds_a_browser_signed_in_sets_up_nothing(client, user, path):
    post_sign_in(client, user.email)

    page = client.get(f"/accounts/2fa/{path}")

    assert page["Location"].startswith("/accounts/reauthenticate/")
    assert not Authenticator.objects.exists()


# A passkey, in a real browser


@pytest.fixture
def signed_in(page, live_server, user):
    """A browser with a platform authenticator, in which the instructor is signed in and proved."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    abilities = ("hasResidentKey", "hasUserVerification", "isUserVerified")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= dict.fromkeys(abilities, True)
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/")
    page.goto(f"{live_server.url}/accounts/reauthenticate/?next=/accounts/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/accounts/")
    return page


def test_a_passkey_signs_in_without_a_password(signed_in, live_server, user, axe):
    page = signed_in
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/**")
    faults = look_over(page, axe, "recovery codes")
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/")
    page.get_by_text("Laptop").wait_for()
    faults += look_over(page, axe, "passkeys")
    page.goto(f"{live_server.url}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{live_server.url}/")

    page.goto(f"{live_server.url}/accounts/login/?next=/sets/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Quiz sets", level=1).wait_for()

    assert page.url == f"{live_server.url}/sets/"
    assert faults == []


def test_a_passkey_proves_again_that_it_is_you_in_plain_words_on_a_small_dark_phone(
    signed_in, live_server, axe
):
    page = signed_in
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark")
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    named = page.get_by_label("Name").input_value()
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("The passkey is added.").wait_for()
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    named_next = page.get_by_label("Name").input_value()
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/reauthenticate/?next=/accounts/sessions/")
    faults = look_over(page, axe, "prove again with a passkey")
    others = page.get_by_role("main").get_by_role("listitem").all_inner_texts()

    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/accounts/sessions/")

    assert (named, named_next) == ("Passkey", "Passkey 2")
    assert others == ["A code from your authenticator app, or a recovery code", "Your password"]
    assert faults == []


@pytest.mark.django_db
def test_an_account_without_a_password_chooses_its_first(client, user):
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    page = client.get("/accounts/password/change/", follow=True)
    chosen = "another good long password"

    done = client.post(
        "/accounts/password/set/", {"password1": chosen, "password2": chosen}, follow=True
    )

    assert "Choose a password" in page.text
    assert [field.label for field in page.context["form"]] == ["New password", "New password again"]
    assert "The password is saved." in done.text
    user.refresh_from_db()
    assert user.check_password(chosen)


OWN_PAGES = (
    "/accounts/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/your-data/",
    "/your-data/erase/",
)


@pytest.mark.timeout(300)
def test_no_page_of_an_account_has_a_barrier(signed_in, live_server, axe):
    faults = []
    for path in OWN_PAGES:
        signed_in.goto(f"{live_server.url}{path}")
        faults += look_over(signed_in, axe, path)

    assert faults == []

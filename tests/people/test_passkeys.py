from pathlib import Path

import allauth
import pytest
from django.conf import settings

ALLAUTH = Path(allauth.__file__).parent
PARTS = (
    "mfa/static/mfa/js/webauthn-json.js",
    "mfa/static/mfa/js/webauthn.js",
    "account/static/account/js/onload.js",
)


def test_the_one_script_for_passkeys_is_what_the_installed_package_brings():
    served = (settings.BASE_DIR / "static/vendor/passkeys.js").read_text()

    # Without a semicolon between them, the end of one would be called with the next.
    assert served == ";\n".join((ALLAUTH / part).read_text() for part in PARTS)


@pytest.mark.django_db(transaction=True)
def test_the_script_for_passkeys_runs_on_the_page_that_needs_it(page, live_server):
    page.goto(f"{live_server.url}/accounts/login/")

    assert page.evaluate("Object.keys(allauth.webauthn.forms)") == [
        "addForm",
        "authenticateForm",
        "loginForm",
        "signupForm",
    ]

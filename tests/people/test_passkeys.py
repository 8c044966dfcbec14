from pathlib import Path

import allauth
from django.conf import settings

ALLAUTH = Path(allauth.__file__).parent
PARTS = (
    "mfa/static/mfa/js/webauthn-json.js",
    "mfa/static/mfa/js/webauthn.js",
    "account/static/account/js/onload.js",
)


def test_the_one_script_for_passkeys_is_what_the_installed_package_brings():
    served = (settings.BASE_DIR / "static/vendor/passkeys.js").read_text()

    assert served == "".join((ALLAUTH / part).read_text() for part in PARTS)

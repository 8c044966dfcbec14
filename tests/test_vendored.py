import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

MANIFESTS = sorted(settings.BASE_DIR.glob("*/vendor/VENDORED.md"))


def test_manifests_are_found():
    assert [path.parent.parent.name for path in MANIFESTS] == ["static", "tests"]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda path: path.parent.parent.name)
def test_vendored_files_are_those_of_the_manifest(manifest):
    listed = dict(re.findall(r"^\| (\S+) \|.* \| ([0-9a-f]{64}) \|$", manifest.read_text(), re.M))

    held = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in manifest.parent.iterdir()
        if path != manifest
    }

    assert held == listed


def test_development_pins_include_the_pins_of_the_site():
    runtime, development = (
        set(re.findall(r"^\S+==\S+", Path(settings.BASE_DIR / name).read_text(), re.M))
        for name in ("requirements.txt", "requirements-dev.txt")
    )

    assert runtime < development

"""The long proofs in their short form, so that one that has stopped working is noticed."""

import os
import subprocess
import sys

import pytest


@pytest.mark.timeout(600)
def test_every_promise_holds_in_short():
    # On SQLite: the site refuses the PostgreSQL of quick tests, which forces nothing to the disk.
    environment = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "tests.verify.short"]

    done = subprocess.run(
        command, capture_output=True, text=True, timeout=580, env=environment, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "DOES NOT HOLD" not in done.stdout
    assert done.stdout.count("  holds") > 40

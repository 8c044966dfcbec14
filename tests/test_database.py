import pytest
from django.conf import settings

from studyapp.database import sqlite_problems

SAFE = {
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;",
}


@pytest.mark.parametrize(
    ("options", "version", "problems"),
    [
        (SAFE, (3, 40, 1), []),
        (SAFE | {"transaction_mode": "DEFERRED"}, (3, 40, 1), ["studyapp.E001"]),
        (SAFE | {"init_command": "PRAGMA synchronous=NORMAL;"}, (3, 40, 1), ["studyapp.E002"]),
        (
            SAFE | {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
            (3, 51, 2),
            ["studyapp.E003"],
        ),
        (
            SAFE | {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
            (3, 51, 3),
            [],
        ),
        ({}, (3, 40, 1), ["studyapp.E001", "studyapp.E002"]),
    ],
)
def test_a_risky_sqlite_is_refused(options, version, problems):
    found = sqlite_problems({"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}, version)

    assert [problem.id for problem in found] == problems


def test_the_settings_in_force_are_safe():
    import sqlite3

    assert sqlite_problems(settings.DATABASES["default"], sqlite3.sqlite_version_info) == []

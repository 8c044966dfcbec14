"""Refuses a database set-up that could lose an answer which was shown as saved."""

import sqlite3

from django.core.checks import Error, Tags, register
from django.db import connections

FIRST_SAFE_WAL = (3, 51, 3)


@register()
def check_sqlite(app_configs, **kwargs):
    """Writers take their lock at once, every commit reaches the disk, and no unsafe log is used."""
    return [
        problem
        for alias in connections
        for problem in sqlite_problems(
            connections[alias].settings_dict, sqlite3.sqlite_version_info
        )
    ]


def sqlite_problems(settings, version):
    if settings["ENGINE"] != "django.db.backends.sqlite3":
        return []
    options = settings.get("OPTIONS", {})
    commands = options.get("init_command", "").replace(" ", "").lower()
    found = []
    if options.get("transaction_mode") != "IMMEDIATE":
        found.append(
            Error(
                "SQLite transactions do not take their lock at the start.",
                hint="Set transaction_mode to IMMEDIATE, or writers fail with 'database is locked'.",
                id="studyapp.E001",
            )
        )
    if "synchronous=full" not in commands:
        found.append(
            Error(
                "SQLite may lose answers that were shown as saved.",
                hint="Put PRAGMA synchronous=FULL into init_command.",
                id="studyapp.E002",
            )
        )
    if "journal_mode=wal" in commands and version < FIRST_SAFE_WAL:
        found.append(
            Error(
                "This SQLite library can corrupt a database with a write-ahead log.",
                hint="Use journal_mode=DELETE, or SQLite 3.51.3 or newer.",
                id="studyapp.E003",
            )
        )
    return found


@register(Tags.database)
def check_postgresql(app_configs, databases=None, **kwargs):
    """PostgreSQL writes every commit to the disk before it is acknowledged."""
    found = []
    for alias in databases or ():
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                for setting in ("fsync", "synchronous_commit"):
                    cursor.execute(f"SHOW {setting}")
                    if cursor.fetchone()[0] == "off":
                        found.append(
                            Error(
                                f"PostgreSQL runs with {setting} off and may lose answers.",
                                hint=f"Set {setting} = on in postgresql.conf.",
                                id="studyapp.E004",
                            )
                        )
    return found

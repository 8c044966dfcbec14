"""1,000 random histories of guests merged: how many were lost, doubled, changed or shown to others.

    python -m tests.verify.merging [COUNT]

Works in a database of its own that is gone afterwards: SQLite, or what DATABASE_URL names, such as
under python -m tests.postgresql. Exit status 1 where anything is wrong.
"""

import io
import os
import sys
import time

import django


def main(count):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    from tests.quiz.learners.histories import merge_one, some_versions

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_content", verbosity=0, stdout=io.StringIO())
        versions, wrong, start = some_versions(), 0, time.monotonic()
        for seed in range(count):
            faults = merge_one(seed, versions)
            wrong += bool(faults)
            for each in faults:
                print(f"history {seed}: {each}")
            if (seed + 1) % 100 == 0:
                print(
                    f"{seed + 1} merged, {wrong} wrong, {time.monotonic() - start:.0f} s",
                    flush=True,
                )
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(f"{connection.vendor}: {count} histories merged, {wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)

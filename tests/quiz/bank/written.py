"""The questions of the bank as their files write them."""

from functools import cache

from django.conf import settings

from tests.files import read_yaml

FILES = sorted(settings.FIXTURE_DIRS[0].glob("quiz_*.yaml"))
CHOICES = ("single-choice", "multiple-response")


@cache
def every_row():
    """Each question of the files, with the story of the case that it is a part of, or ""."""
    return [
        (part, row.get("story", ""))
        for path in FILES
        for row in read_yaml(path)
        for part in row.get("parts", [row])
    ]


def written_by_hand():
    return [(row, story) for row, story in every_row() if "workload" not in row]


def choices_by_hand():
    return [row for row, _ in written_by_hand() if row["kind"] in CHOICES]

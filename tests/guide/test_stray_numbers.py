"""A number has one home, the facts and figures: prose and templates refer to it."""

import re

import pytest
from django.conf import settings

from tests.files import read_yaml

PROSE = {
    "boxrow": ("requirement",),
    "checkpoint": ("question", "answer", "remark"),
    "claim": ("title", "guide_says", "aws_says", "remark"),
    "fact": ("note",),
    "figure": ("note",),
    "muddypoint": ("title", "text", "matters"),
    "objective": ("text",),
    "outlineitem": ("title", "text"),
    "pair": ("definition",),
    "profile": ("summary",),
    "section": ("title", "lede", "body"),
    "step": ("title", "prompt", "guide_says", "remark"),
    "subject": ("label", "summary"),
    "term": ("name", "definition"),
    "trait": ("noun", "demand", "question", "hint"),
    "workedexample": ("title", "closing"),
}
# The case of an example is told in the numbers of its own workload.
CASES = {"pair": "example", "workedexample": "problem"}
TOLD_BESIDE = {"5 million"}

REFERENCE = r"\[\[[^\]]*\]\]"
NAMES = (
    r"`[^`]*`|\bML[AE][0-9A-Z]*-C0\d\b|\bME1-C02\b|\bS3\w*|\bEC2\b|\bp99\b|ml\.\w+\.\w+|HTTP \d{3}"
)
LIST_MARKER = r"(?m:^\d+\. )"
KNOWN = re.compile("|".join((REFERENCE, NAMES, LIST_MARKER)))
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
AMOUNT = re.compile(
    r"\d[\d,.]*\s?(?:[KMGT]B|bytes|ms|s|min|h|seconds?|minutes?|hours?|USD|million)\b"
)


def entries():
    for path in sorted(settings.FIXTURE_DIRS[0].glob("guide_*.yaml")):
        for row in read_yaml(path):
            yield path.name, row["model"].removeprefix("guide."), row["fields"]


def test_prose_has_no_number_but_by_reference():
    stray = [
        (file, fields["slug"], name, NUMBER.findall(KNOWN.sub("", fields.get(name) or "")))
        for file, model, fields in entries()
        for name in PROSE.get(model, ())
    ]

    assert [each for each in stray if each[-1]] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    (
        ("At most 6 MB.", ["6"]),
        ("At most [[fact:guide-real-time-payload]].", []),
        ("The p99 of S3 under MLA-C01, set by `MaxPayloadInMB=100`.", []),
        ("2 to 15 containers", ["2", "15"]),
        ("1. First\n2. Second", []),
    ),
)
def test_stray_numbers_are_found(text, numbers):
    assert NUMBER.findall(KNOWN.sub("", text)) == numbers


def test_every_model_with_prose_is_looked_at():
    assert {model for _, model, _ in entries()} - set(PROSE) == {"source"}


def test_case_is_told_in_the_numbers_of_its_workload():
    for _, model, fields in entries():
        if model in CASES:
            given = {amount(value, key) for key, value in fields["workload"].items()}
            told = set(AMOUNT.findall(fields[CASES[model]]))
            told = {re.sub("seconds", "s", each) for each in told} - TOLD_BESIDE

            assert told <= given, fields["slug"]


def amount(value, key):
    unit = {"mb": "MB", "s": "s", "ms": "ms"}.get(key.rpartition("_")[2], "")
    return value if isinstance(value, str) else f"{value} {unit}".strip()


def test_templates_state_no_limit():
    folder = settings.BASE_DIR / "templates"
    for path in (folder / "home.html", *sorted((folder / "guide").glob("*.html"))):
        text = re.sub(r"<[^>]*>|{[{%#].*?[}%#]}", " ", path.read_text(), flags=re.DOTALL)

        assert AMOUNT.findall(text) == [], path.name

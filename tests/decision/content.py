"""The fixture files as the engine's document, read without a database."""

from pathlib import Path

from studyapp.decision import profiles_from
from tests.files import read_yaml

FIXTURES = Path(__file__).parents[2] / "fixtures"
PARTS = {
    "profiles": "guide_profiles",
    "subjects": "guide_subjects",
    "traits": "guide_traits",
    "facts": "guide_facts",
    "box": "guide_box",
    "muddy": "guide_muddy_points",
}
NAMED = ("profile", "subject", "trait", "source")


def read_document():
    return {part: [row(each) for each in read(name)] for part, name in PARTS.items()}


def read(name):
    return read_yaml(FIXTURES / f"{name}.yaml")


def row(entry):
    fields = dict(entry["fields"])
    for name in NAMED:
        if isinstance(fields.get(name), list):
            fields[name] = fields[name][0]
    if fields.get("as_of"):
        fields["as_of"] = fields["as_of"].isoformat()
    return fields


PROFILES = profiles_from(read_document())

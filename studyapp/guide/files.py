"""Reads the fixture files and checks every entry before anything is written."""

import hashlib
from dataclasses import dataclass
from datetime import date

import yaml
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models


class ContentError(Exception):
    """Content that cannot be loaded; `problems` are lines of file, entry and reason."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Entry:
    """One entry of a fixture file: its model, its slug, plain values and references by slug."""

    file: str
    model: type
    slug: str
    values: dict
    links: dict
    many: dict

    @property
    def label(self):
        return f"{self.file}, {self.model._meta.model_name} {self.slug}"


def digest_of(paths):
    """One digest over the names and contents of all files."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def read_yaml(path):
    """What a YAML file holds, by the quick reader where the library has it; never an object."""
    reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=reader)  # noqa: S506


def read_entries(paths, app_label):
    """Read all fixture files; raise ContentError with every problem found in any of them."""
    entries, problems = [], []
    for path in sorted(paths):
        try:
            rows = read_yaml(path) or []
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(f"{path.name}: cannot be read as YAML: {' '.join(str(error).split())}")
            continue
        if not isinstance(rows, list):
            problems.append(f"{path.name}: must be a list of entries, each with model and fields")
            continue
        for number, row in enumerate(rows, start=1):
            try:
                entries.append(read_entry(path.name, row, app_label))
            except ValueError as error:
                problems.append(f"{path.name}, entry {number}: {error}")
    problems += repeated(entries)
    # An entry that cannot be read is none: what refers to it would be blamed for it.
    problems += [] if problems else unresolved(entries)
    if problems:
        raise ContentError(problems)
    return entries


def read_entry(file, row, app_label):
    """Check one entry against its model, field by field."""
    if not isinstance(row, dict) or set(row) != {"model", "fields"}:
        raise ValueError("must have exactly the keys model and fields")
    try:
        model = apps.get_model(row["model"])
    except (LookupError, ValueError, AttributeError):
        raise ValueError(f"there is no model {row['model']!r}") from None
    fields = row["fields"]
    if model._meta.app_label != app_label or not isinstance(fields, dict) or "slug" not in fields:
        raise ValueError(f"must be a model of {app_label} with fields that hold a slug")
    entry = Entry(file, model, str(fields["slug"]), {}, {}, {})
    known = {field.name: field for field in model._meta.get_fields() if hasattr(field, "attname")}
    for name, value in fields.items():
        if name not in known:
            raise ValueError(f"{entry.slug}: {model._meta.model_name} has no field {name!r}")
        read_field(entry, known[name], value)
    check(entry)
    return entry


def read_field(entry, field, value):
    if isinstance(field, models.ManyToManyField):
        if not isinstance(value, list):
            raise ValueError(f"{entry.slug}: {field.name} must be a list of [slug]")
        entry.many[field.name] = [slug_of(entry, field, each) for each in value]
    elif isinstance(field, models.ForeignKey):
        entry.links[field.name] = None if value is None else slug_of(entry, field, value)
    else:
        if isinstance(value, date) and not isinstance(field, models.DateField):
            value = value.isoformat()
        entry.values[field.name] = value


def slug_of(entry, field, value):
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    raise ValueError(f"{entry.slug}: {field.name} must be written as [slug], not {value!r}")


def check(entry):
    """Let the model itself check its plain values; missing references are found here too."""
    links = [field.name for field in entry.model._meta.fields if field.is_relation]
    try:
        entry.model(**entry.values).clean_fields(exclude=[*links, "id"])
    except ValidationError as error:
        words = "; ".join(f"{k}: {' '.join(v)}" for k, v in error.message_dict.items())
        raise ValueError(f"{entry.slug}: {words}") from None
    for field in entry.model._meta.fields:
        if field.is_relation and not field.null and entry.links.get(field.name) is None:
            raise ValueError(f"{entry.slug}: {field.name} is missing")


def repeated(entries):
    seen, problems = set(), []
    for entry in entries:
        key = (entry.model, entry.slug)
        if key in seen:
            problems.append(f"{entry.label}: the slug is used twice")
        seen.add(key)
    return problems


def unresolved(entries):
    """References to entries that no file holds."""
    known = {(entry.model, entry.slug) for entry in entries}
    problems = []
    for entry in entries:
        named = [(name, slug) for name, slug in entry.links.items() if slug is not None]
        named += [(name, slug) for name, slugs in entry.many.items() for slug in slugs]
        for name, slug in named:
            target = entry.model._meta.get_field(name).related_model
            if (target, slug) not in known:
                problems.append(f"{entry.label}: {name} names {slug!r}, which no file holds")
    return problems

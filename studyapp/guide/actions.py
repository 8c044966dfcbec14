"""Loads the guide's content from its files and publishes it as an edition."""

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from studyapp.decision import profiles_from

from .compile import compile_document
from .files import ContentError, digest_of, read_entries
from .models import (
    BoxRow,
    Checkpoint,
    Claim,
    Edition,
    Fact,
    Figure,
    MuddyPoint,
    Objective,
    OutlineItem,
    Pair,
    Profile,
    Section,
    Source,
    Step,
    Subject,
    Term,
    Trait,
    WorkedExample,
)
from .prose import unknown_references
from .trial import check_engine

# In the order in which rows can refer to each other.
LOADED = (
    *(Source, Profile, Subject, Trait, Fact, BoxRow, Claim, Figure, MuddyPoint),
    *(Section, Objective, Term, OutlineItem, Pair, WorkedExample, Step, Checkpoint),
)

# Models with a unique place in a list, and where a row waits until its place is free.
PLACES = {BoxRow: "position", Claim: "number"}
ASIDE = 1_000_000


@transaction.atomic
def load_guide(*, paths):
    """Load the guide's fixture files: all or nothing, and nothing when they have not changed.

    Returns how many entries were added, changed and removed; raises ContentError with every
    problem as file, entry and reason. Rows that staff wrote are left alone.
    """
    digest = digest_of(paths)
    if Edition.objects.filter(files_digest=digest).exists():
        return {}
    entries = read_entries(paths, app_label="guide")
    check_references(entries)
    check_engine(entries)
    rows = {model: {} for model in LOADED}
    done = {"added": 0, "changed": 0, "unchanged": 0, "removed": 0}
    for model in LOADED:
        current = Fact.objects.current() if model is Fact else model.objects.all()
        links = [field.name for field in model._meta.fields if field.is_relation]
        current = current.select_related(*links) if links else current
        rows[model] = {row.slug: row for row in current}
        move_aside(model, entries, rows[model])
        for entry in entries:
            if entry.model is model:
                done[write_or_refuse(entry, rows)] += 1
    for model in reversed(LOADED):
        done["removed"] += withdraw(model, [e.slug for e in entries if e.model is model])
    publish_edition(files_digest=digest)
    return done


def move_aside(model, entries, rows):
    """Free the unique places of rows that are to stand elsewhere, so that two can change places."""
    name = PLACES.get(model)
    for entry in entries if name else ():
        row = rows.get(entry.slug) if entry.model is model else None
        if row and getattr(row, name) != entry.values[name]:
            setattr(row, name, ASIDE + row.pk)
            row.save(update_fields=[name])


def write_or_refuse(entry, rows):
    try:
        return write(entry, rows)
    except IntegrityError as error:
        raise ContentError([f"{entry.label}: {error}"]) from error


def write(entry, rows):
    """Add or change one row; a fact that differs becomes a new revision of itself."""
    row = rows[entry.model].get(entry.slug)
    fields = {field.name: field for field in entry.model._meta.fields}
    wanted = {name: fields[name].to_python(value) for name, value in entry.values.items()}
    for name, slug in entry.links.items():
        wanted[name] = None if slug is None else rows[fields[name].related_model][slug]
    if row and not row.from_files:
        # The row came here by another way, such as loaddata; from now on the files keep it.
        entry.model.objects.filter(pk=row.pk).update(from_files=True)
        row.from_files = True
    wanted["from_files"] = True
    blank = entry.model(**wanted)
    for name, field in fields.items():
        if name not in ("id", "revision", "is_current"):
            wanted.setdefault(name, getattr(blank, field.name if not field.is_relation else name))
    if row and all(same(getattr(row, name), value) for name, value in wanted.items()):
        outcome = "unchanged"
    elif row and entry.model is Fact:
        Fact.objects.filter(pk=row.pk).update(is_current=False)
        row, outcome = Fact.objects.create(**wanted, revision=row.revision + 1), "changed"
    elif row:
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save()
        outcome = "changed"
    else:
        row, outcome = entry.model.objects.create(**wanted), "added"
    rows[entry.model][entry.slug] = row
    for field in entry.model._meta.many_to_many:
        targets = [rows[field.related_model][slug] for slug in entry.many.get(field.name, ())]
        getattr(row, field.name).set(targets)
    return outcome


def same(stored, wanted):
    return stored == wanted and isinstance(stored, bool) == isinstance(wanted, bool)


def withdraw(model, slugs):
    """Take away what came from files and is in none any more; facts are only retired."""
    gone = model.objects.filter(from_files=True).exclude(slug__in=slugs)
    if model is Fact:
        return gone.current().update(is_current=False)
    removed = 0
    for row in gone:
        try:
            with transaction.atomic():
                removed += row.delete()[0] > 0
        except ProtectedError:
            # Earlier revisions of facts, or questions, still name it.
            continue
    return removed


def publish_edition(*, files_digest):
    """Compile the tables into the edition that pages and engine read, after the engine took it."""
    try:
        document = compile_document()
        profiles_from(document)
    except (KeyError, ValueError, ArithmeticError) as error:
        raise ContentError([f"the engine cannot read the facts: {error!r}"]) from error
    edition, _ = Edition.objects.get_or_create(pk=1, defaults={"document": {}})
    edition.number += 1
    edition.files_digest = files_digest
    edition.document = document
    edition.save()
    return edition


def check_references(entries):
    """Refuse prose that names a fact or figure which no file holds."""
    known = {
        "fact": {entry.slug for entry in entries if entry.model is Fact},
        "figure": {entry.slug for entry in entries if entry.model is Figure},
    }
    problems = [
        f"{entry.label}: {name} refers to [[{reference}]], which no file holds"
        for entry in entries
        for name, value in entry.values.items()
        if isinstance(value, str)
        for reference in unknown_references(value, known)
    ]
    if problems:
        raise ContentError(problems)

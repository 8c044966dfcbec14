"""Reads questions from their files and drafts each, or says in words what is wrong with them."""

from dataclasses import dataclass, replace
from functools import partial

import yaml

from quiz.engine.draft import Draft, DraftCase, Wrong
from quiz.engine.kinds import BY_SLUG
from quiz.engine.publish_check import problems as publish_problems
from studyapp.guide.files import ContentError, read_yaml

from .hand import SLUG, Hand
from .told import draft_scenario

CASE = "case-study"
REQUIRED = {"slug", "kind", "profile", "objective", "difficulty", "stem"}
SCENARIO = {"workload", "answer"}
SPARED = {"tags", "claim", "facts"}
OF_CASE = {"slug", "kind", "title", "profile", "story", "parts"}
LONGEST_SLUG = 80
FEWEST_PARTS = 2


@dataclass(frozen=True)
class Entry:
    """One question of a file: what it is filed under, and the draft of its version."""

    slug: str
    objective: str
    difficulty: int
    tags: tuple[str, ...]
    draft: Draft
    written: dict


@dataclass(frozen=True)
class Shelf:
    """What entries may name: the knowledge in force, rows by slug, claims as plain data.

    Where an author vouches, facts alone are enough to rest on, and an amount needs no figure.
    """

    knowledge: object
    objectives: dict
    claims: dict
    facts: dict
    figures: dict
    author_vouches: bool = False


def read_questions(paths, shelf):
    """Draft every question of the files; ContentError names every problem found in any of them."""
    entries, problems, seen = [], [], {}
    for path in sorted(paths):
        try:
            rows = read_rows(path)
        except Wrong as error:
            problems += [f"{path.name}: {reason}" for reason in error.reasons]
            continue
        for label, read in every_entry(path.name, rows):
            try:
                entry = read(shelf)
                if entry.slug in seen:
                    raise Wrong(f"the slug is used twice; first in {seen[entry.slug]}")
            except Wrong as error:
                problems += [f"{label}: {reason}" for reason in error.reasons]
            else:
                seen[entry.slug] = path.name
                entries.append(entry)
    if problems:
        raise ContentError(problems)
    return entries


def every_entry(file, rows):
    """Each question of a file, as (label, what reads it); those of a case study one by one."""
    for number, row in enumerate(rows, start=1):
        label = f"{file}, {name_of(row, number)}"
        if not is_case(row):
            yield label, partial(read_entry, row)
            continue
        faults = faults_of_case(row)
        if faults:
            yield label, partial(refuse, faults)
            continue
        for place, part in enumerate(row["parts"], start=1):
            yield (
                f"{label}, {name_of(part, place, 'part')}",
                partial(read_entry, part, case=row, place=place),
            )


def read_rows(path):
    try:
        rows = read_yaml(path) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Wrong(f"cannot be read as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(rows, list):
        raise Wrong("must be a list of questions")
    return rows


def name_of(row, number, noun="entry"):
    slug = row.get("slug") if isinstance(row, dict) else None
    return f"{noun} {slug}" if isinstance(slug, str) else f"{noun} {number}"


def refuse(reasons, shelf):
    raise Wrong(*reasons)


# One question


def read_entry(row, shelf, *, case=None, place=None):
    """Check one mapping and draft its question; `case` is the study that it is a part of."""
    entry = draft_entry(row, shelf, case=case, place=place)
    reasons = publish_problems(entry.draft)
    if reasons:
        raise Wrong(*reasons)
    return entry


def draft_entry(row, shelf, *, case=None, place=None):
    """Draft the question of one mapping, whether or not it may be published as it is."""
    if not isinstance(row, dict):
        raise Wrong("must be a mapping")
    refuse_keys(row)
    refuse_values(row, shelf)
    draft = draft_scenario(row, shelf) if "workload" in row else draft_written(row, shelf)
    if case:
        draft = replace(draft, case=read_case(case, draft, place, shelf))
    return Entry(
        slug=row["slug"],
        objective=row["objective"],
        difficulty=row["difficulty"],
        tags=tuple(row.get("tags", ())),
        draft=draft,
        written=row,
    )


def refuse_keys(row):
    kind = BY_SLUG.get(row["kind"]) if isinstance(row.get("kind"), str) else None
    # A row with an answer that its kind does not write is a scenario that lacks its workload.
    is_told = "workload" in row or ("answer" in row and kind and "answer" not in kind.wanted)
    if is_told:
        form = spared = SCENARIO
    else:
        form = kind.wanted if kind else set()
        spared = form | kind.spared if kind else set(row)
    needed, known = REQUIRED | form, REQUIRED | SPARED | spared
    reasons = [f"there is no key {key!r}" for key in row if key not in known]
    reasons += [f"{key} is missing" for key in sorted(needed - set(row))]
    if is_told and "options" in row:
        reasons = ["needs either workload and answer, or options"]
    if reasons:
        raise Wrong(*reasons)


def refuse_values(row, shelf):
    reasons = []
    slug, stem, tags, level = (row.get(key) for key in ("slug", "stem", "tags", "difficulty"))
    if not isinstance(slug, str) or not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        reasons.append(f"slug must be small letters, digits and hyphens, not {slug!r}")
    if not isinstance(stem, str) or not stem.strip():
        reasons.append("the stem is missing")
    if isinstance(level, bool) or level not in (1, 2, 3):
        reasons.append(f"difficulty must be 1, 2 or 3, not {level!r}")
    if tags is not None and not (isinstance(tags, list) and all(isinstance(t, str) for t in tags)):
        reasons.append("tags must be a list of words")
    for key, known in (
        ("kind", BY_SLUG),
        ("profile", shelf.knowledge.profiles),
        ("objective", shelf.objectives),
    ):
        if not isinstance(row[key], str) or row[key] not in known:
            reasons.append(f"there is no {key} {row[key]!r}; known are {', '.join(known)}")
    if reasons:
        raise Wrong(*reasons)


# Questions that are written by hand


def draft_written(row, shelf):
    """Draft a question of any kind from its written form; it rests on a claim and on facts."""
    hand = Hand(shelf)
    parts = BY_SLUG[row["kind"]].parts(row, hand)
    stem, claim = hand.text(row["stem"], "stem"), hand.claim(row.get("claim"))
    # After all texts, because they name facts too.
    facts = hand.facts_with(row.get("facts", []))
    if claim is None and shelf.author_vouches:
        claim = hand.claim_of(facts)
    return Draft(
        kind=row["kind"],
        profile=row["profile"],
        stem=stem,
        claim=claim,
        **parts,
        facts=facts,
    )


# Case studies


def is_case(row):
    return isinstance(row, dict) and row.get("kind") == CASE


def faults_of_case(row):
    """What is wrong with a case study beside its parts."""
    faults = [f"there is no key {key!r}" for key in row if key not in OF_CASE]
    faults += [f"{key} is missing" for key in sorted(OF_CASE - set(row))]
    if faults:
        return faults
    slug = row["slug"]
    if not isinstance(slug, str) or not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        faults.append(f"slug must be small letters, digits and hyphens, not {slug!r}")
    for key in ("title", "story"):
        if not isinstance(row[key], str) or not row[key].strip():
            faults.append(f"the {key} is missing")
    if not isinstance(row["parts"], list) or len(row["parts"]) < FEWEST_PARTS:
        faults.append(f"parts must be a list of at least {FEWEST_PARTS} questions")
    return faults


def read_case(row, draft, place, shelf):
    if draft.profile != row["profile"]:
        raise Wrong(f"its profile is {draft.profile}, but that of the case is {row['profile']}")
    hand = Hand(shelf)
    return DraftCase(
        slug=row["slug"],
        title=hand.text(row["title"], "title"),
        story=hand.text(row["story"], "story"),
        part=place,
        parts=len(row["parts"]),
    )

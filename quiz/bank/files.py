"""Reads questions from their files and drafts each, or says in words what is wrong with them."""

import re
from dataclasses import dataclass, replace

import yaml

from quiz.engine.kinds import BY_SLUG
from quiz.engine.publish_check import problems as publish_problems
from quiz.engine.question import Draft, DraftOption
from quiz.engine.scenario import scenario
from studyapp.decision import Refused, Unproved, Workload, decide
from studyapp.guide.files import ContentError
from studyapp.guide.prose import resolve, unknown_references

from .pictures import frozen_lanes

REQUIRED = {"slug", "kind", "profile", "objective", "difficulty", "stem"}
SCENARIO = {"workload", "answer"}
WRITTEN = {"options", "claim"}
KNOWN = REQUIRED | SCENARIO | WRITTEN | {"tags"}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80


@dataclass(frozen=True)
class Entry:
    """One question of a file: what it is filed under, and the draft of its version."""

    slug: str
    objective: str
    difficulty: int
    tags: tuple[str, ...]
    draft: Draft


@dataclass(frozen=True)
class Shelf:
    """What entries may name: the knowledge in force, objectives by slug, claims as plain data."""

    knowledge: object
    objectives: dict
    claims: dict


class Wrong(ValueError):
    """What is wrong with one entry, one reason each."""

    def __init__(self, *reasons):
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def read_questions(paths, shelf):
    """Draft every question of the files; ContentError names every problem found in any of them."""
    entries, problems, seen = [], [], {}
    for path in sorted(paths):
        try:
            rows = read_rows(path)
        except Wrong as error:
            problems += [f"{path.name}: {reason}" for reason in error.reasons]
            continue
        for number, row in enumerate(rows, start=1):
            label = f"{path.name}, {name_of(row, number)}"
            try:
                entry = read_entry(row, shelf)
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


def read_rows(path):
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Wrong(f"cannot be read as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(rows, list):
        raise Wrong("must be a list of questions")
    return rows


def name_of(row, number):
    slug = row.get("slug") if isinstance(row, dict) else None
    return f"entry {slug}" if isinstance(slug, str) else f"entry {number}"


def read_entry(row, shelf):
    """Check one mapping and draft its question."""
    if not isinstance(row, dict):
        raise Wrong("must be a mapping")
    refuse_keys(row)
    refuse_values(row, shelf)
    draft = draft_scenario(row, shelf) if "workload" in row else draft_written(row, shelf)
    reasons = publish_problems(draft)
    if reasons:
        raise Wrong(*reasons)
    return Entry(
        slug=row["slug"],
        objective=row["objective"],
        difficulty=row["difficulty"],
        tags=tuple(row.get("tags", ())),
        draft=draft,
    )


def refuse_keys(row):
    reasons = [f"there is no key {key!r}" for key in row if key not in KNOWN]
    reasons += [f"{key} is missing" for key in sorted(REQUIRED - set(row))]
    is_scenario, is_written = bool(SCENARIO & set(row)), bool(WRITTEN & set(row))
    if is_scenario == is_written:
        reasons.append("needs either workload and answer, or options")
    elif is_scenario:
        reasons += [f"{key} is missing" for key in sorted(SCENARIO - set(row))]
    elif "options" not in row:
        reasons.append("options is missing")
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


# Questions whose key the engine proves


def draft_scenario(row, shelf):
    profile = shelf.knowledge.profiles[row["profile"]]
    if row["kind"] != "single-choice":
        raise Wrong(f"a scenario question is of the kind single-choice, not {row['kind']}")
    if not isinstance(row["workload"], dict) or not row["workload"]:
        raise Wrong("workload must name traits and their values")
    try:
        workload = Workload.read(row["workload"], profile.traits)
        drafted = scenario(
            kind=row["kind"],
            profile=profile,
            stem=resolved(row["stem"], "stem", shelf),
            told=as_told(row["workload"]),
            workload=workload,
            others=shelf.knowledge.others(profile),
        )
    except Refused as error:
        raise Wrong(f"workload, {error}") from None
    except Unproved as error:
        raise Wrong(f"the engine cannot prove one answer: {error}") from None
    answer = drafted.certificate["answer"]
    if row["answer"] != answer:
        raise Wrong(f"the answer is given as {row['answer']}, but the engine proves {answer}")
    lanes = frozen_lanes(decide(Workload.of(proved(drafted, profile), profile.traits), profile))
    return replace(drafted, explanation=drafted.explanation | {"lanes": lanes})


def proved(draft, profile):
    """The workload of a certificate, read back."""
    return Workload.read(draft.certificate["workload"], profile.traits).values


def as_told(given):
    """The workload as the story tells it, as text that the wizard's address holds as well."""
    words = {True: "yes", False: "no"}
    return {
        key: words[value] if isinstance(value, bool) else str(value)
        for key, value in given.items()
        if value is not None
    }


# Questions that are written by hand


def draft_written(row, shelf):
    options = row["options"]
    if not isinstance(options, list) or not all(isinstance(each, dict) for each in options):
        raise Wrong("options must be a list of mappings")
    return Draft(
        kind=row["kind"],
        profile=row["profile"],
        stem=resolved(row["stem"], "stem", shelf),
        options=tuple(read_option(each, number, shelf) for number, each in enumerate(options, 1)),
        claim=read_claim(row.get("claim"), shelf),
    )


def read_option(given, number, shelf):
    place = f"option {number}"
    unknown = set(given) - {"key", "text", "correct", "stays_last", "feedback"}
    if unknown:
        raise Wrong(f"{place}: there is no key {', '.join(sorted(map(repr, unknown)))}")
    feedback = given.get("feedback")
    if not isinstance(feedback, dict) or not set(feedback) <= {"picked", "left"}:
        raise Wrong(f"{place} has no feedback; it needs picked and left")
    key = given.get("key", f"option-{number}")
    if not isinstance(key, str) or not SLUG.fullmatch(key):
        raise Wrong(f"{place}: key must be small letters, digits and hyphens, not {key!r}")
    return DraftOption(
        key=key,
        text=resolved(given.get("text"), f"{place}, text", shelf),
        is_correct=given.get("correct", False) is True,
        stays_last=given.get("stays_last", False) is True,
        feedback_picked=resolved(feedback.get("picked"), f"{place}, feedback if picked", shelf),
        feedback_left=resolved(feedback.get("left"), f"{place}, feedback if left", shelf),
    )


def read_claim(slug, shelf):
    if slug is None:
        return None
    if not isinstance(slug, str) or slug not in shelf.claims:
        raise Wrong(f"there is no claim {slug!r}")
    return shelf.claims[slug]


def resolved(text, place, shelf):
    """The text with its references to facts and figures put in; refused where one leads nowhere."""
    text = "" if text is None else str(text)
    unknown = unknown_references(text, shelf.knowledge.shown)
    if unknown:
        raise Wrong(f"{place} refers to [[{unknown[0]}]], which no file holds")
    return resolve(text, shelf.knowledge.shown).strip()

"""Looks over a question while it is written: what is wrong with it, and how learners will see it."""

import re
from dataclasses import asdict, dataclass, replace

from quiz.engine.draft import Draft, Wrong
from quiz.engine.kinds import BY_SLUG, Key
from quiz.engine.publish_check import problems as publish_problems
from quiz.engine.question import review, see
from quiz.engine.scoring import EXAM
from studyapp.decision import Refused, Unproved, Workload, prove

from .files import Entry, draft_entry
from .models import AnswerOption, NumberKey, QuestionVersion
from .pictures import picture_of
from .ways import ways
from .written import SCENARIO, sort_of

NUMBERED = re.compile(r"\boption (?:option-)?(\d+)\b")
UNWRITTEN = "…"
BLANK = ("text", "match", "misconception")


@dataclass(frozen=True)
class Problem:
    """Something that stands in the way of publishing, and the id of where it is."""

    words: str
    at: str = ""


@dataclass(frozen=True)
class Look:
    """What the page beside the form shows; nothing of it is kept."""

    problems: tuple[Problem, ...]
    entry: Entry | None = None
    ways: tuple = ()
    seen: object = None
    reviewed: object = None
    otherwise: tuple = ()
    picture: dict | None = None
    claim: dict | None = None
    stem: str = ""

    @property
    def is_ready(self):
        return self.entry is not None and not self.problems

    @property
    def answer(self):
        """The option that the engine proved."""
        draft = self.entry and self.entry.draft
        if draft is None or draft.certificate is None:
            return None
        return next(each.text for each in draft.options if each.is_correct)


def look(written, *, slug, shelf):
    """Draft what is written, as far as it goes, and say what is still wrong with it."""
    row, found = as_row(written, slug), missing(written)
    # What is missing is said once; with something in its place the rest can be looked over too.
    row.setdefault("stem", UNWRITTEN)
    row.setdefault("objective", next(iter(shelf.objectives)))
    options = ()
    if sort_of(written) == SCENARIO:
        profile = shelf.knowledge.profiles[written["profile"]]
        options = ways(row["workload"], profile) if row["workload"] else ()
        row["answer"] = answer_of(row["workload"], profile)
    try:
        entry = draft_entry(row, shelf)
    except Wrong as error:
        found += [placed(each) for each in error.reasons]
        return Look(tuple(found), ways=options, stem=written["stem"])
    found += [placed(each) for each in publish_problems(entry.draft)]
    return shown(entry, tuple(found), options)


def missing(written):
    """What every question needs, in words that name the field."""
    found = []
    if not written["stem"].strip():
        found.append(Problem("The question itself is missing.", "id_stem"))
    if not written["objective"]:
        found.append(Problem("Choose the objective that it tests.", "id_objective"))
    if "workload" in written and not written["workload"]:
        found.append(Problem("Say what the story tells of the workload.", "workload"))
    if sort_of(written) == "true-false" and written.get("answer") is None:
        found.append(Problem("Say whether the statement is true or false.", "id_answer_0"))
    return found


def as_row(written, slug):
    """The written form as a file would hold it: with its slug, without what was left empty."""
    row = {"slug": slug} | {key: value for key, value in written.items() if value not in ("", None)}
    if "options" in row:
        given = list(row["options"])
        while given and is_blank(given[-1]):
            given.pop()
        row["options"] = [
            {"key": f"option-{number}", **each} for number, each in enumerate(given, start=1)
        ]
    return row


def is_blank(option):
    said = (option.get("feedback") or {}).values()
    return not any([*(option.get(name) for name in BLANK), *said])


def answer_of(given, profile):
    """The option that is proved for a workload; "" where none is, which drafting then explains."""
    try:
        return prove(Workload.read(given, profile.traits), profile).answer
    except (Refused, Unproved):
        return ""


def placed(reason):
    """A reason in words, with the place that it speaks of."""
    number = NUMBERED.search(reason)
    words = NUMBERED.sub(r"option \1", reason)
    words = words[0].upper() + words[1:]
    return Problem(words if words.endswith(".") else f"{words}.", number and f"option-{number[1]}")


# As learners see it


def shown(entry, found, options):
    version, key = unsaved(entry.draft)
    kind, order = BY_SLUG[version.kind], [option.id for option in key.options]
    seen = see(version, key, order, rule=EXAM)
    whole = Look(found, entry, options, seen=seen, claim=version.claim, stem=version.stem)
    if found:
        return whole
    return replace(
        whole,
        reviewed=review(version, key, order, kind.correct_response(key)),
        otherwise=otherwise(entry.draft, kind),
        picture=picture_of(version),
    )


def unsaved(draft: Draft):
    """The version that would be published, and what its responses are held against."""
    version = QuestionVersion(
        kind=draft.kind,
        stem=draft.stem,
        feedback_right=draft.feedback_right,
        feedback_wrong=draft.feedback_wrong,
        model_answer=draft.model_answer,
        workload=draft.workload,
        certificate=draft.certificate,
        explanation=draft.explanation,
        claim=draft.claim,
    )
    options = tuple(
        AnswerOption(id=number, position=number, **asdict(option))
        for number, option in enumerate(draft.options, start=1)
    )
    return version, Key(options, draft.number and NumberKey(**asdict(draft.number)))


def otherwise(draft, kind):
    """What is said to whoever answers wrongly, as (text of the option or "", words)."""
    if not kind.explains_each:
        return (("", draft.feedback_wrong),) if draft.feedback_wrong else ()
    right = not kind.says_by_pick
    return tuple(
        (each.text, each.feedback_left if right or each.is_correct else each.feedback_picked)
        for each in kind.asked(draft.options)
    )

"""The written form of a question, as the bank's files have it: from a version, and held side by side."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from quiz.engine.kinds import BY_SLUG

SCENARIO = "scenario"
NUMBERED = re.compile(r"option-\d+")
# Beyond this many words two texts are shown whole, without what differs inside them.
MOST_WORDS = 3000


def sort_of(written):
    """How the question is written: the slug of its kind, or as a scenario."""
    return SCENARIO if "workload" in written else written["kind"]


def written_of(version):
    """The written form of a version; where it was not kept, made from its frozen texts."""
    kept, question = version.written, version.question
    written = dict(kept) if kept else from_frozen(version)
    written.pop("answer" if "workload" in written else "slug", None)
    written.pop("slug", None)
    return written | {
        "objective": question.objective.slug if question.objective else "",
        "difficulty": question.difficulty,
        "tags": list(question.tags),
    }


def from_frozen(version):
    row = {
        "kind": version.kind,
        "profile": version.profile.slug,
        "stem": version.stem,
        "claim": (version.claim or {}).get("slug", ""),
        "facts": sorted(fact.slug for fact in version.facts.all()),
    }
    if version.workload is not None:
        return row | {"workload": version.workload}
    kind, options = BY_SLUG[version.kind], list(version.options.all())
    said = {"right": version.feedback_right, "wrong": version.feedback_wrong}
    number = getattr(version, "number_key", None)
    if "checklist" in kind.wanted:
        points = [option.text for option in options]
        return row | {"model_answer": version.model_answer, "checklist": points}
    if number:
        answer = {"amount": f"{number.amount.normalize():f}", "unit": number.unit}
        tolerance = f"{number.tolerance.normalize():f}"
        return row | {"answer": answer, "tolerance": tolerance, "feedback": said}
    if "answer" in kind.wanted:
        right = any(option.is_correct and option.key == "true" for option in options)
        return row | {"answer": right, "feedback": said}
    row["options"] = [from_option(each, kind) for each in options if each.text]
    if "spare" in kind.wanted:
        row["spare"] = [each.match for each in options if not each.text]
    return row


def from_option(option, kind):
    every = {
        "key": option.key,
        "text": option.text,
        "correct": option.is_correct,
        "rank": option.rank,
        "match": option.match,
        "misconception": option.misconception,
        "stays_last": option.stays_last,
    }
    row = {name: value for name, value in every.items() if name in kind.option_keys}
    row["feedback"] = {"picked": option.feedback_picked, "left": option.feedback_left}
    return row


# Two of them side by side


@dataclass(frozen=True)
class Difference:
    """One place where two written forms differ: its name, and both texts in (how, text) pieces."""

    place: str
    one: tuple
    other: tuple


def differences(one, other, names):
    """Every place where two written forms differ, in their order; `names` are those of the traits."""
    first, second = dict(places(one, names)), dict(places(other, names))
    return [
        Difference(place, *marked(first.get(place, ""), second.get(place, "")))
        for place in dict.fromkeys([*first, *second])
        if first.get(place, "") != second.get(place, "")
    ]


def places(written, names):
    """Each text of a written form with the name of its place."""
    for key in ("stem", "objective", "difficulty", "profile", "claim"):
        yield key.capitalize(), str(written.get(key) or "")
    yield "Tags", ", ".join(written.get("tags") or ())
    yield "Facts", ", ".join(written.get("facts") or ())
    for key, value in (written.get("workload") or {}).items():
        yield f"Workload: {names.get(key, key)}", as_text(value)
    for number, option in enumerate(written.get("options") or (), start=1):
        for key in ("text", "correct", "rank", "match", "misconception", "stays_last"):
            if key in option:
                yield f"Option {number}: {key.replace('_', ' ')}", as_text(option[key])
        for key, text in (option.get("feedback") or {}).items():
            yield f"Option {number}: feedback if {key}", as_text(text)
    answer = written.get("answer")
    for key, value in answer.items() if isinstance(answer, dict) else [("", answer)]:
        yield f"Answer {key}".strip(), as_text(value)
    yield "Tolerance", as_text(written.get("tolerance"))
    for key, text in (written.get("feedback") or {}).items():
        yield f"Feedback if {key}", as_text(text)
    yield "Model answer", as_text(written.get("model_answer"))
    for key in ("spare", "checklist"):
        yield key.capitalize(), "\n".join(as_text(each) for each in written.get(key) or ())


def as_text(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def marked(one, other):
    """Both texts in pieces, each of them the same in the other text or not."""
    first, second = re.findall(r"\s+|[^\s]+", one), re.findall(r"\s+|[^\s]+", other)
    if max(len(first), len(second)) > MOST_WORDS:
        return (("differs", one),), (("differs", other),)
    left, right = [], []
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        how = "same" if tag == "equal" else "differs"
        left.append((how, "".join(first[a:b])))
        right.append((how, "".join(second[c:d])))
    return tuple(p for p in left if p[1]), tuple(p for p in right if p[1])

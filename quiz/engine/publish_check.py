"""Whether a question may be published: everything that is wrong with a draft, in words."""

import re

from .kinds import BY_SLUG

# Letters are given when a question is shown, so no text may rely on them or on the order.
LETTER = re.compile(
    r"\b(?i:option|answer|choice)s?\s+\(?[A-H]\b(?![/'’])"
    r"|^\W*(?i:both\s+)?[A-H](?:,\s*[A-H])*,?\s+(?:and|or)\s+[A-H]\W*$"
    r"|\b(?i:all|none|both|any|some) (?i:of the above)\b"
)
# As long as a row holds them, and as a phone can show them.
LONGEST = {"key": 40, "text": 300, "match": 300, "misconception": 300}
LONGEST_TITLE = 120


def problems(draft):
    """Why this draft may not be published; [] where it may."""
    kind = BY_SLUG[draft.kind]
    found = [] if draft.stem.strip() else ["the stem is missing"]
    found += kind.problems(draft)
    for option in kind.asked(draft.options):
        found += incomplete(f"option {option.key}", texts_of(option, kind.explains_each))
    if not kind.explains_each and not kind.is_self_graded:
        found += incomplete(
            "the question",
            {
                "feedback if right": draft.feedback_right,
                "feedback if wrong": draft.feedback_wrong,
            },
        )
    found += [
        f"{place} names an option by its letter or place, but options are shuffled"
        for place, text in every_text(draft)
        if LETTER.search(text)
    ]
    found += [
        f"option {option.key[: LONGEST['key']]}: the {part} is longer than {most} characters"
        for option in draft.options
        for part, most in LONGEST.items()
        if len(getattr(option, part)) > most
    ]
    if draft.case and len(draft.case.title) > LONGEST_TITLE:
        found.append(f"the title of the case is longer than {LONGEST_TITLE} characters")
    found += twice("text", [option.text.strip().lower() for option in draft.options])
    found += twice("key", [option.key for option in draft.options])
    if not draft.certificate and not draft.claim:
        found.append("it rests on nothing: there is neither a proof nor a claim with its source")
    elif draft.claim and not draft.claim["sources"]:
        found.append(f"its claim {draft.claim['slug']} names no source")
    return found


def texts_of(option, explains_each):
    texts = {"text": option.text}
    if explains_each:
        texts |= {
            "feedback if picked": option.feedback_picked,
            "feedback if left": option.feedback_left,
        }
    return texts


def incomplete(name, texts):
    return [f"{name} has no {part}" for part, text in texts.items() if not text.strip()]


def every_text(draft):
    """All that people read of a draft, each with the words for its place."""
    yield "the stem", draft.stem
    for option in draft.options:
        for part, text in (texts_of(option, True) | {"match": option.match}).items():
            yield f"option {option.key}: the {part}", text
    yield "the feedback if right", draft.feedback_right
    yield "the feedback if wrong", draft.feedback_wrong
    yield "the model answer", draft.model_answer


def twice(part, values):
    return [f"two options have the same {part}: {each!r}" for each in repeated(values)]


def repeated(values):
    return sorted({each for each in values if each and values.count(each) > 1})

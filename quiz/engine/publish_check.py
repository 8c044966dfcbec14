"""Whether a question may be published: everything that is wrong with a draft, in words."""

import re

from .kinds import BY_SLUG

# Letters are given when a question is shown, so no text may rely on them or on the order.
LETTER = re.compile(
    r"\b(?i:option|answer|choice)s?\s+\(?[A-H]\b(?![/'’])"
    r"|^\W*(?i:both\s+)?[A-H](?:,\s*[A-H])*,?\s+(?:and|or)\s+[A-H]\W*$"
    r"|\b(?i:all|none|both|any|some) (?i:of the above)\b"
)


def problems(draft):
    """Why this draft may not be published; [] where it may."""
    found = [] if draft.stem.strip() else ["the stem is missing"]
    found += BY_SLUG[draft.kind].problems(draft.options)
    for option in draft.options:
        name = f"option {option.key}"
        texts = {
            "text": option.text,
            "feedback if picked": option.feedback_picked,
            "feedback if left": option.feedback_left,
        }
        found += [f"{name} has no {part}" for part, text in texts.items() if not text.strip()]
        found += [
            f"{name}: the {part} names an option by its letter or place, but options are shuffled"
            for part, text in texts.items()
            if LETTER.search(text)
        ]
    if LETTER.search(draft.stem):
        found.append("the stem names an option by its letter or place, but options are shuffled")
    found += twice("text", [option.text.strip().lower() for option in draft.options])
    found += twice("key", [option.key for option in draft.options])
    return found


def twice(part, values):
    return [f"two options have the same {part}: {each!r}" for each in repeated(values)]


def repeated(values):
    return sorted({each for each in values if each and values.count(each) > 1})

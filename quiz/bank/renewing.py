"""Questions that facts overtook: which they are, and how one is published anew by the facts in force."""

from django.db import transaction

from .actions import claims, fault_in, fault_in_written, shelf_of
from .authoring import publish_own, replace_draft
from .looking import look
from .models import QuestionVersion
from .starting import taken_from

LOOK_FIRST = (
    "By the facts of today it needs a look first: its text is in the draft, to read and to publish."
)


def renewed_words(version):
    return (
        f"Published anew as version {version.number}. A set that is published keeps the wording it "
        "has, until you take over the newest wordings there."
    )


def current_of(questions):
    """The current version of each of these questions, with what its text is made of."""
    rows = QuestionVersion.objects.filter(is_current=True, question__in=questions)
    rows = rows.select_related("question", "profile", "number_key", "case")
    return {each.question_id: each for each in rows.prefetch_related("options", "facts")}


def fault(version, held, known):
    """What does not hold any more of a version, in words, or ""."""
    if version.is_proved:
        return fault_in(version, held)
    return fault_in_written(version, known)


def overtaken_by_facts(questions, held):
    """The current versions of these questions that facts overtook, each with why in words."""
    current = current_of(questions)
    known = claims() if current else {}
    found = [(version, fault(version, held, known)) for version in current.values()]
    return [(version, words) for version, words in found if words]


@transaction.atomic
def renew(*, question, held, by, now):
    """Publish a question's text anew as the facts in force read it, where its answer stays the same.

    Returns the new version; None where its author has to look first: the text is in the draft then.
    What the draft held is set aside.
    """
    shelf = shelf_of(held, author_vouches=True)
    version = current_of([question.pk]).get(question.pk)
    if version is None:
        return None
    written = taken_from(version, shelf)
    draft = replace_draft(question=question, written=written, by=by, now=now)
    seen = look(written, slug=question.slug, shelf=shelf)
    if not seen.is_ready or key_of(seen.entry.draft) != key_of(version.key_held):
        return None
    return publish_own(question=question, entry=seen.entry, facts=shelf.facts, draft=draft, by=by)


def key_of(held):
    """What makes an answer right, of a version or of a draft, to be held against each other."""
    number = held.number
    options = sorted(held.options, key=lambda option: option.key)
    return (
        [(each.key, each.is_correct, each.rank, each.match) for each in options],
        number and (number.amount, number.unit, number.tolerance),
    )

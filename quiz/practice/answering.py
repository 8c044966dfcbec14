"""What is posted at a question, read into what was given; and the form as it has to be shown."""

from quiz.engine.kinds import BY_SLUG, Unreadable

from .actions import Given

MOST_FIELDS, LONGEST = 40, 20_000
FIELDS = ("option", "amount", "text")
PREFIXES = ("place-", "match-")
TYPED = ("amount", "text")


def read_given(position, post, sending, key, *, hints=0):
    """What a form gives at a position; Unreadable where no browser would have sent it.

    An answer that cannot be read yet is kept as the form was left, with the words that say why.
    Returns Given and these words.
    """
    left, words = fields_of(post), ()
    try:
        response = BY_SLUG[position.version.kind].read(left, key)
    except Unreadable as error:
        response, words = None, error.args
    given = Given(
        response=response,
        unfinished=None if response is not None or is_empty(left) else left,
        confidence=sending.confidence,
        is_flagged=sending.is_flagged,
        hints=max(position.hints, hints),
    )
    return given, words


def fields_of(post):
    """The fields of the answer itself; Unreadable where there are more than a question can have."""
    left = {
        name: texts for name, texts in post.items() if name in FIELDS or name.startswith(PREFIXES)
    }
    size = sum(len(name) + len(text) for name, texts in left.items() for text in texts)
    if len(left) > MOST_FIELDS or size > LONGEST:
        raise Unreadable(
            "That is more than this question can hold. Shorten it, then send it again."
        )
    if any("\0" in text for texts in left.values() for text in texts):
        raise Unreadable("The text holds signs that cannot be kept. Remove them.")
    return left


def is_empty(left):
    return not any(text.strip() for texts in left.values() for text in texts)


def typed_in_vain(position, post, key):
    """What somebody typed that is not what is kept, so that it is offered back where it is not taken."""
    kept = form_as_left(position, key)
    typed = ((name, "".join(post.get(name, [])).strip()) for name in TYPED)
    texts = (text for name, text in typed if text != "".join(kept.get(name, [])).strip())
    return next((text for text in texts if text), "")


def form_as_left(position, key):
    """The fields of the answer as they were saved last."""
    if position.unfinished is not None:
        return position.unfinished
    if position.response is None:
        return {}
    return BY_SLUG[position.version.kind].fields(position.response, key)

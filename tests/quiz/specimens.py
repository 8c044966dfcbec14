"""One whole question of each kind, for every test that runs over all kinds."""

from decimal import Decimal

from quiz.engine.draft import Draft, DraftNumber, DraftOption

CLAIM = {
    "slug": "claim-1",
    "title": "A claim",
    "verdict": "agrees",
    "sources": [{"title": "The page", "url": "https://docs.aws.amazon.com/page"}],
    "place": "Quotas",
    "as_of": "2026-10-01",
}


def option(key, text="", **values):
    """An option with its feedback; a spare has neither text nor feedback."""
    said = {"feedback_picked": f"Picked {key}.", "feedback_left": f"Left {key}."} if text else {}
    return DraftOption(key, text, **said | values)


def draft(kind, *options, **values):
    return Draft(kind, "guide", "What does the guide say?", options, claim=CLAIM, **values)


SAID = {"feedback_right": "Well done.", "feedback_wrong": "Look again."}
SPECIMENS = {
    each.kind: each
    for each in (
        draft(
            "single-choice",
            option("real-time", "Real-time"),
            option("serverless", "Serverless", is_correct=True),
            option("batch", "Batch transform"),
        ),
        draft(
            "multiple-response",
            option("real-time", "Real-time"),
            option("serverless", "Serverless", is_correct=True),
            option("asynchronous", "Asynchronous", is_correct=True),
            option("batch", "Batch transform"),
        ),
        draft(
            "ordering",
            option("first", "Upload", rank=1),
            option("second", "Wait", rank=2),
            option("third", "Fetch", rank=3),
            option("never", "Answer on the call", rank=None),
        ),
        draft(
            "matching",
            option("real-time", "Real-time", match="6 MB"),
            option("asynchronous", "Asynchronous", match="1 GB"),
            option("batch", "Batch transform", match="Unlimited"),
            option("spare-1", match="100 MB"),
        ),
        draft(
            "true-false",
            DraftOption("true", "True", is_correct=False, stays_last=True),
            DraftOption("false", "False", is_correct=True, stays_last=True),
            **SAID,
        ),
        draft("number", number=DraftNumber(Decimal(6), "MB"), **SAID),
        draft(
            "open",
            DraftOption("point-1", "It names the limit."),
            DraftOption("point-2", "It names the source."),
            model_answer="The limit is *stated*.",
        ),
    )
}

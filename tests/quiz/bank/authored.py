"""One whole question of each sort in the written form, and the form in which it is posted."""

from quiz.bank.forms import posted
from quiz.bank.written import sort_of
from tests.pages import routes

ROUTES = [route for route in routes() if route.name.startswith("bank:")]

BASE = {
    "profile": "guide",
    "objective": "compare-options",
    "difficulty": 2,
    "tags": ["limits"],
    "claim": "claim-43-checkpoint-scale-to-zero",
    "facts": [],
}
SAID = {"right": "Well done.", "wrong": "Look again."}


def option(text, **values):
    return {"text": text, "feedback": {"picked": f"Took {text}.", "left": f"Left {text}."}} | values


WRITTEN = {
    "scenario": BASE
    | {
        "kind": "single-choice",
        "stem": "A shop asks a model now and then. Which option serves it best?",
        "claim": "",
        "workload": {
            "payload_mb": "20 KB",
            "processing_s": "30 ms",
            "latency_ms": "80",
            "reply": "same-call",
            "traffic": "steady",
        },
    },
    "single-choice": BASE
    | {
        "kind": "single-choice",
        "stem": "Which of them reaches zero by itself?",
        "options": [
            option("Serverless", correct=True),
            option("Real-time", misconception="Real time scales to zero by itself"),
            option("Both together"),
        ],
    },
    "multiple-response": BASE
    | {
        "kind": "multiple-response",
        "stem": "Which of them can cost nothing while idle?",
        "options": [
            option("Serverless", correct=True),
            option("Asynchronous", correct=True),
            option("Real-time"),
        ],
    },
    "ordering": BASE
    | {
        "kind": "ordering",
        "stem": "Put the steps in order.",
        "options": [
            option("Upload", rank=1),
            option("Wait", rank=2),
            option("Call and hold", rank=None),
        ],
    },
    "matching": BASE
    | {
        "kind": "matching",
        "stem": "Match each with its way to reply.",
        "options": [
            option("Real-time", match="On the call"),
            option("Batch transform", match="Into a bucket"),
        ],
        "spare": ["By post"],
    },
    "true-false": BASE
    | {
        "kind": "true-false",
        "stem": "Batch transform needs a standing endpoint.",
        "answer": False,
        "feedback": SAID,
    },
    "number": BASE
    | {
        "kind": "number",
        "stem": "How many hours has the window of this story?",
        "answer": {"amount": "3", "unit": "h"},
        "tolerance": "",
        "feedback": SAID,
    },
    "open": BASE
    | {
        "kind": "open",
        "stem": "Say why.",
        "model_answer": "Because it is **idle**.",
        "checklist": ["Says that it is idle.", "Says what it costs."],
    },
}


def fields(written, **changes):
    """The form that the editor would post for a written form, with some fields changed."""
    data = posted(written, sort_of(written))
    sent = {name: data.getlist(name) for name in data}
    return sent | changes

"""What an instructor does with quiz sets: every view starts at the sets of whoever asks."""

from .coverage import coverage
from .join import code, join_set
from .joining import joining
from .look import look
from .overview import index, quiz_set
from .people import member, people
from .preview import preview
from .questions import questions
from .rules import rules

__all__ = [
    "code",
    "coverage",
    "index",
    "join_set",
    "joining",
    "look",
    "member",
    "people",
    "preview",
    "questions",
    "quiz_set",
    "rules",
]

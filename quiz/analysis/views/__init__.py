"""What an instructor sees of a class while a set runs, and afterwards."""

from .board import board, reopen
from .files import answers_file, learners_file, questions_file
from .learner import learner
from .question import question
from .regrade import regrade
from .results import questions, results

__all__ = [
    "answers_file",
    "board",
    "learner",
    "learners_file",
    "question",
    "questions",
    "questions_file",
    "regrade",
    "reopen",
    "results",
]

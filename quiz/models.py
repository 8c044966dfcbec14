"""Gathers the models of all rooms, because Django looks for them here."""

from .bank.models import AnswerOption, BankEdition, Question, QuestionVersion
from .practice.models import Position, PracticeSession, Save

__all__ = [
    "AnswerOption",
    "BankEdition",
    "Position",
    "PracticeSession",
    "Question",
    "QuestionVersion",
    "Save",
]

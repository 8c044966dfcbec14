"""Gathers the models of all rooms, because Django looks for them here."""

from .bank.models import AnswerOption, BankEdition, CaseStudy, NumberKey, Question, QuestionVersion
from .practice.models import Position, PracticeSession, Save

__all__ = [
    "AnswerOption",
    "BankEdition",
    "CaseStudy",
    "NumberKey",
    "Position",
    "PracticeSession",
    "Question",
    "QuestionVersion",
    "Save",
]

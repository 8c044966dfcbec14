"""Gathers the models of all rooms, because Django looks for them here."""

from .bank.models import AnswerOption, BankEdition, CaseStudy, NumberKey, Question, QuestionVersion
from .practice.models import ExamForm, Pick, Position, PracticeSession, ResumeLink, Save

__all__ = [
    "AnswerOption",
    "BankEdition",
    "CaseStudy",
    "ExamForm",
    "NumberKey",
    "Pick",
    "Position",
    "PracticeSession",
    "Question",
    "QuestionVersion",
    "ResumeLink",
    "Save",
]

"""Gathers the models of all rooms, because Django looks for them here."""

from .analysis.models import Regrade, RegradeChange
from .bank.models import (
    AnswerOption,
    BankEdition,
    CaseStudy,
    NumberKey,
    Question,
    QuestionDraft,
    QuestionVersion,
    StoryBook,
)
from .practice.models import ExamForm, Pick, Position, PracticeSession, Save
from .sets.models import Member, QuizSet, SetEvent, SetItem

__all__ = [
    "AnswerOption",
    "BankEdition",
    "CaseStudy",
    "ExamForm",
    "Member",
    "NumberKey",
    "Pick",
    "Position",
    "PracticeSession",
    "Question",
    "QuestionDraft",
    "QuestionVersion",
    "QuizSet",
    "Regrade",
    "RegradeChange",
    "Save",
    "SetEvent",
    "SetItem",
    "StoryBook",
]

"""The guide's tables: what the engine reads (knowledge) and what the pages tell (content)."""

from .content import (
    Checkpoint,
    Objective,
    OutlineItem,
    Pair,
    Section,
    Step,
    Term,
    WorkedExample,
)
from .edition import Edition
from .knowledge import BoxRow, Claim, Fact, Figure, MuddyPoint, Profile, Source, Subject, Trait

__all__ = [
    "BoxRow",
    "Checkpoint",
    "Claim",
    "Edition",
    "Fact",
    "Figure",
    "MuddyPoint",
    "Objective",
    "OutlineItem",
    "Pair",
    "Profile",
    "Section",
    "Source",
    "Step",
    "Subject",
    "Term",
    "Trait",
    "WorkedExample",
]

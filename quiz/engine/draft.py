"""A question as it is written, before it is published; and what is wrong with one that cannot be."""

from dataclasses import dataclass
from decimal import Decimal


class Wrong(ValueError):
    """What is wrong with something that was written, one reason each."""

    def __init__(self, *reasons):
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class DraftOption:
    """One part of a question as it will be published; `key` says what it stands for.

    It is an option to pick, an item with its rank (None: it does not belong), a prompt with its
    match, a match to spare (without a text), or a point of a checklist.
    """

    key: str
    text: str
    is_correct: bool = False
    feedback_picked: str = ""
    feedback_left: str = ""
    stays_last: bool = False
    rank: int | None = None
    match: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class DraftNumber:
    """The amount that is asked for, in the unit in which a bare number is read."""

    amount: Decimal
    unit: str
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True)
class DraftCase:
    """The story that a question is a part of, and which part it is of how many."""

    slug: str
    title: str
    story: str
    part: int
    parts: int


@dataclass(frozen=True)
class Draft:
    """Everything one version of a question will hold, before it is published.

    `certificate` is what was proved and which facts it rests on; `explanation` is what a review
    shows of it. Both are plain data, as is `claim`. `facts` are slugs with their revisions.
    """

    kind: str
    profile: str
    stem: str
    options: tuple[DraftOption, ...] = ()
    number: DraftNumber | None = None
    feedback_right: str = ""
    feedback_wrong: str = ""
    model_answer: str = ""
    workload: dict | None = None
    certificate: dict | None = None
    explanation: dict | None = None
    claim: dict | None = None
    facts: tuple[tuple[str, int], ...] = ()
    case: DraftCase | None = None

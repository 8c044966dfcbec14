"""All kinds of question: a kind is one file here, one template and one line in this list."""

from .base import Grade, Key, Kind, Unreadable, Verdict
from .matching import Matching
from .multiple_response import MultipleResponse
from .number import Number
from .open_answer import Open
from .ordering import Ordering
from .single_choice import SingleChoice
from .true_false import TrueFalse

KINDS = [
    SingleChoice(),
    MultipleResponse(),
    Ordering(),
    Matching(),
    TrueFalse(),
    Number(),
    Open(),
]
BY_SLUG = {kind.slug: kind for kind in KINDS}

__all__ = ["BY_SLUG", "KINDS", "Grade", "Key", "Kind", "Unreadable", "Verdict"]

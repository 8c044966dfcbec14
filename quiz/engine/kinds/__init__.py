"""All kinds of question: a kind is one file here, one template and one line in this list."""

from .base import Grade, Kind, Unreadable
from .single_choice import SingleChoice

KINDS = [
    SingleChoice(),
]
BY_SLUG = {kind.slug: kind for kind in KINDS}

__all__ = ["BY_SLUG", "KINDS", "Grade", "Kind", "Unreadable"]

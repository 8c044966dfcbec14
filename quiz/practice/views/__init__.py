"""The pages of practice: start a session, one question a page, the result."""

from .index import index
from .near import near
from .question import question
from .result import result

__all__ = ["index", "near", "question", "result"]

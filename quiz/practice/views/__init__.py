"""The pages of practice: start a session, one question a page, the result."""

from .again import again
from .exam import exam
from .index import index
from .near import near
from .question import question
from .result import result, result_file
from .review import review
from .trap import trap
from .tries import tries

__all__ = [
    "again",
    "exam",
    "index",
    "near",
    "question",
    "result",
    "result_file",
    "review",
    "trap",
    "tries",
]

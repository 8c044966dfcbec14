"""The pages of practice: start a session, one question a page, the result."""

from .exam import exam
from .index import index
from .missed import missed
from .near import near
from .question import question
from .result import result, result_file

__all__ = ["exam", "index", "missed", "near", "question", "result", "result_file"]

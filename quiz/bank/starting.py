"""The written form that a question begins with: empty, or taken from another."""

from quiz.engine.kinds import BY_SLUG

from .forms import Editor
from .written import NUMBERED, SCENARIO, written_of

ROWS = 4


def empty(sort, profile):
    """A question of this sort in which nothing is written yet."""
    written = {
        "kind": "single-choice" if sort == SCENARIO else sort,
        "profile": profile,
        "stem": "",
        "objective": "",
        "difficulty": 1,
        "tags": [],
        "claim": "",
        "facts": [],
    }
    if sort == SCENARIO:
        return written | {"workload": {}}
    kind = BY_SLUG[sort]
    if "options" in kind.wanted:
        written["options"] = [{"text": "", "feedback": {}} for _ in range(ROWS)]
    return written


def taken_from(version, shelf):
    """The written form of a version as the editor keeps it; numbered keys are given anew."""
    written = written_of(version)
    options = [dict(each) for each in written.get("options") or ()]
    for option in options:
        if NUMBERED.fullmatch(option.get("key", "")):
            del option["key"]
    if options:
        written["options"] = options
    editor = Editor.of(written, shelf)
    # What the guide gave up since cannot be chosen again, and is left for its author to replace.
    return editor.written() if editor.is_keepable() else written

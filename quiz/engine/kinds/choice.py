"""What all kinds share in which options are picked."""

from dataclasses import dataclass

from .base import Key, Kind, Verdict

PICKED_RIGHT = Verdict("picked-right", "You picked this: right", True, True)
PICKED_WRONG = Verdict("picked-wrong", "You picked this: wrong", False, True)
MISSED = Verdict("missed", "Missed: this is right", False, False)
RIGHTLY_LEFT = Verdict("rightly-left", "Rightly left", True, False)


@dataclass(frozen=True)
class Judged:
    """An option as a later decision has it: all that grading asks of one."""

    id: int
    is_correct: bool


def with_right(key, right):
    """The key as if exactly these options (ids) were right."""
    return Key(tuple(Judged(option.id, option.id in right) for option in key.options))


class Choice(Kind):
    """Options are picked, and each of them gets one of four verdicts."""

    is_pick = True
    has_rivals = True

    def fields(self, response, key):
        return {"option": [str(each) for each in self.summarise(response)]}

    def verdicts(self, response, key):
        picked = self.summarise(response)
        return {option.id: verdict(option, option.id in picked) for option in key.options}

    def told(self, response, key):
        picked = self.summarise(response)
        return tuple(option.text for option in key.options if option.id in picked)


def verdict(option, is_picked):
    if is_picked:
        return PICKED_RIGHT if option.is_correct else PICKED_WRONG
    return MISSED if option.is_correct else RIGHTLY_LEFT

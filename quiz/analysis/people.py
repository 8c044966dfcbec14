"""Who took a set, with all tries of each, and which of them counts."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from quiz.engine.scoring import Score
from quiz.engine.timing import Phase, phase
from quiz.practice.models import PracticeSession
from quiz.sets.models import Member

FIRST, BEST, LAST = "first", "best", "last"


@dataclass(frozen=True)
class Try:
    """One try as its row has it."""

    pk: int
    learner: int
    number: int
    started_at: datetime
    deadline: datetime | None
    finished_at: datetime | None
    points: int | None
    points_of: int | None
    scored: int | None

    @property
    def is_finished(self):
        return self.finished_at is not None

    @property
    def score(self):
        return Score(Fraction(self.points, self.points_of), self.scored)

    @property
    def share(self):
        """The score as a share, so that tries through different questions compare."""
        return self.score.share

    @property
    def time(self):
        return self.finished_at - self.started_at

    def state(self, now):
        if self.is_finished:
            return "finished"
        where = phase(now=now, deadline=self.deadline, finished_at=None)
        return "answering" if where is Phase.OPEN else "time is over, being closed"


COLUMNS = (
    "pk",
    "learner",
    "try_number",
    "started_at",
    "deadline",
    "finished_at",
    "points",
    "points_of",
    "scored",
)

# What a name is made of.
NAMES = ("name", "quiz_set", "learner__erased_at", "learner__user__name", "learner__user__email")


@dataclass(frozen=True)
class Person:
    """One member with every try, in order."""

    member: Member
    tries: tuple[Try, ...]

    @property
    def name(self):
        return self.member.shown

    @property
    def finished(self):
        return [each for each in self.tries if each.is_finished]

    @property
    def first(self):
        return next(iter(self.finished), None)

    def counting(self, which):
        """The try that counts: the first, best or last that is finished; None where none is."""
        done = self.finished
        if not done:
            return None
        if which == BEST:
            return max(done, key=lambda each: each.share)
        return done[-1] if which == LAST else done[0]

    def state(self, now):
        """Where the latest try stands."""
        return self.tries[-1].state(now) if self.tries else "not started"


def people_of(quiz_set):
    """Everybody who takes part, in two queries whatever the size of the class."""
    members = quiz_set.members.taking_part().select_related("learner__user").only(*NAMES)
    held = {}
    tries = PracticeSession.objects.filter(quiz_set=quiz_set).order_by("try_number")
    for row in tries.values_list(*COLUMNS):
        held.setdefault(row[1], []).append(Try(*row))
    return [Person(member, tuple(held.get(member.learner_id, ()))) for member in members]


def names_by_learner(quiz_set, learners=None):
    """What an instructor calls everybody (or these learners), removed or not, by learner."""
    members = quiz_set.members.select_related("learner__user").only(*NAMES)
    if learners is not None:
        members = members.filter(learner__in=learners)
    return {member.learner_id: member.shown for member in members}

"""What a session may draw from, by the choices of whoever starts it."""

from dataclasses import dataclass, replace

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When

from quiz.bank.models import QuestionVersion
from quiz.engine.kinds import KINDS
from quiz.engine.mix import mixed
from quiz.engine.shuffle import together, unseen_first

from .models import Position

POOLS = (("scenarios", "Scenarios only"), ("everything", "Every kind of question"))
EMPTY = {
    "scenarios": "There are no scenario questions for these facts yet.",
    "everything": "There are no questions for these facts yet.",
}
# Ways of drawing that order the questions and leave none out.
TAKES_ALL = ("unseen", "mix")
# By choice: its widest value, and what to do to get there.
WIDER = {
    "objectives": ((), "tick more objectives"),
    "kinds": ((), "tick more kinds"),
    "difficulty": ("", "choose any difficulty"),
    "draw": ("all", "draw from all of them"),
    "pool": ("everything", "take every kind of question"),
}


@dataclass(frozen=True)
class Choices:
    """Which questions are wanted; an empty choice leaves out none."""

    pool: str = "scenarios"
    objectives: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    difficulty: str = ""
    draw: str = "unseen"

    @property
    def narrowed(self):
        """The names of the choices that leave questions out."""
        return [
            name
            for name, (widest, _) in WIDER.items()
            if getattr(self, name) != widest and not (name == "draw" and self.draw in TAKES_ALL)
        ]


@dataclass(frozen=True)
class Offer:
    """What can be chosen for a profile: pools with their numbers, objectives and kinds."""

    pools: list[tuple[str, str, int]]
    objectives: list[tuple[str, str]]
    kinds: list[tuple[str, str]]

    @property
    def total(self):
        """How many questions there are in all."""
        return max((number for *_, number in self.pools), default=0)


def offer(profile):
    """What can be chosen, counted in one query; nothing is offered that has no question."""
    objective = ("question__objective__position", "question__objective__slug")
    rows = (
        QuestionVersion.objects.published()
        .for_profile(profile)
        .order_by()
        .values_list(*objective, "question__objective__text", "kind")
        .annotate(
            scenarios=Count("pk", filter=Q(workload__isnull=False, case=None)),
            everything=Count("pk"),
        )
    )
    objectives, kinds, counted = set(), set(), {"scenarios": 0, "everything": 0}
    for position, slug, text, kind, scenarios, everything in rows:
        kinds.add(kind)
        if slug:
            objectives.add((position, slug, text))
        counted["scenarios"] += scenarios
        counted["everything"] += everything
    return Offer(
        pools=[(value, label, counted[value]) for value, label in POOLS if counted[value]],
        objectives=[(slug, text) for _, slug, text in sorted(objectives)],
        kinds=[(kind.slug, kind.label) for kind in KINDS if kind.slug in kinds],
    )


def pool_of(choices, profile, mine):
    """All versions that fit; `mine` is the condition for positions of whoever chooses."""
    found = QuestionVersion.objects.published().for_profile(profile)
    if choices.pool == "scenarios":
        found = found.scenarios().alone()
    if choices.objectives:
        found = found.filter(question__objective__slug__in=choices.objectives)
    if choices.kinds:
        found = found.filter(kind__in=choices.kinds)
    if choices.difficulty:
        found = found.filter(question__difficulty=choices.difficulty)
    if choices.draw == "missed":
        found = found.annotate(was_missed=Subquery(last_missed(mine))).filter(was_missed=True)
    if choices.draw == "flagged":
        found = found.annotate(is_flagged=Subquery(last_flag(mine))).filter(is_flagged=True)
    return found


def drawn(pool, choices, mine, *, count, seed):
    """The ids of what a session takes from a pool, in its order."""
    units = units_of(pool)
    if choices.draw == "mix":
        return mixed(groups_of(units, pool, mine), count=count, seed=seed)
    seen = Position.objects.filter(mine, version__in=pool).checked()
    first = set(seen.values_list("version", flat=True)) if choices.draw == "unseen" else set()
    return unseen_first(units, first, count=count, seed=seed)


def groups_of(units, pool, mine):
    """The units as missed, unseen and mastered: one missed part makes a whole case study missed."""
    states = dict(
        pool.annotate(was_missed=Subquery(last_missed(mine))).values_list("pk", "was_missed")
    )
    groups = {"missed": [], "unseen": [], "mastered": []}
    for unit in units:
        was = {states[each] for each in unit}
        name = "missed" if True in was else "unseen" if None in was else "mastered"
        groups[name].append(unit)
    return groups


@dataclass(frozen=True)
class Waiting:
    """How many questions wait to be met again: those missed, and those flagged, the last time."""

    missed: int
    flagged: int


def waiting(profile, mine):
    """What waits for whoever asks, counted in one query."""
    found = QuestionVersion.objects.published().for_profile(profile).order_by()
    counted = found.annotate(
        was_missed=Subquery(last_missed(mine)), is_flagged=Subquery(last_flag(mine))
    ).aggregate(
        missed=Count("pk", filter=Q(was_missed=True)),
        flagged=Count("pk", filter=Q(is_flagged=True)),
    )
    return Waiting(**counted)


def last_flag(mine):
    """Whether a question was flagged the last time it was met, in any of its wordings."""
    held = Position.objects.filter(mine, version__question=OuterRef("question"))
    return held.order_by("-session__started_at", "-session_id").values("is_flagged")[:1]


def last_missed(mine):
    """Whether a question was not wholly right the last time it counted, in any of its wordings."""
    counting = Q(checked_at__isnull=False) | Q(session__finished_at__isnull=False)
    # What is drawn must not tell how a try went whose result an instructor holds back.
    mine &= Q(session__shown_from=None)
    held = Position.objects.filter(mine, counting, is_scored=True)
    held = held.filter(version__question=OuterRef("question"))
    is_missed = Case(When(points=F("points_of"), then=Value(False)), default=Value(True))
    latest = held.order_by("-session__started_at", "-session_id")
    return latest.annotate(is_missed=is_missed).values("is_missed")[:1]


def units_of(pool):
    """The ids of the pool, in tuples of what stays together: the parts of one case study."""
    return together(pool.order_by("question__slug").values_list("pk", "case", "part"))


def why_none(choices, profile, mine):
    """Why nothing was drawn, and which choice to widen, in words."""

    def has(wanted):
        return pool_of(wanted, profile, mine).exists()

    if has(choices):
        return "The parts of a case study stay together. Choose more questions to make room."
    if not has(Choices(pool=choices.pool)):
        return EMPTY[choices.pool]
    ways = {name: WIDER[name] for name in choices.narrowed}
    enough = [
        way for name, (widest, way) in ways.items() if has(replace(choices, **{name: widest}))
    ]
    if enough:
        return f"No question fits all of these choices. To find some, {' or '.join(enough)}."
    several = ", ".join(way for _, way in ways.values())
    return f"No question fits all of these choices. Widen more than one of them: {several}."

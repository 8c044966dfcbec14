"""The design read literally, by brute force: the independent check of the decision engine.

A workload is a plain dict of trait to value; a trait that is left out is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations, product
from math import log

from .solver_facts import (
    AMOUNTS,
    BOX,
    CHOICES,
    COUNTS,
    FACTS,
    FLAGS,
    JUDGED,
    MOVABLE,
    PLACE,
    SUBJECTS,
    TRAITS,
)

__all__ = [
    "TRAITS",
    "Refused",
    "ask_next",
    "conflicts",
    "counterfactual",
    "draw_workload",
    "normalise",
    "proved",
    "solve",
]

MOST_CHANGES = 4
JUST_BEYOND = Decimal("0.001")


class Refused(ValueError):
    """A workload that contradicts itself."""


# Workloads


def normalise(workload):
    """Add the values that others imply, or refuse a workload that contradicts itself."""
    known = dict(workload)
    streaming = known.get("streaming") is True
    waits = "latency_ms" in known or streaming
    if waits and known.setdefault("reply", "same-call") != "same-call":
        raise Refused("reply")
    if known.get("cold_start") == "unacceptable":
        known.setdefault("reply", "same-call")
    timed = "latency_ms" in known and "processing_s" in known and not streaming
    if timed and known["latency_ms"] < known["processing_s"] * 1000:
        raise Refused("latency_ms")
    if any(trait in known for trait in JUDGED["shapes"]):
        known.setdefault("chain", Decimal(1))
    return known


def demanded(trait, value):
    """Whether a known value asks anything of whoever serves the workload."""
    if trait in ("traffic", "records"):
        return False
    if trait in AMOUNTS or trait == "reply":
        return True
    if trait in COUNTS:
        return value > 1
    if trait in FLAGS:
        return value is True
    # The first choice asks nothing: any, acceptable, none. But no idle cost (`none`) is a demand.
    return value != CHOICES[trait][0]


# Facts


def holds(conditions, known):
    """Whether all conditions hold: True, False, or None while that is open."""
    if any(trait in known and known[trait] != value for trait, value in conditions):
        return False
    if any(trait not in known for trait, _ in conditions):
        return None
    return True


def active(fact, known):
    """Whether a fact applies: True, False, or None; `when` and not `unless`."""
    needed = holds(fact.when, known)
    switched_off = holds(fact.unless, known) if fact.unless else False
    if needed is False or switched_off is True:
        return False
    if needed is None or switched_off is None:
        return None
    return True


def breaks(fact, value):
    if fact.relation == "at-most":
        return value > fact.value
    if fact.relation == "at-least":
        return value < fact.value
    if fact.relation == "one-of":
        return value not in fact.value
    if fact.relation == "never":
        return demanded(fact.trait, value)
    return False


def conditions_of(fact):
    return [trait for trait, _ in (*fact.when, *fact.unless)]


def reason_for(fact, value):
    measured = isinstance(fact.value, Decimal)
    margin = abs(value - fact.value) if measured else None
    return (fact.trait, fact.relation, fact.value, margin, fact.hard)


@dataclass
class Reading:
    """What the facts on one trait make of one subject."""

    hard: list
    silent: list
    soft: list
    disputed: bool
    doubts: set


def read(facts, trait, known):
    """Hold one subject's facts on one trait against the known values."""
    reading = Reading([], [], [], False, set())
    spoken = False
    for fact in facts:
        state = active(fact, known)
        if state is False:
            continue
        spoken = True
        open_conditions = [other for other in conditions_of(fact) if other not in known]
        if trait not in known:
            if fact.hard and fact.relation != "any":
                reading.doubts.update([trait, *open_conditions])
        elif breaks(fact, known[trait]):
            if state is None:
                if fact.hard:
                    reading.doubts.update(open_conditions)
            elif fact.hard:
                reading.hard.append(reason_for(fact, known[trait]))
            else:
                reading.soft.append(reason_for(fact, known[trait]))
                reading.disputed = reading.disputed or fact.disputes
    if trait in known and demanded(trait, known[trait]) and not spoken:
        reading.silent.append((trait, "silent", None, None, False))
        reading.doubts.add(trait)
    return reading


@cache
def facts_on(profile, table, subject, trait):
    return [
        fact for fact in FACTS[profile, table] if fact.subject == subject and fact.trait == trait
    ]


@cache
def read_together(profile, table, trait):
    """The trait and all those that the conditions of its facts name."""
    facts = [fact for fact in FACTS[profile, table] if fact.trait == trait]
    others = {other for fact in facts for other in conditions_of(fact)}
    return tuple(sorted(others | {trait}, key=PLACE.get))


@lru_cache(maxsize=300_000)
def remembered(profile, table, trait, values):
    """The readings of a trait for every subject; nothing but these values can change them."""
    together = read_together(profile, table, trait)
    known = {
        other: value for other, value in zip(together, values, strict=True) if value is not None
    }
    return tuple(
        read(facts_on(profile, table, subject, trait), trait, known) for subject in SUBJECTS[table]
    )


def seen_with(profile, table, trait, known):
    return tuple(known.get(other) for other in read_together(profile, table, trait))


# Rulings and the recommendation


@lru_cache(maxsize=300_000)
def effect(profile, table, trait, values, silence):
    """The subjects that a trait rules out, and those on which it leaves a caution or a silence."""
    ruled_out, marked = [], []
    by_subject = remembered(profile, table, trait, values)
    for subject, reading in zip(SUBJECTS[table], by_subject, strict=True):
        never = silence == "never" and reading.silent
        if reading.hard or never or (silence and reading.disputed):
            ruled_out.append(subject)
        elif reading.soft or (reading.silent and silence != "any"):
            marked.append(subject)
    return ruled_out, marked


def weigh(known, profile, table, silence=None):
    """The possible subjects, each with the traits of its cautions and silent demands.

    `silence` reads every silent demand as `never` or as `any`, and every disputing fact as hard.
    """
    out = set()
    marks = {subject: set() for subject in SUBJECTS[table]}
    for trait in JUDGED[table]:
        if trait in known:
            values = seen_with(profile, table, trait, known)
            ruled_out, marked = effect(profile, table, trait, values, silence)
            out.update(ruled_out)
            for subject in marked:
                marks[subject].add(trait)
    return {subject: traits for subject, traits in marks.items() if subject not in out}


def meets(condition, known):
    """Whether a condition of the box is known to hold."""
    trait, relation, value = condition
    if trait not in known:
        return False
    asked = known[trait]
    if relation == "below":
        return asked < value
    if relation == "above":
        return asked > value
    if relation == "at-least":
        return asked >= value
    if relation == "at-most":
        return asked <= value
    return asked == value


def applies(row, known):
    if row.dataset_blocks and known.get("reply") == "dataset":
        return False
    return any(all(meets(part, known) for part in group) for group in row.any_of)


def recommend(known, profile, table, marks):
    """The recommended subjects and the basis, from what `weigh` left possible."""
    if not marks:
        return (), "none"
    if table == "shapes" and not any(trait in known for trait in JUDGED["shapes"]):
        return (), "undecided"
    best = [
        subject for subject in marks if not any(marks[other] < marks[subject] for other in marks)
    ]
    for row in BOX[profile, table]:
        if row.subject in best and applies(row, known):
            return (row.subject,), "concept-box"
    if len(best) == 1:
        return tuple(best), "only-one"
    interactive = known.get("traffic") == "steady" and known.get("reply") == "same-call"
    if table == "options" and interactive and "real-time" in best:
        return ("real-time",), "best-for"
    return tuple(best), "undecided"


def recommended(known, profile, table):
    return recommend(known, profile, table, weigh(known, profile, table))[0]


def in_order(reasons):
    """Trait order, then the allowed amount; reasons without an amount keep their order."""
    return sorted(
        reasons,
        key=lambda reason: (
            PLACE[reason[0]],
            reason[2] if isinstance(reason[2], Decimal) else 0,
        ),
    )


def solve(workload, profile, table):
    """The rulings with all their reasons, and the recommendation."""
    known = normalise(workload)
    by_trait = [
        remembered(profile, table, trait, seen_with(profile, table, trait, known))
        for trait in JUDGED[table]
    ]
    rulings, in_doubt, reasons = {}, {}, {}
    for place, subject in enumerate(SUBJECTS[table]):
        mine = [by_subject[place] for by_subject in by_trait]
        hard = [reason for reading in mine for reason in reading.hard]
        silent = [reason for reading in mine for reason in reading.silent]
        soft = [reason for reading in mine for reason in reading.soft]
        doubts = {trait for reading in mine for trait in reading.doubts}
        reasons[subject] = in_order(hard) + silent + in_order(soft)
        in_doubt[subject] = ()
        if hard:
            rulings[subject] = "ruled-out"
        elif doubts:
            rulings[subject] = "in-doubt"
            in_doubt[subject] = tuple(sorted(doubts, key=PLACE.get))
        else:
            rulings[subject] = "standing"
    chosen, basis = recommend(known, profile, table, weigh(known, profile, table))
    return {
        "recommended": chosen,
        "basis": basis,
        "rulings": rulings,
        "in_doubt": in_doubt,
        "reasons": reasons,
    }


# Conflicts


def conflicts(workload, profile, table):
    """The minimal sets of known traits that nothing can serve together.

    What a set implies counts only where the whole workload says the same.
    """
    base = normalise(workload)
    if weigh(base, profile, table):
        return []
    traits = [
        trait
        for trait in JUDGED[table]
        if trait in base and may_conflict(trait, base, profile, table)
    ]
    found = []
    for size in range(1, len(traits) + 1):
        for subset in combinations(traits, size):
            if any(set(smaller) <= set(subset) for smaller in found):
                continue
            try:
                implied = normalise({trait: base[trait] for trait in subset})
            except Refused:
                continue
            known = {trait: value for trait, value in implied.items() if base[trait] == value}
            if not weigh(known, profile, table):
                found.append(subset)
    return found


def may_conflict(trait, base, profile, table):
    """Whether a minimal conflict may hold the trait.

    A trait whose value breaks no hard limit, that no condition of a hard fact names and that
    neither implies nor refuses anything can be left out of any conflict, so no minimal one has it.
    """
    if table == "shapes" or trait in REPLY_RULES:
        return True
    hard = [fact for fact in FACTS[profile, table] if fact.hard]
    return any(
        trait in conditions_of(fact) or (fact.trait == trait and breaks(fact, base[trait]))
        for fact in hard
    )


# The traits by which `normalise` sets a reply or refuses. It also sets a chain of 1, but that
# breaks a limit in the shapes table only, where nothing is left out.
REPLY_RULES = ("processing_s", "latency_ms", "reply", "cold_start", "streaming")


# What to ask next


@cache
def limits(profile, table, trait):
    """Both sides of every limit on an amount or count: (verified value, relation, limit).

    In order of the verified value; where two sides of a count share one, the closed side first.
    """
    stated = [
        (fact.relation, fact.value)
        for fact in FACTS[profile, table]
        if fact.trait == trait and isinstance(fact.value, Decimal)
    ]
    stated += [
        (relation, value)
        for row in BOX[profile, table]
        for group in row.any_of
        for named, relation, value in group
        if named == trait
    ]
    step = 1 if trait in COUNTS else JUST_BEYOND
    sides = set()
    for relation, limit in stated:
        if relation in ("at-most", "above"):
            sides.update([(limit, "at-most", limit), (limit + step, "above", limit)])
        else:
            sides.update([(limit - step, "below", limit), (limit, "at-least", limit)])
    return sorted(
        (side for side in sides if in_range(trait, side[0])),
        key=lambda side: (side[0], side[1] in ("below", "above")),
    )


def in_range(trait, value):
    if trait in COUNTS:
        return 1 <= value <= COUNTS[trait]
    return 0 < value <= AMOUNTS[trait]


def candidates(profile, table, trait):
    """The values of a trait that can make a difference: (value, relation, reported value)."""
    if trait in CHOICES:
        return [(choice, "is", choice) for choice in CHOICES[trait]]
    if trait in FLAGS:
        return [(True, "is", True), (False, "is", False)]
    return limits(profile, table, trait)


def ask_next(workload, profile, table):
    """The unknown trait whose values give the most different recommendations."""
    base = normalise(workload)
    now = recommended(base, profile, table)
    best, most = None, 0
    for trait in MOVABLE[table]:
        if trait in base:
            continue
        seen = set()
        for value, _, _ in candidates(profile, table, trait):
            try:
                known = normalise({**base, trait: value})
            except Refused:
                continue
            seen.add(recommended(known, profile, table))
        if seen - {now} and len(seen) > most:
            best, most = trait, len(seen)
    return best


# Counterfactuals


def counterfactual(workload, profile, table, subject, goal):
    """The smallest changes that make the subject possible, or the winner."""
    base = normalise(workload)
    must_touch = hurdles(base, profile, table, subject)
    moves = {
        trait: moves_of(trait, base, profile, table, subject)
        for trait in MOVABLE[table]
        if matters(profile, table, trait)
    }
    for size in range(MOST_CHANGES + 1):
        found = []
        for traits in combinations(moves, size):
            if all(hurdle & set(traits) for hurdle in must_touch):
                cheapest = cheapest_change(base, profile, table, subject, goal, traits, moves)
                if cheapest is not None:
                    found.append(cheapest)
        if found:
            return [changes for _, _, changes in sorted(found, key=lambda each: each[:2])]
    return []


def cheapest_change(base, profile, table, subject, goal, traits, moves):
    """The cheapest assignment to exactly these traits that reaches the goal, if there is one."""
    ways = []
    for way in product(*(moves[trait] for trait in traits)):
        cost = round(sum(move_cost for _, move_cost, _ in way), 9)
        ways.append((cost, way))
    for cost, way in sorted(ways, key=lambda priced: priced[0]):
        changed = {**base, **{trait: move[0] for trait, move in zip(traits, way, strict=True)}}
        if reaches(changed, profile, table, subject, goal):
            places = tuple(PLACE[trait] for trait in traits)
            return cost, places, tuple(change for _, _, change in way)
    return None


def reaches(changed, profile, table, subject, goal):
    try:
        known = normalise(changed)
    except Refused:
        return False
    marks = weigh(known, profile, table)
    if goal == "possible":
        return subject in marks
    return recommend(known, profile, table, marks)[0] == (subject,)


def moves_of(trait, base, profile, table, subject):
    """Every other value a trait may be given: (value, cost, change).

    Left out are the values with which no workload can reach a goal: those that break a hard fact
    of the subject that has no conditions, and replies that a known latency refuses for good.
    """
    if trait == "reply" and "latency_ms" in base:
        return []
    before = base.get(trait)
    fatal = [
        fact
        for fact in facts_on(profile, table, subject, trait)
        if fact.hard and not conditions_of(fact)
    ]
    return [
        (value, step_cost(trait, before, to), (trait, before, relation, to))
        for value, relation, to in candidates(profile, table, trait)
        if value != before and not any(breaks(fact, value) for fact in fatal)
    ]


def step_cost(trait, before, to):
    if before is None or trait in CHOICES or trait in FLAGS:
        return 1.0
    return abs(log(to / before))


def hurdles(base, profile, table, subject):
    """For each hard fact that rules the subject out: the traits of which one must change.

    Nothing else can help, because learning or changing any other trait leaves that fact broken.
    """
    return [
        {fact.trait, *conditions_of(fact)}
        for trait in JUDGED[table]
        for fact in facts_on(profile, table, subject, trait)
        if fact.hard and trait in base and active(fact, base) is True and breaks(fact, base[trait])
    ]


@cache
def matters(profile, table, trait):
    """Whether a change of the trait can take part in a smallest set of changes.

    Where no fact, condition or box row names it and it implies no reply, a demand on it is the
    same silence for every subject, so that the set without it would do as well.
    """
    return (
        table == "shapes"
        or trait in REPLY_RULES
        or any(trait in (fact.trait, *conditions_of(fact)) for fact in FACTS[profile, table])
        or any(
            trait == named
            for row in BOX[profile, table]
            for group in row.any_of
            for named, _, _ in group
        )
    )


# Proof


def proved(workload, profile):
    """The one right answer of a certificate's workload, or None where it cannot be proved."""
    known = normalise({**dict.fromkeys(FLAGS, False), **workload})
    marks = weigh(known, profile, "options")
    answer, _ = recommend(known, profile, "options", marks)
    if not marks:
        return "none"
    if len(answer) != 1 or marks[answer[0]]:
        return None
    for silence in ("never", "any"):
        read = weigh(known, profile, "options", silence=silence)
        if recommend(known, profile, "options", read)[0] != answer:
            return None
    return answer[0]


# Workloads to compare on


def draw_workload(rng, profile):
    """Draw a workload with many unknowns and its amounts at and around the limits."""
    share = rng.choice((0.15, 0.3, 0.5, 0.7, 0.9))
    workload = {trait: draw_value(rng, profile, trait) for trait in TRAITS if rng.random() < share}
    # Most workloads of a caller who waits would be refused; mend three in four of them.
    if "latency_ms" in workload or workload.get("streaming") is True:
        if rng.random() < 0.75:
            workload.pop("reply", None)
        if rng.random() < 0.75 and "processing_s" in workload and "latency_ms" in workload:
            workload["processing_s"] = min(workload["processing_s"], workload["latency_ms"] / 1000)
    return workload


def draw_value(rng, profile, trait):
    if trait in FLAGS:
        return rng.random() < 0.5
    if trait in CHOICES:
        return rng.choice(CHOICES[trait])
    highest = COUNTS.get(trait) or AMOUNTS[trait]
    whole = trait in COUNTS
    if rng.random() < 0.7:
        limit = rng.choice(landmarks(profile, trait))
        steps = (0, 1, -1) if whole else (0, 0, "0.001", "-0.001", "0.1", "-0.1", 1, -1)
        value = limit + Decimal(rng.choice(steps))
    else:
        lowest = 1.0 if whole else 0.001
        spread = lowest * (float(highest) / lowest) ** rng.random()
        value = Decimal(round(spread)) if whole else Decimal(str(round(spread, 3)))
    return value if in_range(trait, value) else highest


@cache
def landmarks(profile, trait):
    """The limits of the profile on a trait, with the ends of its range and some round numbers."""
    found = {side[2] for table in SUBJECTS for side in limits(profile, table, trait)}
    found |= {Decimal(1), Decimal(2)}
    found |= {Decimal(100), Decimal(200)} if trait in ("latency_ms", "concurrency") else set()
    found.add(COUNTS.get(trait) or AMOUNTS[trait])
    return sorted(found)

"""Lets the engine read every entry on trial, so that what it cannot read is named by its entry."""

from studyapp.decision import Refused, Workload
from studyapp.decision import Trait as EngineTrait
from studyapp.decision.fact import Condition
from studyapp.decision.fact import Fact as EngineFact
from studyapp.decision.profile import BoxRow as EngineBoxRow

from .files import ContentError
from .models import BoxRow, Fact, MuddyPoint, Pair, Subject, Trait, WorkedExample


def check_engine(entries):
    """Refuse entries that the engine cannot read, each with file, entry and reason."""
    known, problems = read_traits(entries)
    subjects = {entry.slug for entry in entries if entry.model is Subject}
    facts = {entry.slug for entry in entries if entry.model is Fact}
    workload = {key: trait for key, trait in known.items() if trait.kind != "statement"}

    def read_fact(row):
        fact = EngineFact.from_row(row, known)
        if fact.relation == "one-of":
            unknown_among(fact.value, known[fact.trait].values(), "a choice of the trait")
        unknown_among(filter(None, [fact.disputes]), facts, "a fact")

    def read_box_row(row):
        EngineBoxRow.from_row(row, known)
        unknown_among(row["chooses"], subjects, "an option or a shape")

    def read_muddy_point(row):
        for condition in row.get("touches", ()):
            Condition.from_row(condition, known)

    def read_case(row):
        Workload.read({key: str_or_flag(value) for key, value in row["workload"].items()}, workload)

    readers = {Fact: read_fact, BoxRow: read_box_row, MuddyPoint: read_muddy_point}
    readers |= {Pair: read_case, WorkedExample: read_case}
    for entry in entries:
        if entry.model in readers:
            problems += problem_of(entry, readers[entry.model])
    if problems:
        raise ContentError(problems)


def read_traits(entries):
    known, problems = {}, []
    for entry in entries:
        if entry.model is Trait:
            problems += problem_of(
                entry, lambda row: known.update({row["slug"]: EngineTrait.from_row(row)})
            )
    return known, problems


def problem_of(entry, read):
    """The problem that reading one entry runs into, as a list of at most one line."""
    try:
        read({"slug": entry.slug, **entry.values, **entry.links})
    except Refused as error:
        return [f"{entry.label}: {error}"]
    except KeyError as error:
        return [f"{entry.label}: the engine knows no {error}"]
    except (ArithmeticError, AttributeError, StopIteration, TypeError, ValueError) as error:
        said = str(error) if isinstance(error, Unknown) else f"the engine cannot read it: {error!r}"
        return [f"{entry.label}: {said}"]
    return []


class Unknown(ValueError):
    """A name that stands for nothing."""


def unknown_among(names, known, what):
    for name in names:
        if name not in known:
            raise Unknown(f"{name!r} is not {what}")


def str_or_flag(value):
    return value if value is None or isinstance(value, bool) else str(value)

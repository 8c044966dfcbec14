"""What is picked and put in order as one: a question, a rule, or the parts of one case study."""

from dataclasses import dataclass

from quiz.bank.models import QuestionVersion
from quiz.engine.shuffle import together

from .models import SetItem


@dataclass(frozen=True)
class Unit:
    """What stays together in a set: its items with their wordings, and the case study of several."""

    entries: tuple[tuple[SetItem, QuestionVersion | None], ...]

    @property
    def first(self):
        return self.entries[0][0]

    @property
    def case(self):
        """The case study of which several parts are here; a single part tells of its own."""
        return self.entries[0][1].case if len(self.entries) > 1 else None


def in_units(entries):
    """The items of a set with their wordings, in units."""
    held = {item.pk: (item, version) for item, version in entries}
    places = [
        (
            item.pk,
            version.case.slug if version and version.case_id else None,
            version and version.part,
        )
        for item, version in entries
    ]
    return [Unit(tuple(held[each] for each in unit)) for unit in together(places)]


@dataclass(frozen=True)
class Pick:
    """What can be ticked as one: a question, or all parts of a case study that are not in the set."""

    versions: tuple[QuestionVersion, ...]
    left: int

    @property
    def case(self):
        """The case study that can be taken as one; None for a question, and for the last part of one."""
        return self.versions[0].case if self.left > 1 else None

    @property
    def is_whole(self):
        return self.left == self.case.parts


def units_to_pick(versions):
    """The ids of these versions in units, in the order of their names."""
    return together(versions.order_by("question__slug").values_list("pk", "case", "part"))


def picks(units, usable, there):
    """The picks of some units; `usable` are all wordings that can be asked, `there` those not left."""
    ids = [each for unit in units for each in unit]
    rows = QuestionVersion.objects.select_related("question__objective", "case")
    rows = rows.defer("certificate", "explanation", "written").in_bulk(ids)
    cases = {each.case_id for each in rows.values()} - {None}
    left = dict.fromkeys(cases, 0)
    parts = usable.filter(case__in=cases).exclude(question__in=there)
    for case in parts.values_list("case", flat=True):
        left[case] += 1
    return [
        Pick(tuple(rows[each] for each in unit), left.get(rows[unit[0]].case_id, 1))
        for unit in units
    ]

"""A trait is one property of a workload; it knows how to read its values and when they demand."""

from dataclasses import dataclass, field
from decimal import Decimal

from .amount import read_amount, spoken, tidy, units_beside, written

FLAGS = {"yes": True, "true": True, "no": False, "false": False}


class Refused(ValueError):
    """A workload that cannot be weighed: names the trait and what would be accepted."""

    def __init__(self, trait, words):
        super().__init__(f"{trait}: {words}")
        self.trait = trait
        self.words = words


@dataclass(frozen=True)
class Trait:
    """One property of the workload, such as `payload_mb`; amounts are Decimals in `unit`."""

    key: str
    kind: str
    unit: str = ""
    maximum: Decimal | None = None
    choices: tuple[tuple[str, str], ...] = ()
    idle: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    asked_in: tuple[str, ...] = ()
    implies: dict[str, str] = field(default_factory=dict)
    insists: bool = False
    noun: str = ""
    demand: str = ""

    @property
    def is_number(self):
        return self.kind in ("amount", "count")

    def is_demand(self, value):
        """Whether a known value asks for something that an option could fail to give."""
        if not (self.tables or self.implies):
            return False
        if self.kind == "flag":
            return value is True
        if self.kind == "count":
            return value > 1
        return value not in self.idle

    def values(self):
        """Every value of a flag or choice, in declared order; empty for numbers."""
        if self.kind == "flag":
            return (True, False)
        return tuple(value for value, _ in self.choices)

    def read(self, given):
        """Turn what a person or program gave into a value, or raise Refused in words."""
        if self.kind == "flag":
            value = given if isinstance(given, bool) else FLAGS.get(str(given).strip().lower())
        elif self.kind == "choice":
            value = str(given).strip().lower()
            value = value if value in self.values() and not isinstance(given, bool) else None
        else:
            value = self._read_number(given)
        if value is None:
            raise Refused(self.key, f"{shown(given)} is not accepted; give {self.accepted()}.")
        return value

    def _read_number(self, given):
        if isinstance(given, bool):
            return None
        if isinstance(given, (int, float, Decimal)):
            given = str(given)
        value = read_amount(given, self.unit) if isinstance(given, str) else None
        if value is None or not self.lowest_allows(value) or value > self.maximum:
            return None
        if self.kind == "count" and value != value.to_integral_value():
            return None
        return value

    def lowest_allows(self, value):
        return value >= 1 if self.kind == "count" else value > 0

    def accepted(self):
        """The accepted values in words, as errors and hints show them."""
        if self.kind == "flag":
            return "yes or no"
        if self.kind == "choice":
            return "one of " + ", ".join(self.values())
        if self.kind == "count":
            return f"a whole number from 1 to {written(self.maximum)}"
        others = [unit for unit in units_beside(self.unit) if unit != self.unit]
        also = f" (or with {', '.join(others)})" if others else ""
        return f"an amount above 0 and up to {written(self.maximum, self.unit)}{also}"

    def in_words(self, value):
        """A value as people read it: "50 MB", "yes", "somebody is told when that item is done"."""
        if value is None:
            return "not known"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if self.is_number:
            return spoken(value, self.unit)
        return dict(self.choices).get(value, str(value))

    @classmethod
    def from_row(cls, row):
        """Make a trait from its row of content."""
        maximum = row.get("maximum")
        return cls(
            key=row["slug"],
            kind=row["kind"],
            unit=row.get("unit", ""),
            maximum=None if maximum is None else tidy(Decimal(str(maximum))),
            choices=tuple((value, label) for value, label in row.get("choices", ())),
            idle=tuple(row.get("idle", ())),
            tables=tuple(row.get("tables", ())),
            asked_in=tuple(row.get("asked_in", ())),
            implies=dict(row.get("implies", {})),
            insists=row.get("insists", False),
            noun=row["noun"],
            demand=row.get("demand", ""),
        )


def shown(given):
    """What was given, short enough for one line of an error."""
    text = " ".join(str(given).split())
    return repr(text if len(text) <= 40 else text[:37] + "...")

"""The decision engine: holds a workload against published limits and says what follows.

It knows relations, not options: traits, subjects, facts, box rows and muddy points are rows that
are handed in. It imports no web framework and reads no clock, disk or dice.

    profiles = profiles_from(document)
    workload = Workload.read({"payload_mb": "50 MB", "reply": "notify"}, profiles["aws"].traits)
    decide(workload, profiles["aws"]).recommended
"""

from .counterfactual import Change, possible_if, wins_if
from .decide import Decision, Reason, Ruling, TableDecision, decide, supports
from .draw import draw
from .profile import OPTIONS, SHAPES, Profile, profiles_from
from .prove import NONE, Certificate, Unproved, prove
from .report import certificate_report, report, to_json
from .sibling import NoSibling, Sibling, sibling
from .trait import Refused, Trait
from .workload import Workload

__all__ = [
    "NONE",
    "OPTIONS",
    "SHAPES",
    "Certificate",
    "Change",
    "Decision",
    "NoSibling",
    "Profile",
    "Reason",
    "Refused",
    "Ruling",
    "Sibling",
    "TableDecision",
    "Trait",
    "Unproved",
    "Workload",
    "certificate_report",
    "decide",
    "draw",
    "possible_if",
    "profiles_from",
    "prove",
    "report",
    "sibling",
    "supports",
    "to_json",
    "wins_if",
]

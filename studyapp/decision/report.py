"""A decision as plain data, in the shape that scripts rely on."""

import json
import re
from decimal import Decimal

from .amount import tidy
from .asking import ask_next, conflicts
from .counterfactual import possible_if, wins_if
from .decide import muddy_facts
from .words import loses_because, reason_in_words


def report(decision, others=()):
    """Everything the engine says of one workload, as plain dicts, lists and Decimals.

    `others` are the other profiles; they are asked where this one is silent.
    """
    return {
        "profile": decision.profile.slug,
        "workload": dict(decision.workload.values),
        **report_table(decision, decision.options, others),
        "shape": report_table(decision, decision.shapes, others),
    }


def report_table(decision, verdict, others):
    profile, workload = decision.profile, decision.workload
    return {
        "recommended": list(verdict.recommended),
        "basis": verdict.basis,
        "ask_next": ask_next(verdict.table, workload, profile.traits),
        "conflicts": [list(keys) for keys in conflicts(verdict.table, workload, profile.traits)],
        "muddy": report_muddy(decision, verdict, others),
        "options": [report_ruling(decision, verdict, ruling) for ruling in verdict.rulings],
    }


def report_muddy(decision, verdict, others):
    """Muddy points on traits that this table reads, then facts of other profiles on silences."""
    points = [
        {"slug": point.slug, "text": point.text}
        for point in decision.muddy
        if any(condition.trait in verdict.table.asked for condition in point.touches)
    ]
    return points + [
        {"slug": reason.fact.slug, "text": f"{other.label}: {reason_in_words(reason, other)}"}
        for slug, other, reason in muddy_facts(decision, others)
        if slug in verdict.table.facts
    ]


def report_ruling(decision, verdict, ruling):
    profile, workload, table = decision.profile, decision.workload, verdict.table
    return {
        "option": ruling.option,
        "ruling": ruling.state,
        "in_doubt": list(ruling.in_doubt),
        "reasons": [report_reason(reason, profile) for reason in ruling.reasons],
        "loses_because": loses_because(verdict, ruling, profile),
        "possible_if": report_changes(
            possible_if(table, ruling.option, workload, profile.traits), profile
        ),
        "wins_if": report_changes(wins_if(table, ruling.option, workload, profile.traits), profile),
    }


def report_reason(reason, profile):
    allowed, fact = reason.allowed, reason.fact
    return {
        "trait": reason.trait,
        "asked": reason.asked,
        "relation": reason.relation,
        "allowed": list(allowed) if isinstance(allowed, tuple) else allowed,
        "margin": reason.margin,
        "unit": profile.traits[reason.trait].unit or None,
        "hard": reason.is_hard,
        "fact": fact.slug if fact else None,
        "source": fact.source if fact else None,
        "as_of": fact.as_of if fact else None,
        "text": reason_in_words(reason, profile),
    }


def report_changes(alternatives, profile):
    return [
        [
            {
                "trait": change.trait,
                "from": change.before,
                "relation": change.relation,
                "to": change.to,
                "unit": profile.traits[change.trait].unit or None,
            }
            for change in changes
        ]
        for changes in alternatives
    ]


def certificate_report(certificate):
    """A certificate as plain data: what was proved, and which facts at which revision it rests on."""
    return {
        "profile": certificate.profile,
        "workload": dict(certificate.workload.values),
        "answer": certificate.answer,
        "basis": certificate.basis,
        "box_row": certificate.row.slug if certificate.row else None,
        "facts": [
            {"fact": fact.slug, "revision": fact.revision, "as_of": fact.as_of}
            for fact in certificate.facts
        ],
    }


MARK = re.compile(r'"\\u0001([^"]*)\\u0001"')


def to_json(data, *, indent=2):
    """JSON text in which amounts are numbers exactly as they are, without float noise."""

    def exact(value):
        if isinstance(value, Decimal):
            return f"\x01{tidy(value):f}\x01"
        raise TypeError(f"{type(value).__name__} cannot be written as JSON")

    return MARK.sub(r"\1", json.dumps(data, default=exact, indent=indent))

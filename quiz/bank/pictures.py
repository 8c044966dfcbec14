"""The lanes picture of a scenario question: frozen with its version, drawn anew from what is frozen."""

from dataclasses import replace
from decimal import Decimal

from quiz.engine.scenario import plain
from studyapp.guide.lanes import Lane, lay_out
from studyapp.guide.picture import deciding_amount, lane_of


def frozen_lanes(decision):
    """What the picture is drawn from; None where no amount rules an option out."""
    verdict, profile, values = decision.options, decision.profile, decision.workload.values
    trait = profile.traits[deciding_amount(verdict, profile, values)]
    strikes = [r.trait for ruling in verdict.rulings for r in ruling.reasons if r.is_hard]
    if trait.key not in values or trait.key not in strikes:
        return None
    lanes = [lane_of(ruling, verdict, trait, values) for ruling in verdict.rulings]
    return {
        "title": f"{trait.noun.capitalize()} against the limit of each option",
        "unit": trait.unit,
        "asked": plain(values[trait.key]),
        "said": f"{trait.noun.capitalize()} {trait.in_words(values[trait.key])}",
        "lanes": [
            {
                "option": lane.option,
                "label": lane.label.removesuffix(" inference"),
                "limit": plain(lane.limit),
                "ruling": lane.ruling,
                "text": lane.text,
                "at_least": lane.at_least,
            }
            for lane in lanes
        ],
    }


def picture_of(version, *, is_plain=False):
    """The picture of a version with its title, or None where it has none.

    A plain one goes without its smallest ticks, which cost more in a reply than they tell.
    """
    frozen = (version.explanation or {}).get("lanes")
    if not frozen:
        return None
    lanes = [
        Lane(**each | {"limit": None if each["limit"] is None else Decimal(each["limit"])})
        for each in frozen["lanes"]
    ]
    picture = lay_out(frozen["unit"], lanes, Decimal(frozen["asked"]), frozen["said"])
    picture = replace(picture, minors=()) if is_plain else picture
    return {"picture": picture, "title": frozen["title"]}

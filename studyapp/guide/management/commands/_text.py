"""A decision as text that reads well in a terminal."""

import textwrap

from studyapp.decision import Change
from studyapp.decision.words import change_in_words

WIDTH = 88
SIGN = {"ruled-out": "✗", "in-doubt": "?", "standing": "✓"}


def in_text(data, profile):
    """The whole report in words: what is recommended, then every option with its reasons."""
    traits = profile.traits
    told = [f"{traits[k].noun}: {traits[k].in_words(v)}" for k, v in data["workload"].items()]
    lines = [f"By {profile.label.lower() if profile.slug == 'guide' else profile.label}"]
    lines += wrapped("Workload: " + ("; ".join(told) if told else "nothing is known yet"), "")
    lines += ["", *part(data, profile, "How to serve")]
    if data["shape"]["recommended"] or data["shape"]["basis"] == "none":
        lines += ["", *part(data["shape"], profile, "How the models share hosting")]
    return "\n".join(lines)


def part(data, profile, title):
    names = ", ".join(data["recommended"]) or "none fits"
    lines = [f"{title}: {names} ({data['basis'].replace('-', ' ')})"]
    for keys in data["conflicts"]:
        nouns = " and ".join(profile.traits[key].noun for key in keys)
        lines += wrapped(f"cannot be had together: {nouns}", "  ")
    if data["ask_next"]:
        lines += wrapped(f"would decide most: {profile.traits[data['ask_next']].noun}", "  ")
    for option in data["options"]:
        lines += ["", f"{SIGN[option['ruling']]} {option['option']}: {option['ruling']}"]
        lines += option_lines(option, profile)
    for point in data["muddy"]:
        lines += ["", *wrapped(f"{point['slug']}: {point['text']}", "~ ")]
    return lines


def option_lines(option, profile):
    lines = []
    for reason in option["reasons"]:
        source = f" [{reason['source']}]" if reason["source"] else ""
        lines += wrapped(f"{reason['text']}{source}", "  - ")
    if option["in_doubt"]:
        nouns = ", ".join(profile.traits[key].noun for key in option["in_doubt"])
        lines += wrapped(f"depends on: {nouns}", "  ")
    if option["loses_because"]:
        lines += wrapped(option["loses_because"], "  ")
    for label, alternatives in (
        ("possible if", option["possible_if"]),
        ("wins if", option["wins_if"]),
    ):
        if [] not in alternatives:
            words = "; or ".join(changes_in_words(each, profile) for each in alternatives[:3])
            lines += wrapped(f"{label}: {words or 'never, by a few changes'}", "  ")
    return lines


def changes_in_words(changes, profile):
    found = [Change(c["trait"], c["from"], c["relation"], c["to"]) for c in changes]
    return " and ".join(change_in_words(change, profile.traits) for change in found)


def wrapped(text, mark):
    return textwrap.wrap(text, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))

"""Decides workloads on the command line; scripts rely on its JSON."""

import json
import sys
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from studyapp.decision import Refused, Workload, decide, report, to_json
from studyapp.guide import knowledge

from ._text import in_text


class Command(BaseCommand):
    help = "Decide how to deploy a workload: select payload_mb=50 processing_s=45 reply=notify"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("traits", nargs="*", metavar="trait=value")
        parser.add_argument("--profile", default=knowledge.DEFAULT_PROFILE)
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--json", dest="file", metavar="FILE", help="a list of workloads; - reads them here"
        )

    def handle(self, *, traits, profile, format, file, **options):
        held = knowledge.current()
        chosen = choose_profile(held, profile)
        others = held.others(chosen)
        if file is not None:
            if traits:
                refuse("Give either trait=value or --json, not both.")
            workloads = read_list(file, chosen.traits)
            reports = [report(decide(each, chosen), others) for each in workloads]
            self.stdout.write(to_json(reports))
            return
        try:
            decision = decide(Workload.read(read_pairs(traits), chosen.traits), chosen)
        except Refused as error:
            refuse(str(error))
        data = report(decision, others)
        self.stdout.write(to_json(data) if format == "json" else in_text(data, chosen))


def choose_profile(held, slug):
    """The profile of that name, or a refusal in words; content must have been loaded before."""
    if not held.profiles:
        refuse("No content is loaded yet; run manage.py load_content first.")
    if slug not in held.profiles:
        refuse(f"--profile: {slug!r} is not accepted; give one of {', '.join(held.profiles)}.")
    return held.profiles[slug]


def refuse(words):
    raise CommandError(" ".join(words.split()), returncode=2)


def read_pairs(pairs):
    """Read trait=value arguments; each trait once, each with a value."""
    given = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not value.strip():
            raise Refused(key or "''", "write it as trait=value, for example payload_mb=50.")
        if key in given:
            raise Refused(key, "it is given twice; give it once.")
        given[key] = value
    return given


class Repeated(str):
    """The name of a trait that stands twice in one JSON object."""


def read_list(path, traits):
    """Read a JSON list of flat workloads; all of them, or refuse with the index of the first bad one."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
        rows = json.loads(text, parse_float=Decimal, parse_constant=str, object_pairs_hook=once)
    except OSError as error:
        refuse(f"--json: {path} cannot be read: {error.strerror}.")
    except (ValueError, ArithmeticError, RecursionError) as error:
        refuse(f"--json: this is not JSON: {error}.")
    if not isinstance(rows, list):
        refuse('--json: give a list of workloads, for example [{"payload_mb": 50}].')
    workloads = []
    for index, row in enumerate(rows):
        try:
            if not isinstance(row, dict):
                raise Refused("workload", 'give an object of traits, for example {"gpu": true}.')
            if any(isinstance(key, Repeated) for key in row):
                key = next(key for key in row if isinstance(key, Repeated))
                raise Refused(key.strip(), "it is given twice; give it once.")
            workloads.append(Workload.read(row, traits))
        except Refused as error:
            refuse(f"workload {index}: {error}")
    return workloads


def once(pairs):
    """An object whose second mention of a key is kept apart, so that it can be refused in words."""
    found = {}
    for key, value in pairs:
        found[Repeated(f"{key} ") if key in found else key] = value
    return found

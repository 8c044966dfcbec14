"""Draws workloads with certificates; scripts rely on its JSON."""

from django.core.management.base import BaseCommand, CommandError

from studyapp.decision import Unproved, certificate_report, to_json
from studyapp.decision import draw as draw_certificates
from studyapp.guide import knowledge

from .select import choose_profile

MOST = 100_000


class Command(BaseCommand):
    help = "Draw workloads, each proved to have exactly one right answer, as one JSON list."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--seed", required=True)
        parser.add_argument("--count", default="10")
        parser.add_argument("--profile", default=knowledge.DEFAULT_PROFILE)
        parser.add_argument("--near-limits", action="store_true")

    def handle(self, *, seed, count, profile, near_limits, **options):
        chosen = choose_profile(knowledge.current(), profile)
        seed, count = whole("--seed", seed, 2**63), whole("--count", count, MOST)
        self.stdout.write("[")
        try:
            drawn = draw_certificates(chosen, seed=seed, count=count, near_limits=near_limits)
            for number, certificate in enumerate(drawn):
                line = to_json(certificate_report(certificate), indent=None)
                self.stdout.write(f"{',' if number else ''}{line}")
        except Unproved as error:
            raise CommandError(str(error)) from error
        self.stdout.write("]")


def whole(name, text, most):
    if not (text.isascii() and text.isdigit() and int(text) <= most and len(text) <= 20):
        raise CommandError(
            f"{name}: {text[:40]!r} is not accepted; give a whole number from 0 to {most}.",
            returncode=2,
        )
    return int(text)

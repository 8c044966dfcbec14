"""Proves every scenario question of the bank again, by the facts in force."""

from django.core.management.base import BaseCommand, CommandError

from quiz.bank.actions import fault_in
from quiz.bank.models import QuestionVersion
from studyapp.guide import knowledge

STEP = 10


class Command(BaseCommand):
    help = "Prove every published scenario question anew; fail on the first that does not hold."

    def add_arguments(self, parser):
        parser.add_argument("--profile", help="Only the questions of this profile.")

    def handle(self, *, profile, **options):
        held = knowledge.current()
        versions = QuestionVersion.objects.published().scenarios().order_by("question__slug")
        if profile is not None:
            if profile not in held.profiles:
                known = ", ".join(held.profiles)
                raise CommandError(f"profile: {profile!r} is none of {known}.", returncode=2)
            versions = versions.for_profile(held.profiles[profile])
        total = versions.count()
        self.stdout.write(f"Proving {total} scenario questions ...")
        versions = versions.select_related("question", "profile").prefetch_related("options")
        for number, version in enumerate(versions, start=1):
            fault = fault_in(version, held)
            if fault:
                raise CommandError(f"{version} does not hold: {fault}")
            if number % STEP == 0 or number == total:
                self.stdout.write(f"  {number} of {total} hold")

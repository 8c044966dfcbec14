"""Proves every scenario question of the bank again, and looks over those written by hand."""

from django.core.management.base import BaseCommand, CommandError

from quiz.bank.actions import claims, fault_in, fault_in_written
from quiz.bank.models import QuestionVersion
from studyapp.guide import knowledge

STEP = 20


class Command(BaseCommand):
    help = (
        "Prove every published scenario question anew, and check that each question written by hand "
        "still rests on what is in force; fail on the first that does not hold."
    )

    def add_arguments(self, parser):
        parser.add_argument("--profile", help="Only the questions of this profile.")

    def handle(self, *, profile, **options):
        held = knowledge.current()
        versions = QuestionVersion.objects.published().order_by("question__slug")
        if profile is not None:
            if profile not in held.profiles:
                known = ", ".join(held.profiles)
                raise CommandError(f"profile: {profile!r} is none of {known}.", returncode=2)
            versions = versions.for_profile(held.profiles[profile])
        versions = versions.select_related("question", "profile", "number_key", "case")
        versions = versions.prefetch_related("options")
        told, written = versions.scenarios(), versions.filter(workload__isnull=True)
        self.stdout.write(f"Proving {told.count()} scenario questions ...")
        self.go_through(told, lambda version: fault_in(version, held))
        self.stdout.write(f"Looking over {written.count()} questions written by hand ...")
        known = claims()
        self.go_through(
            written.prefetch_related("facts"), lambda version: fault_in_written(version, known)
        )

    def go_through(self, versions, fault_of):
        total = len(versions)
        for number, version in enumerate(versions, start=1):
            fault = fault_of(version)
            if fault:
                raise CommandError(f"{version} does not hold: {fault}")
            if number % STEP == 0 or number == total:
                self.stdout.write(f"  {number} of {total} hold")

"""Loads the guide and the bank from the fixture files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from quiz.bank.actions import load_questions
from quiz.bank.stories import load_stories
from quiz.practice.exam import load_exam_forms
from studyapp.guide.actions import load_guide
from studyapp.guide.files import ContentError


class Command(BaseCommand):
    help = "Load the guide and the questions from fixtures/: all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="folder", type=Path, default=settings.FIXTURE_DIRS[0])

    def handle(self, *, folder, **options):
        loads = (
            ("guide", load_guide, sorted(folder.glob("guide_*.yaml"))),
            ("questions", load_questions, sorted(folder.glob("quiz_*.yaml"))),
            ("stories", load_stories, sorted(folder.glob("story_book.yaml"))),
            ("exam forms", load_exam_forms, sorted(folder.glob("practice_*.yaml"))),
        )
        try:
            with transaction.atomic():
                for name, load, paths in loads:
                    self.stdout.write(f"Loading the {name} ({len(paths)} files) ...")
                    self.stdout.write(f"  {in_words(load(paths=paths))}")
        except ContentError as error:
            lines = "\n".join(f"  {problem}" for problem in error.problems)
            raise CommandError(f"Nothing was loaded.\n{lines}", returncode=2) from error


def in_words(done):
    words = [f"{number} {word}" for word, number in done.items() if number]
    return ", ".join(words) if words else "not changed since the last time"

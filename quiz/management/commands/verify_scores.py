"""Works out every score of finished sessions once more, from the answers and the keys."""

from django.core.management.base import BaseCommand, CommandError

from quiz.analysis.verifying import differences
from quiz.practice.models import PracticeSession

STEP = 200


class Command(BaseCommand):
    help = (
        "Grade the answers of every finished session anew, and hold the scores that are kept against "
        "that; what an instructor decided afterwards counts. Exit status 1 where any differs."
    )

    def handle(self, **options):
        ids = list(PracticeSession.objects.finished().order_by("pk").values_list("pk", flat=True))
        self.stdout.write(f"Verifying the scores of {len(ids)} finished sessions ...")
        done, wrong = 0, 0
        for some in (ids[first : first + STEP] for first in range(0, len(ids), STEP)):
            for session, found in differences(PracticeSession.objects.filter(pk__in=some)):
                wrong += 1
                self.stdout.write(f"  session {session.pk}: {'; '.join(found)}")
            done += len(some)
            self.stdout.write(f"  {done} of {len(ids)} verified")
        self.stdout.write(f"{wrong} of {len(ids)} scores differ")
        if wrong:
            raise CommandError("The scores above are not what their answers come to.")

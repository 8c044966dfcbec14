"""Every long proof in its short form, on one server and its database.

python -m tests.verify.short
"""

import sys
import time

from . import edits, kill9, locks, races, repeats, scores, shuffled, starts
from .site import Figure, report, running

COUNTS = (
    (locks.prove, {"count": 20, "processes": 4}),
    (scores.prove, {"count": 80}),
    (starts.prove, {"count": 12}),
    (shuffled.prove, {"count": 105}),
    (repeats.prove, {"count": 100}),
    (races.prove, {"count": 24}),
    (kill9.prove, {"count": 150, "kills": 3}),
    (edits.prove, {"count": 10, "sessions": 6}),
)


def main():
    began, held = time.monotonic(), True
    with running(minutes=8) as site:
        for prove, counts in COUNTS:
            figures = prove(site, seed=1, **counts)
            held &= report(prove.__doc__, figures)
            forget_work()
        figures = [Figure("seconds", round(time.monotonic() - began))]
        held &= report("All", [*figures, Figure("server errors in the log", site.errors(), 0)])
    sys.exit(not held)


def forget_work():
    """Take away what one proof has left, so that the next one counts only its own."""
    from quiz.practice.models import Pick, PracticeSession

    Pick.objects.all().delete()
    PracticeSession.objects.all().delete()


if __name__ == "__main__":
    main()

"""Closes practice sessions whose time is over, so that nobody has to come back for it."""

import os
import signal
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.utils import timezone

from quiz.practice.actions import close_session
from quiz.practice.models import PracticeSession


class Command(BaseCommand):
    help = (
        "Close every session whose time is over: what was saved counts, and it has finished at its "
        "deadline. Once, or again and again until stopped by Ctrl-C or SIGTERM."
    )

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Look again that often.")
        parser.add_argument("--for", type=int, metavar="SECONDS", dest="seconds", help="Then stop.")
        parser.add_argument("--beside", type=int, metavar="PID", help="Stop with this parent.")

    def handle(self, *, every, seconds, beside, **options):
        if (every is not None and every < 1) or (seconds is not None and seconds < 0):
            raise CommandError("--every takes 1 or more seconds, --for 0 or more.", returncode=2)
        if every is None:
            if self.close_all():
                raise CommandError("Some sessions could not be closed: see above.")
            return
        self.is_stopped = False
        handlers = {
            each: signal.signal(each, self.stop) for each in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            self.keep_closing(every, seconds, beside)
        finally:
            for each, handler in handlers.items():
                signal.signal(each, handler)

    def stop(self, number, frame):
        self.is_stopped = True

    def keep_closing(self, every, seconds, beside):
        """Close, wait and close again; what goes wrong is said, and tried again the next time."""
        until = None if seconds is None else time.monotonic() + seconds
        due = time.monotonic()
        while not self.is_stopped and (beside is None or os.getppid() == beside):
            if time.monotonic() >= due:
                due = time.monotonic() + every
                try:
                    self.close_all(is_quiet=True)
                except DatabaseError as error:
                    self.stderr.write(f"Trying again in {every} s: {error}")
                    connections.close_all()
            if until is not None and time.monotonic() >= until:
                return
            # Short, so that a stop is heard soon and never in the middle of a transaction.
            time.sleep(min(1, every))

    def close_all(self, *, is_quiet=False):
        """Close all that are over now, each in a transaction of its own; returns how many failed."""
        now, closed, failed = timezone.now(), 0, 0
        for session in PracticeSession.objects.overdue(now).order_by("deadline"):
            try:
                closed += close_session(session=session, now=now)
            except Exception as error:  # One that cannot be closed leaves no other open.
                failed += 1
                self.stderr.write(f"Session {session.pk} cannot be closed: {error!r}")
                connections.close_all()
        if closed or not is_quiet:
            self.stdout.write(f"{closed} session{'' if closed == 1 else 's'} closed")
        return failed

"""Forgets guests who have not been here for a while, and what else is too old to be of use."""

from datetime import timedelta
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils import timezone

from quiz.learners.forgetting import forget_guest, idle_guests
from studyapp.people.models import ResumeLink

STEP = 100


class Command(BaseCommand):
    help = (
        f"Forget guests whose last activity is more than {settings.GUEST_DAYS} days ago: what they "
        "wrote is erased, scored answers stay as nobody's. Removes expired links and sessions too."
    )

    def handle(self, **options):
        now = timezone.now()
        since = now - timedelta(days=settings.GUEST_DAYS)
        guests, forgotten = list(idle_guests(since=since)), 0
        for number, guest in enumerate(guests, start=1):
            forgotten += forget_guest(guest=guest, since=since, now=now)
            if number % STEP == 0:
                self.stdout.write(f"  {number} of {len(guests)} guests looked at")
        links, _ = ResumeLink.objects.filter(expires_at__lt=now).delete()
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).delete()
        self.stdout.write(
            f"{forgotten} guest{'' if forgotten == 1 else 's'} forgotten, "
            f"{links} expired link{'' if links == 1 else 's'} removed"
        )

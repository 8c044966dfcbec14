"""Let somebody write questions and quiz sets: how the first instructor comes about."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from studyapp.people.actions import let_teach
from studyapp.people.models import User


class Command(BaseCommand):
    help = "Make the person with this e-mail address an instructor. The account has to exist."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address that the account was made with")

    def handle(self, *args, email, **options):
        email = email.strip().lower()
        people = User.objects.filter(email=email)
        if not people.exists():
            raise CommandError(
                f"Nobody has an account with {email}. Sign up first, then run this again.",
                returncode=2,
            )
        done = let_teach(users=people, now=timezone.now())
        self.stdout.write(
            f"{email} {'is an instructor now' if done else 'was an instructor before'}."
        )

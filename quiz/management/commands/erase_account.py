"""Erase the account of somebody who asks for it and cannot, or need not, do so on the page."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quiz.learners.forgetting import erase_account
from studyapp.people.models import User


class Command(BaseCommand):
    help = (
        "Erase the account with this e-mail address, as its owner could on the page: answers that "
        "were scored stay as nobody's, questions and quiz sets go to staff. It cannot be undone."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address that the account was made with")
        parser.add_argument("--yes", action="store_true", help="do not ask first")

    def handle(self, *args, email, yes, **options):
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody has an account with {email}.", returncode=2)
        if not yes and not self.confirms(user):
            raise CommandError("Nothing was erased.", returncode=1)
        erase_account(user=user, now=timezone.now())
        self.stdout.write(f"Erased the account of {email}. It cannot be brought back.")

    def confirms(self, user):
        """Whether the address is typed once more; without a terminal to ask on it is not."""
        try:
            typed = input(f"To erase {user.email} for good, type the address again: ")
        except EOFError:
            return False
        return typed.strip().lower() == user.email

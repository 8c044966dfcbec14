"""The verbs on people: ask to teach, let somebody teach, and take that back."""

from .models import User


def ask_to_teach(*, user, now):
    """Note that somebody asks to teach; asking twice, or teaching already, changes nothing."""
    User.objects.filter(pk=user.pk, asked_to_teach_at=None, teaches_since=None).update(
        asked_to_teach_at=now
    )


def let_teach(*, users, now):
    """Make people instructors; returns how many were none before."""
    return users.filter(teaches_since=None).update(teaches_since=now)


def stop_teaching(*, users):
    """Make instructors ordinary people again, who may ask anew; returns how many were ones.

    What they wrote stays, and is open to them again once they teach again.
    """
    return users.exclude(teaches_since=None).update(teaches_since=None, asked_to_teach_at=None)

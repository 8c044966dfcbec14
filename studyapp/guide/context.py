"""What every page shows of the guide: the profile in force and the switch."""

from django.utils.functional import SimpleLazyObject

from . import knowledge


def profiles(request):
    """Lazy, so that a page which shows no switch asks nothing."""
    return {
        "profile": SimpleLazyObject(lambda: knowledge.profile_of(request)),
        "profiles": SimpleLazyObject(lambda: list(knowledge.of(request).profiles.values())),
    }

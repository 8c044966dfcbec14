from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import for_instructors, my_sets
from studyapp.web import render

from ..actions import close_join, renew_join
from ..qr import qr_path


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def joining(request, quiz_set):
    """How people get in, to be shown to a class on the wall: a link, a code and a picture of both."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    now = timezone.now()
    if request.method == "POST":
        if request.POST.get("do") == "close":
            close_join(quiz_set=held, by=request.user, now=now)
            messages.success(request, "Nobody can join any more. A new link opens the set again.")
        elif request.POST.get("do") == "renew":
            renew_join(quiz_set=held, by=request.user, now=now)
            messages.success(
                request, "Here are a new link and code; the old ones open nothing now."
            )
        return redirect("sets:joining", held.pk)
    context = {"quiz_set": held, "tab": "joining", "is_open": held.is_open(now)}
    context["is_late"] = held.join_until is not None and held.join_until <= now
    if held.join_secret:
        link = address(request, reverse("join:set", args=[held.join_secret]))
        context |= {
            "link": link,
            "qr": qr_path(link),
            "page": address(request, reverse("join:code")),
        }
    return render(request, "quiz/sets/joining.html", context)


def address(request, path):
    """A whole address as others reach it, by the name that the site is known by."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)

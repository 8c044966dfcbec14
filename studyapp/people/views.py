"""The page of one's own account, and the request to teach."""

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from studyapp.web import render

from .actions import ask_to_teach
from .forms import NameForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    """Who somebody is here, and the ways to change it; a POST changes the name."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("people:account")
    status = 422 if request.method == "POST" else 200
    return render(request, "people/account.html", {"form": form}, status=status)


@login_required
@require_POST
def teach(request):
    """Ask to write questions and quiz sets; staff decides."""
    ask_to_teach(user=request.user, now=timezone.now())
    messages.success(
        request, "You have asked to teach. Staff looks at it; this page will tell you."
    )
    return redirect("people:account")


class SignedInPlaces(ListUserSessionsView):
    """Where somebody is signed in, and signing out of one of them or of all others.

    Unlike the package's page it removes nothing while it is read.
    """

    def post(self, request, *args, **kwargs):
        one = request.POST.get("end", "")
        if not one.isdecimal():
            return super().post(request, *args, **kwargs)
        held = UserSession.objects.filter(user=request.user, pk=one[:18]).first()
        if held and held.session_key != request.session.session_key:
            held.end()
        messages.success(request, "That browser is signed out.")
        return redirect("people:places")

    def get_context_data(self, **kwargs):
        alive = Session.objects.filter(expire_date__gt=timezone.now()).values("pk")
        held = UserSession.objects.filter(user=self.request.user, session_key__in=alive)
        sessions = list(held.order_by("created_at"))
        context = {"sessions": sessions, "session_count": len(sessions)}
        # Past the package's own page, which would look them up and remove some.
        return super(ListUserSessionsView, self).get_context_data(**context | kwargs)


places = never_cache(SignedInPlaces.as_view())

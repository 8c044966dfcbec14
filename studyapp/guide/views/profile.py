"""The profile switch: whose facts the pages use, kept in the session."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from studyapp.guide import knowledge
from studyapp.web import render


@require_POST
def profile(request):
    """Keep the visitor's choice and go back to the page that it was made on."""
    chosen = request.POST.get("profile", "")
    if chosen not in knowledge.of(request).profiles:
        return render(request, "guide/unknown_profile.html", {"chosen": chosen[:40]}, status=400)
    request.session[knowledge.PROFILE_KEY] = chosen
    response = HttpResponseRedirect(way_back(request.POST.get("next", "")))
    response.status_code = 303
    return response


def way_back(address):
    """The address to return to where it is a path of this site, without a profile of its own."""
    local = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    if not local or not address.startswith("/"):
        return reverse("guide:index")
    parts = urlsplit(address)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "profile"]
    return parts._replace(query=urlencode(kept)).geturl()

"""What all rooms share of the web: rendering whole pages or parts, the home page, the health page."""

from django.db import connection
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def asked_for(request):
    """The id of the element that htmx asks for; "" where a whole page is wanted."""
    return (request.htmx.target or "").rpartition("#")[2]  # htmx 4 sends tag#id


def render(request, template, context=None, *, partial=None, **kwargs):
    """Render the page, or only `partial` of it when htmx asks for that element."""
    if partial and asked_for(request) == partial:
        template = f"{template}#{partial}"
    response = TemplateResponse(request, template, context or {}, **kwargs)
    if partial:
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@never_cache
@require_safe
def healthz(request):
    """Say whether the database answers, for whoever watches the service."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})

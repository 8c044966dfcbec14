"""A page of the guide: its section, its place in the navigation, its neighbours."""

from django.http import Http404
from django.views.decorators.http import require_safe

from studyapp.guide import knowledge
from studyapp.guide.models import Section
from studyapp.web import render


def show(request, slug, context=None, *, template=None, partial=None):
    """Render the page of one section; 404 where no content has such a section."""
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        raise Http404
    sections = knowledge.of(request).sections
    place = next((n for n, each in enumerate(sections) if each["slug"] == slug), 0)
    around = {
        "section": section,
        "sections": sections,
        "previous": sections[place - 1] if place else None,
        "next": sections[place + 1] if place + 1 < len(sections) else None,
    }
    template = template or f"guide/{slug}.html"
    return render(request, template, around | (context or {}), partial=partial)


def profile_in_force(request):
    """The profile by which a page speaks; 404 while there is no content to speak of."""
    profile = knowledge.profile_of(request)
    if profile is None:
        raise Http404
    return profile


@require_safe
def section(request, slug):
    """A section that is nothing but its text."""
    return show(request, slug, template="guide/section.html")

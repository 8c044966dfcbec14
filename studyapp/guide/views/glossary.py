"""The glossary, which is searched as one types."""

from itertools import groupby

from django.views.decorators.http import require_safe

from studyapp.guide.models import Term

from .page import show

LONGEST = 80


@require_safe
def glossary(request):
    """All terms, or those in which `q` occurs: names first, then what only mentions it."""
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST]
    terms = sorted(Term.objects.select_related("source"), key=lambda term: term.name.lower())
    names = {term.slug: term.name for term in terms}
    for term in terms:
        term.related = [(slug, names[slug]) for slug in term.see if slug in names]
    found = [term for term in terms if asked.lower() in searched(term)]
    letters = [(letter, list(each)) for letter, each in groupby(found, key=initial)]
    context = {
        "asked": asked,
        "letters": letters,
        "found": len(found),
        "count": len(terms),
    }
    return show(request, "glossary", context, partial="term-list")


def initial(term):
    return term.name[0].upper()


def searched(term):
    return "\n".join((term.name, *term.aliases, term.definition)).lower()

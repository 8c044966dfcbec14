"""What the quiz templates need: frozen texts as HTML, and the template of each kind."""

from urllib.parse import urlencode

from django import template

from quiz.bank.wording import html, html_inline

register = template.Library()


@register.filter
def written(text):
    """A frozen stem or feedback as safe HTML."""
    return html(text)


@register.filter
def written_inline(text):
    """A frozen text inside a line, as safe HTML."""
    return html_inline(text)


@register.filter
def part(kind, name):
    """The template of one part of a kind: "answer" or "review"."""
    return f"quiz/kinds/{kind}.html#{name}"


@register.filter
def address(workload, profile):
    """The query of the wizard's address for a workload as its story tells it."""
    return urlencode(sorted({**workload, "profile": profile}.items()))

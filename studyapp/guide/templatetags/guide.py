"""What the guide's templates need: prose with its references and terms, and short names."""

from datetime import date
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from studyapp.decision.amount import written
from studyapp.guide import knowledge

register = template.Library()


@register.simple_tag(takes_context=True)
def prose(context, text, skip=None):
    """A text of the guide as paragraphs; `skip` is a term that must not link to itself."""
    return knowledge.of(context["request"]).html(text, skip=skip)


@register.simple_tag(takes_context=True)
def line(context, text, skip=None):
    """A text of the guide that stands inside another element."""
    return knowledge.of(context["request"]).html(text, inline=True, skip=skip)


@register.simple_tag
def page(slug):
    """The address of a section's page."""
    return reverse("guide:section", args=[slug])


@register.simple_tag
def wizard(workload):
    """The address of the wizard with a workload filled in."""
    return f"{reverse('wizard:wizard')}?{urlencode(sorted(workload.items()))}"


@register.filter
def day(value):
    """A date, also where it was compiled to text."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value


@register.filter
def short(label):
    """The name of an option where there is little room: "Real-time"."""
    return label.removesuffix(" inference")


@register.filter
def amount(value, unit=""):
    """An exact amount as people write it: 57,500 or 0.072 USD."""
    return written(value, unit)

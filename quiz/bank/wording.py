"""Safe HTML of frozen texts: the same text always gives the same page."""

from functools import lru_cache

import nh3
from django.utils.safestring import mark_safe

from studyapp.guide.prose import ALLOWED, MARKDOWN


@lru_cache(maxsize=4096)
def html(text):
    """Safe HTML of a stem or feedback, whose references were resolved when it was published."""
    return mark_safe(nh3.clean(MARKDOWN.render(text), **ALLOWED))  # noqa: S308


@lru_cache(maxsize=4096)
def html_inline(text):
    """The same without a paragraph around it, for what stands inside a label."""
    return mark_safe(nh3.clean(MARKDOWN.renderInline(text), **ALLOWED))  # noqa: S308

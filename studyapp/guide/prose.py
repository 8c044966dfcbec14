"""Turns the guide's Markdown into safe HTML: references become values, terms become links."""

import re

import nh3
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

REFERENCE = re.compile(r"\[\[(fact|figure):([a-z0-9-]+)\]\]")
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
UNLINKED = ("heading_open", "link_open")


def unknown_references(text, known):
    """The references in a text that name no known fact or figure, as "fact:slug"."""
    return [f"{kind}:{slug}" for kind, slug in REFERENCE.findall(text) if slug not in known[kind]]


def resolve(text, shown):
    """Put every referenced value in its place; `shown` maps kind and slug to the words."""
    return REFERENCE.sub(lambda found: shown[found[1]][found[2]], text)


def to_html(text, knowledge, *, inline=False, skip=None):
    """Safe HTML of one text; every known term is linked once, except the one named by `skip`."""
    source = resolve(text, knowledge.shown)
    tokens = MARKDOWN.parseInline(source) if inline else MARKDOWN.parse(source)
    link_terms(tokens, knowledge, {skip})
    return mark_safe(nh3.clean(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}), **ALLOWED))  # noqa: S308


def link_terms(tokens, knowledge, linked):
    """Replace the first occurrence of each term by a link to its place in the glossary."""
    heading = False
    for token in tokens:
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type == "inline" and not heading:
            inside_link = 0
            for child in token.children:
                inside_link += {"link_open": 1, "link_close": -1}.get(child.type, 0)
                if child.type == "text" and not inside_link:
                    child.type, child.content = (
                        "html_inline",
                        linked_text(child.content, knowledge, linked),
                    )


def linked_text(text, knowledge, linked):
    def link(found):
        slug = knowledge.term_of[found[0].lower()]
        if slug in linked:
            return escape(found[0])
        linked.add(slug)
        address = f"{reverse('guide:glossary')}#{slug}"
        return f'<a class="term" href="{address}">{escape(found[0])}</a>'

    parts, end = [], 0
    for found in knowledge.term_pattern.finditer(text):
        parts += [escape(text[end : found.start()]), link(found)]
        end = found.end()
    return "".join([*parts, escape(text[end:])])


ALLOWED = {
    "tags": {*"p ul ol li em strong code a table thead tbody tr th td blockquote h2 h3 br".split()},
    "attributes": {"a": {"href", "class"}, "code": {"class"}},
    "url_schemes": {"https"},
    "link_rel": None,
}

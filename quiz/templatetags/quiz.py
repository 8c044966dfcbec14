"""What the quiz templates need: frozen texts as HTML, and the template of each kind."""

from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from quiz.bank.pictures import picture_of
from quiz.bank.wording import html, html_inline
from quiz.engine.kinds import BY_SLUG
from quiz.engine.result import in_quotes
from quiz.engine.scoring import percent

register = template.Library()


def made(template, **given):
    """What a template makes of this, without the space around it."""
    return mark_safe(render_to_string(template, given).strip())  # noqa: S308  it has escaped it


@register.filter
def written(text):
    """A frozen stem or feedback as safe HTML."""
    return html(text)


@register.filter
def written_inline(text):
    """A frozen text inside a line, as safe HTML."""
    return html_inline(text)


@register.filter
@lru_cache(maxsize=4096)
def named(text, mark):
    """The text of an option, with the mark of the option of the guide that it names."""
    if not mark:
        return text
    return made("quiz/kinds/_named.html", text=text, mark=mark)


@register.filter
def told(option):
    """The verdict on a reviewed option and all that is said about it."""
    return told_once(option.verdict, option.feedback, option.said, None)


@register.filter
def placed(option, refrains):
    """The same for a reply that goes in the place of the form, but for what the page holds."""
    return placed_once(option.id, option.verdict, option.feedback, option.said, refrains)


@lru_cache(maxsize=2048)
def told_once(verdict, feedback, said, refrains):
    """The same verdict and words always give the same page, so it is made once."""
    given = {"verdict": verdict, "feedback": feedback, "said": said, "refrains": refrains}
    return made("quiz/kinds/_told.html", **given)


@lru_cache(maxsize=4096)
def placed_once(pk, verdict, feedback, said, refrains):
    words = told_once(verdict, feedback, said, refrains)
    return made("quiz/kinds/_placed.html", id=pk, told=words)


@register.filter
def split_by(said, refrains):
    """A sentence without the ending that the page holds, and where; None where it holds none."""
    return refrains.split(said) if refrains else (said.text, None)


@register.filter
def held_at(point, refrains):
    """Where the page holds a muddy point; None where it does not."""
    return refrains.place_of_muddy(point) if refrains else None


@register.filter
def lanes(version):
    """The picture of a version, made once and kept with the version; "" where it has none."""
    if not hasattr(version, "lanes_drawn"):
        drawn = picture_of(version, is_plain=True)
        version.lanes_drawn = drawn and made("quiz/practice/_lanes.html", **drawn)
    return version.lanes_drawn or ""


@register.filter
def quoted(texts):
    """Texts of a question inside a sentence, each in quotation marks."""
    return ", ".join(in_quotes(texts))


@register.filter
def kind_label(kind):
    """The name of a kind of question."""
    return BY_SLUG[kind].label


@register.filter
def part(kind, name):
    """The template of one part of a kind: "answer" or "review"."""
    return f"quiz/kinds/{kind}.html#{name}"


@register.filter
def address(workload, profile):
    """The query of the wizard's address for a workload as its story tells it."""
    return urlencode(sorted({**workload, "profile": profile}.items()))


@register.filter
def time_left(seconds):
    """Seconds as people read them on a clock: "1 h 05 min", "9 min 30 s"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


@register.filter
def next_of(outcome, session):
    """The first question of a session that is still to be answered, or None."""
    return outcome.next_number if not session.is_exam else outcome.next_blank


@register.filter
def duration(time):
    """A stretch of time as people say it: "42 s", "9 min 30 s", "10 min", "1 h 05 min"."""
    seconds = round(time.total_seconds())
    return f"{seconds} s" if seconds < 60 else time_left(seconds).removesuffix(" 00 s")


@register.filter
def at(levels, value):
    """The entry of a mapping under a key; "" where there is none."""
    return levels.get(value, "")


@register.filter
def per_cent(share):
    """A share as per cent with one decimal; a dash where there is none."""
    return "–" if share is None else f"{share * 100:.1f} %"


@register.filter
def figure(value, places):
    """A figure with so many decimals; a dash where there is none."""
    return "–" if value is None else f"{value:.{places}f}"


@register.filter
def mark(mark):
    """What an answer earned, in words: "50 %", "0 % (blank)", "100 %, left out"."""
    earned = "0 % (blank)" if mark.fraction is None else f"{percent(mark.fraction)} %"
    return earned if mark.is_scored else f"{earned}, left out"

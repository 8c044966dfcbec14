"""What questions rest on, as a reader of the guide knows it: facts, rows of the box, claims."""

from django.db.models import Q

from quiz.engine.result import Ground
from studyapp.decision.fact import Fact as FactRead
from studyapp.decision.trait import Trait
from studyapp.guide.compile import plain, with_names
from studyapp.guide.models import Fact
from studyapp.guide.places import place_of, place_of_box, place_of_claim
from studyapp.guide.statement import held_when, in_words

from .models import QuestionVersion


def grounds_of(versions, traits):
    """By the id of each version the tuple of its grounds, in two queries.

    A scenario rests on the facts that ruled options out, else on the row of the box that decided;
    what was written by hand on its facts, else on its claim. Each fact is told in the revision
    that the version was made by. `traits` are those of a profile, to put conditions in words.
    """
    rows = QuestionVersion.objects.filter(pk__in=versions).order_by("pk", "facts__slug")
    rows = rows.values_list("pk", "facts", "explanation", "certificate__box_row", "claim")
    wanted, instead = {}, {}
    for pk, fact, explanation, box_row, claim in rows:
        wanted.setdefault(pk, []).extend([fact] if fact else ruled_out_by(explanation))
        instead[pk] = told_instead(box_row, claim)
    keys = {each for found in wanted.values() for each in found}
    ids = {each for each in keys if isinstance(each, int)}
    slugs = {slug for slug, _ in keys - ids}
    facts = with_names(Fact.objects.filter(Q(slug__in=slugs) | Q(pk__in=ids)))
    known = {}
    for row in facts:
        known[row.pk] = known[row.slug, row.revision] = ground_of(row, traits)
    return {
        pk: tuple(dict.fromkeys(known[each] for each in found if each in known)) or instead[pk]
        for pk, found in wanted.items()
    }


def ruled_out_by(explanation):
    """The facts that ruled an option out, as (slug, revision)."""
    told = (explanation or {}).get("options", {}).values()
    return [
        (each["fact"], each["revision"]) for said in told for each in said if each["kind"] == "hard"
    ]


def told_instead(box_row, claim):
    if box_row:
        return (Ground(f"Concept box: {box_row['requirement']}", place_of_box()),)
    return (Ground(claim["title"], place_of_claim(claim["slug"])),) if claim else ()


def ground_of(row, traits):
    """A fact as a line: "Serverless inference, payload: at most …"."""
    own = {row.trait.slug: Trait.from_row(plain(row.trait))}
    fact = FactRead.from_row(plain(row), traits | own)
    words = f"{row.subject.label}, {row.trait.noun}: {in_words(fact, own[row.trait.slug])}"
    condition = held_when(fact, traits)
    return Ground(f"{words}, {condition}" if condition else words, place_of(row))

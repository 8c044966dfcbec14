"""Fills the bank from its files, and proves what it holds."""

import hashlib
import json
from dataclasses import asdict

from django.db import transaction

from quiz.engine.draft import Draft, DraftCase, DraftNumber, DraftOption
from quiz.engine.publish_check import problems
from quiz.engine.scenario import certificate_of
from studyapp.decision import Refused, Unproved, Workload
from studyapp.guide import knowledge
from studyapp.guide.files import digest_of
from studyapp.guide.models import Claim, Fact, Figure, Objective, Profile

from .files import Shelf, read_questions
from .models import AnswerOption, BankEdition, CaseStudy, NumberKey, Question, QuestionVersion

# Raised when the engine's feedback is worded anew, so that the next load publishes it.
WORDING = 7


@transaction.atomic
def load_questions(*, paths):
    """Load the bank's files: all or nothing, and nothing when neither they nor the facts changed.

    A question that differs gets a new version; one that is in no file any more is retired; what
    staff wrote is left alone. Raises ContentError with every problem as file, entry and reason.
    """
    held = knowledge.current()
    digest = digest_text(f"{WORDING} {held.number} {held.digest} {digest_of(paths)}")
    if BankEdition.objects.filter(digest=digest).exists():
        return {}
    shelf = shelf_of(held)
    objectives, facts = shelf.objectives, shelf.facts
    entries = read_questions(paths, shelf)
    profiles = {row.slug: row for row in Profile.objects.all()}
    questions = {row.slug: row for row in Question.objects.of_the_bank()}
    current = QuestionVersion.objects.filter(is_current=True, question__drawn_from=None)
    digests = dict(current.values_list("question__slug", "digest"))
    done = {"added": 0, "changed": 0, "unchanged": 0, "retired": 0}
    for entry in entries:
        question = questions.get(entry.slug)
        if question and not question.from_files:
            done["left to staff"] = done.get("left to staff", 0) + 1
            continue
        question, outcome = file_question(entry=entry, question=question, objectives=objectives)
        if digests.get(entry.slug) != digest_of_draft(entry.draft):
            publish(
                question=question,
                draft=entry.draft,
                profile=profiles[entry.draft.profile],
                facts=facts,
                written=entry.written,
            )
            outcome = "added" if outcome == "added" else "changed"
        done[outcome] += 1
    slugs = [entry.slug for entry in entries]
    gone = Question.objects.published().filter(from_files=True).exclude(slug__in=slugs)
    done["retired"] = gone.update(status=Question.Status.RETIRED)
    BankEdition.objects.update_or_create(pk=1, defaults={"digest": digest})
    return done


def shelf_of(held, *, author_vouches=False):
    """What questions may name, as it stands."""
    facts = Fact.objects.current().select_related("trait", "subject", "source")
    return Shelf(
        knowledge=held,
        objectives={row.slug: row for row in Objective.objects.order_by("position")},
        claims=claims(),
        facts={row.slug: row for row in facts},
        figures={row.slug: row for row in Figure.objects.all()},
        author_vouches=author_vouches,
    )


def claims():
    """The guide's claims as plain data, to be frozen in the versions that rest on them."""
    return {
        row.slug: {
            "slug": row.slug,
            "title": row.title,
            "verdict": row.get_verdict_display(),
            "sources": [{"title": each.title, "url": each.url} for each in row.sources.all()],
            "place": row.place,
            "as_of": row.as_of.isoformat(),
        }
        for row in Claim.objects.prefetch_related("sources")
    }


def file_question(*, entry, question, objectives):
    """Make the question of an entry or bring it up to date; says which it was, if either."""
    wanted = {
        "status": Question.Status.PUBLISHED,
        "objective": objectives[entry.objective],
        "difficulty": entry.difficulty,
        "tags": list(entry.tags),
    }
    if question is None:
        return Question.objects.create(slug=entry.slug, from_files=True, **wanted), "added"
    if all(getattr(question, name) == value for name, value in wanted.items()):
        return question, "unchanged"
    for name, value in wanted.items():
        setattr(question, name, value)
    question.save()
    return question, "changed"


@transaction.atomic
def publish(*, question, draft, profile, facts, written=None):
    """Append a version that holds the draft and make it the current one; none is ever updated.

    `written` is the mapping that it was read from, with its references still in it.
    """
    earlier = question.versions.order_by("-number").first()
    if earlier:
        question.versions.filter(is_current=True).update(is_current=False)
    version = QuestionVersion.objects.create(
        question=question,
        number=earlier.number + 1 if earlier else 1,
        kind=draft.kind,
        profile=profile,
        stem=draft.stem,
        feedback_right=draft.feedback_right,
        feedback_wrong=draft.feedback_wrong,
        model_answer=draft.model_answer,
        case=draft.case and file_case(draft.case),
        part=draft.case and draft.case.part,
        workload=draft.workload,
        certificate=draft.certificate,
        explanation=draft.explanation,
        claim=draft.claim,
        written=written,
        digest=digest_of_draft(draft),
    )
    rows = [
        AnswerOption(version=version, position=position, **asdict(option))
        for position, option in enumerate(draft.options, start=1)
    ]
    # The ids of answer options stand on the page, so their order must not tell the author's.
    AnswerOption.objects.bulk_create(
        sorted(rows, key=lambda row: digest_text(f"{row.text} {row.match}"))
    )
    if draft.number:
        NumberKey.objects.create(version=version, **asdict(draft.number))
    through = QuestionVersion.facts.through
    through.objects.bulk_create(
        through(questionversion=version, fact=facts[slug]) for slug, revision in draft.facts
    )
    return version


def file_case(draft):
    """The wording of a case study: the newest one if it is the same, else a new one beside it."""
    newest = CaseStudy.objects.filter(slug=draft.slug).order_by("-number").first()
    wanted = {"title": draft.title, "story": draft.story, "parts": draft.parts}
    if newest and all(getattr(newest, name) == value for name, value in wanted.items()):
        return newest
    number = newest.number + 1 if newest else 1
    return CaseStudy.objects.create(slug=draft.slug, number=number, **wanted)


def digest_of_draft(draft):
    return digest_text(json.dumps(asdict(draft), sort_keys=True, default=str))


def digest_text(text):
    return hashlib.sha256(text.encode()).hexdigest()


def fault_in(version, held):
    """Prove a scenario version anew by the facts in force; what does not hold, in words, or ""."""
    profile = held.profiles.get(version.profile.slug)
    if profile is None:
        return f"there is no profile {version.profile.slug} any more"
    try:
        fresh = certificate_of(Workload.read(version.workload, profile.traits), profile)
    except (Refused, Unproved) as error:
        return f"it cannot be proved any more: {error}"
    stored = version.certificate
    keys = [option.key for option in version.options.all() if option.is_correct]
    if keys != [fresh["answer"]]:
        return f"its key is {', '.join(keys) or 'missing'}, but {fresh['answer']} is proved"
    differing = sorted(key for key in fresh if fresh[key] != stored.get(key))
    if differing == ["facts"]:
        return f"its certificate rests on facts that changed: {', '.join(changed_facts(stored, fresh))}"
    if differing:
        return f"its certificate differs from the proof in {', '.join(differing)}"
    return ""


def changed_facts(stored, fresh):
    """The slugs of facts that are not the same in both certificates."""
    one, other = ({fact["fact"]: fact for fact in each["facts"]} for each in (stored, fresh))
    return [slug for slug in sorted({*one, *other}) if one.get(slug) != other.get(slug)]


def fault_in_written(version, claims):
    """What does not hold any more of a question that was written by hand, in words, or "".

    `claims` are those of the guide as they stand.
    """
    changed = sorted(fact.slug for fact in version.facts.all() if not fact.is_current)
    if changed:
        return f"it rests on facts that changed: {', '.join(changed)}"
    # A claim without a slug is made of the facts, which are looked at above.
    slug = version.claim and version.claim["slug"]
    if slug and version.claim != claims.get(slug):
        return f"its claim changed: {version.claim['slug']}"
    return "; ".join(problems(draft_of(version)))


def draft_of(version):
    """The draft that a version was published from, as far as it can be checked again."""
    number, case = getattr(version, "number_key", None), version.case
    names = DraftOption.__dataclass_fields__
    return Draft(
        kind=version.kind,
        profile=version.profile.slug,
        stem=version.stem,
        options=tuple(
            DraftOption(**{name: getattr(option, name) for name in names})
            for option in version.options.all()
        ),
        number=number and DraftNumber(number.amount, number.unit, number.tolerance),
        feedback_right=version.feedback_right,
        feedback_wrong=version.feedback_wrong,
        model_answer=version.model_answer,
        workload=version.workload,
        certificate=version.certificate,
        claim=version.claim,
        case=case and DraftCase(case.slug, case.title, case.story, version.part, case.parts),
    )

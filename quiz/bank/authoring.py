"""What an author does with a question: begin it, keep what is written, publish it, take it back."""

from django.db import transaction

from studyapp.guide.models import Objective, Profile

from .actions import digest_of_draft, publish
from .forms import free_slug
from .models import Question, QuestionDraft, QuestionVersion

# Of one question; what is set aside in the tenth quarrel of two windows is hardly looked for.
MOST_ASIDE = 10


class Overtaken(Exception):
    """Another window saved this question since; `draft` is what it holds now."""

    def __init__(self, draft):
        super().__init__("Another window saved this question in the meantime.")
        self.draft = draft


class Shared(Exception):
    """A question that everybody practises is changed by staff only."""

    words = (
        "Staff shares this question with everybody, so staff alone changes it. "
        "Write your own from it instead."
    )


@transaction.atomic
def begin(*, author, slug, written, token, now):
    """Begin a question; the same form sent twice begins one."""
    known = QuestionDraft.objects.filter(make_token=token, question__author=author).first()
    if known:
        return known.question
    question = Question.objects.create(slug=free_slug(slug), author=author)
    QuestionDraft.objects.create(
        question=question, written=written, make_token=token, saved_by=author, saved_at=now
    )
    return question


@transaction.atomic
def save_draft(*, question, written, revision, by, now, puts_aside=False):
    """Keep what is written on top of the revision that its author saw; raises Overtaken otherwise.

    Where that is asked for, the text that stood there is set aside.
    """
    draft = held_draft(question)
    if draft is None:
        if revision:
            raise Overtaken(draft)
        return QuestionDraft.objects.create(
            question=question,
            written=written,
            make_token=f"question-{question.pk}",
            saved_by=by,
            saved_at=now,
        )
    # The same text sent twice is kept already.
    if draft.written == written:
        return draft
    if draft.revision != revision:
        raise Overtaken(draft)
    if puts_aside:
        put_aside(draft, draft.written)
    return put(draft, written, by=by, now=now)


@transaction.atomic
def keep_theirs(*, question, written, revision):
    """Leave the draft as another window saved it, and set aside what was written in this one.

    Raises Overtaken where it was saved once more since its author saw it.
    """
    draft = held_draft(question)
    if draft is None or draft.revision != revision:
        raise Overtaken(draft)
    if draft.written != written:
        put_aside(draft, written)
        draft.save(update_fields=["set_aside"])
    return draft


@transaction.atomic
def replace_draft(*, question, written, by, now):
    """Put another text into the draft, and set aside what was in it, so that nothing is lost."""
    draft = held_draft(question)
    revision = draft.revision if draft else 0
    return save_draft(
        question=question, written=written, revision=revision, by=by, now=now, puts_aside=True
    )


@transaction.atomic
def take_up(*, question, by, now):
    """Take the text that was set aside last, and set aside the other behind all the rest.

    Done often enough, every text comes round.
    """
    draft = held_draft(question)
    if draft is None or not draft.set_aside:
        return draft
    text, *others = draft.set_aside
    draft.set_aside = [*others, draft.written]
    return put(draft, text, by=by, now=now)


def put(draft, written, *, by, now):
    draft.written, draft.saved_by, draft.saved_at = written, by, now
    draft.revision += 1
    draft.save()
    return draft


def put_aside(draft, written):
    """Set a text aside before those that are; beyond so many the oldest goes."""
    others = [each for each in draft.set_aside if each != written]
    draft.set_aside = [written, *others][:MOST_ASIDE]


def held_draft(question):
    """The draft of a question as it stands; whoever asks next waits, also where there is none yet."""
    Question.objects.select_for_update().get(pk=question.pk)
    return QuestionDraft.objects.filter(question=question).first()


@transaction.atomic
def publish_own(*, question, entry, facts, draft, by):
    """Publish what the draft holds for its author's sets, as a new version unless nothing changed."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    may_change(question, by)
    version = QuestionVersion.objects.filter(question=question, is_current=True).first()
    if version is None or version.digest != digest_of_draft(entry.draft):
        profile = Profile.objects.get(slug=entry.draft.profile)
        version = publish(
            question=question,
            draft=entry.draft,
            profile=profile,
            facts=facts,
            written=draft.written,
        )
    if question.status != Question.Status.PUBLISHED:
        question.status = Question.Status.OWN
    question.author = question.author or by
    question.objective = Objective.objects.get(slug=entry.objective)
    question.difficulty, question.tags = entry.difficulty, list(entry.tags)
    question.save()
    QuestionDraft.objects.filter(pk=draft.pk).update(published=draft.revision)
    return version


@transaction.atomic
def retire(*, question, by):
    """Take a question out of what sets can ask; sessions under way and finished ones keep it."""
    may_change(question, by)
    published = [Question.Status.OWN, Question.Status.PUBLISHED]
    Question.objects.filter(pk=question.pk, status__in=published).update(
        status=Question.Status.RETIRED
    )


@transaction.atomic
def bring_back(*, question, by):
    """Let the author's sets ask a retired question again, as it was published last."""
    retired = Question.objects.filter(pk=question.pk, status=Question.Status.RETIRED)
    if QuestionVersion.objects.filter(question=question, is_current=True).exists():
        retired.update(status=Question.Status.OWN, author=question.author or by)


def may_change(question, by):
    if question.status == Question.Status.PUBLISHED and not by.is_staff:
        raise Shared

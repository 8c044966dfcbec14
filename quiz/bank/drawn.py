"""Draws a question anew from one of the bank, shows it unsaved, and keeps it once it is answered."""

from dataclasses import dataclass, replace

from django.db import transaction

from quiz.engine.kinds import Key
from quiz.engine.scenario import NONE_FITS, scenario
from quiz.engine.story import Told, Untold, tell
from studyapp.decision import (
    NONE,
    OPTIONS,
    NoSibling,
    Profile,
    Refused,
    Sibling,
    Unproved,
    Workload,
    sibling,
)

from .actions import digest_of_draft, digest_text, publish
from .models import AnswerOption, Question, QuestionVersion
from .stories import current_stories
from .told import illustrated


class NotDrawn(Exception):
    """No other question can be drawn from this one; the words say why."""


@dataclass(frozen=True)
class Drawn:
    """A question that is drawn and proved, and not kept yet."""

    origin: QuestionVersion
    profile: Profile
    sibling: Sibling
    told: Told

    @property
    def digest(self):
        """Of what is shown, so that an answer finds the question it was given to."""
        return digest_text(
            f"{self.profile.slug} {self.told.stem} {sorted(self.sibling.told.items())}"
        )

    def unsaved(self):
        """The version as a learner sees it, and its options by number; nothing here knows the key."""
        version = QuestionVersion(
            kind=self.origin.kind, stem=self.told.stem, workload=self.sibling.told
        )
        labels = [(each.slug, each.label) for each in self.profile.tables[OPTIONS].subjects]
        options = [
            AnswerOption(id=number, key=slug, text=label, stays_last=slug == NONE)
            for number, (slug, label) in enumerate([*labels, (NONE, NONE_FITS)], start=1)
        ]
        return version, Key(tuple(options))


def draw_again(origin, *, held, seed):
    """Draw the same trap with new numbers, in another story; NotDrawn says in words why not."""
    profile, stories = held.profiles.get(origin.profile.slug), current_stories(held.profiles)
    if profile is None or stories is None:
        raise NotDrawn("No questions are drawn for these facts yet.")
    try:
        workload = Workload.read(origin.workload, profile.traits)
        found = sibling(workload, profile, seed=seed)
        before = (origin.explanation or {}).get("story", "")
        told = tell(stories, found, profile, seed=seed, without=before)
    except (Refused, Unproved) as error:
        raise NotDrawn(f"By the facts of today, that question cannot be proved: {error}") from error
    except (NoSibling, Untold) as error:
        raise NotDrawn(str(error)) from error
    return Drawn(origin, profile, found, told)


def draft_of_drawn(drawn, held):
    """The draft of a drawn question: proved once more, with every word that the engine says of it."""
    draft = scenario(
        kind=drawn.origin.kind,
        profile=drawn.profile,
        stem=drawn.told.stem,
        told=drawn.sibling.told,
        workload=Workload.read(drawn.sibling.told, drawn.profile.traits),
        others=held.others(drawn.profile),
    )
    draft = illustrated(draft, drawn.profile)
    return replace(draft, explanation=draft.explanation | {"story": drawn.told.story})


@transaction.atomic
def keep_drawn(*, drawn, draft):
    """Keep a drawn question as a version of its own, outside the bank; the same one is kept once."""
    parent = drawn.origin.question
    root = parent.drawn_from_id or parent.pk
    question, _ = Question.objects.get_or_create(
        # No file can take this slug: theirs have no underscore.
        slug=f"drawn_{root}_{digest_of_draft(draft)[:48]}",
        defaults={
            "status": Question.Status.DRAWN,
            "drawn_from_id": root,
            "objective_id": parent.objective_id,
            "difficulty": parent.difficulty,
            "tags": parent.tags,
        },
    )
    kept = question.versions.first()
    return kept or publish(question=question, draft=draft, profile=drawn.origin.profile, facts={})

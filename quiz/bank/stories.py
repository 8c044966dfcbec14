"""Loads the words in which drawn questions are told, and hands them out."""

import yaml
from django.db import transaction

from quiz.engine.draft import Wrong
from quiz.engine.story import stories_from
from studyapp.guide import knowledge
from studyapp.guide.files import ContentError, digest_of, read_yaml

from .models import StoryBook


@transaction.atomic
def load_stories(*, paths):
    """Load the story book: all or nothing, and nothing when it has not changed.

    No version points at it, because each keeps the words that it was told in. Raises ContentError
    with every problem as file and reason.
    """
    held = knowledge.current()
    digest = digest_of(paths)
    done = {"loaded": 0}
    for path in paths:
        try:
            document = read_yaml(path)
            stories = stories_from(document, held.profiles)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            words = " ".join(str(error).split())
            raise ContentError([f"{path.name}: cannot be read as YAML: {words}"]) from error
        except Wrong as error:
            raise ContentError([f"{path.name}, {reason}" for reason in error.reasons]) from error
        if not StoryBook.objects.filter(digest=digest).exists():
            values = {"digest": digest, "document": document}
            StoryBook.objects.update_or_create(pk=1, defaults=values)
            done["loaded"] = len(stories.stories)
    return done


def current_stories(profiles):
    """The stories that are told now; None while none are loaded."""
    book = StoryBook.objects.first()
    return book and stories_from(book.document, profiles)

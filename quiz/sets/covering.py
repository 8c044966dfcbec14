"""What a set tests and what it never tests, read from its questions and from all that it could ask."""

from quiz.bank.grounds import grounds_of
from quiz.bank.models import QuestionVersion
from quiz.engine.coverage import Asked, coverage, filling, pairs_told_apart
from quiz.engine.kinds import BY_SLUG
from quiz.engine.shuffle import together
from studyapp.guide.models import Subject


def asked_by(versions, traits):
    """Each version by what it tests: limits it rests on, options told apart, objective and kind."""
    grounds = grounds_of({each.pk for each in versions}, traits)
    known = dict(Subject.objects.values_list("slug", "label"))
    return [
        Asked(
            each.pk,
            {
                "limits": frozenset(ground.words for ground in grounds[each.pk]),
                "pairs": pairs_of(each, known),
                "objectives": frozenset([each.question.objective.text])
                if each.question.objective
                else frozenset(),
                "kinds": frozenset([BY_SLUG[each.kind].label]),
            },
        )
        for each in versions
    ]


def pairs_of(version, known):
    """The pairs of options or shapes that somebody has to tell apart to answer."""
    options = list(version.options.all())
    right = [option.key for option in options if option.is_correct]
    if len(right) != 1:
        return frozenset()
    return pairs_told_apart(right[0], [option.key for option in options], known)


def covered(quiz_set, user, traits):
    """The coverage of a set, and the ids of the versions that would fill every hole.

    A case study is filled in whole, or what is missing of it.
    """
    usable = QuestionVersion.objects.usable_by(user).for_profile(quiz_set.profile)
    bank = usable.select_related("question__objective").prefetch_related("options")
    bank = list(bank.defer("certificate", "explanation").order_by("question__slug"))
    asked = {each.question: each for each in asked_by(bank, traits)}
    there = set(quiz_set.items.questions().values_list("question", flat=True))
    picked = [asked[each.pk] for each in bank if each.question_id in there]
    further = together(
        (each.pk, each.case_id, each.part) for each in bank if each.question_id not in there
    )
    offered = [Asked.whole([asked[each] for each in unit]) for unit in further]
    missing = [each for unit in filling(picked, offered) for each in unit]
    return coverage(picked, asked.values()), missing

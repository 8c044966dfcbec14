from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.access import for_instructors, my_sets
from quiz.engine.kinds import BY_SLUG
from quiz.practice.models import PracticeSession
from studyapp.web import render


@never_cache
@for_instructors
@require_safe
def learner(request, quiz_set, member):
    """One person of the class: every answer of a finished try, with its mark."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    people = held.members.filter(learner__erased_at=None).select_related("learner__user")
    person = get_object_or_404(people, pk=member)
    tries = PracticeSession.objects.finished().filter(quiz_set=held, learner=person.learner_id)
    tries = list(tries.order_by("try_number"))
    asked = request.GET.get("try", "")
    chosen = next((each for each in tries if str(each.try_number) == asked), tries and tries[0])
    context = {
        "quiz_set": held,
        "tab": "results",
        "part": "learner",
        "member": person,
        "tries": tries,
        "chosen": chosen,
        "time": chosen and chosen.finished_at - chosen.started_at,
        "answers": answers_of(chosen) if chosen else (),
    }
    return render(request, "quiz/analysis/learner.html", context)


def answers_of(session):
    """Every place of a session with what was answered, what is right, both in words."""
    places = session.positions.select_related("version__number_key").order_by("number")
    places = places.defer("version__certificate", "version__explanation", "version__written")
    for place in places.prefetch_related("version__options"):
        kind, key = BY_SLUG[place.version.kind], place.version.key_held
        right = "" if kind.is_self_graded else kind.in_words(kind.correct_response(key), key)
        yield place, kind.in_words(place.response, key), right, kind.is_self_graded

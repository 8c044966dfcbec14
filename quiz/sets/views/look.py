from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.access import for_instructors, my_sets
from quiz.bank.models import QuestionVersion
from quiz.bank.pictures import picture_of
from quiz.engine.kinds import BY_SLUG
from quiz.engine.question import review
from studyapp.web import render


@never_cache
@for_instructors
@require_safe
def look(request, quiz_set, version):
    """One question whole, with its key and all that is said about it, before it is picked or taken out."""
    held = get_object_or_404(my_sets(request).select_related("profile"), pk=quiz_set)
    usable = QuestionVersion.objects.usable_by(request.user).for_profile(held.profile).values("pk")
    asked = held.items.questions().values("version")
    either = QuestionVersion.objects.filter(Q(pk__in=usable) | Q(pk__in=asked))
    found = get_object_or_404(
        either.select_related("question__objective", "number_key", "case"), pk=version
    )
    key = found.key_held
    order = [option.pk for option in key.options]
    context = {
        "quiz_set": held,
        "tab": "questions",
        "version": found,
        "question": review(found, key, order, BY_SLUG[found.kind].correct_response(key)),
        "picture": picture_of(found),
        "is_in": held.items.questions().filter(question=found.question_id).exists(),
    }
    return render(request, "quiz/sets/look.html", context)

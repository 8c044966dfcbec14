from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.access import for_instructors, my_sets
from quiz.bank.models import QuestionVersion
from quiz.engine.question import see
from quiz.engine.shuffle import option_order
from studyapp.web import render


@never_cache
@for_instructors
@require_safe
def preview(request, quiz_set):
    """All questions as a learner sees them before answering; nothing is written."""
    held = get_object_or_404(my_sets(request).select_related("profile"), pk=quiz_set)
    items = list(held.items.for_page())
    usable = QuestionVersion.objects.usable_by(request.user).for_profile(held.profile)
    picked = [item.question_id for item in items if item.count is None]
    current = dict(usable.filter(question__in=picked).values_list("question", "pk"))
    ids = [item.version_id or current.get(item.question_id) for item in items]
    versions = {each.pk: each for each in QuestionVersion.objects.in_order([i for i in ids if i])}
    prefetch_related_objects(list(versions.values()), "case")
    shown, number, cases = [], 0, set()
    for item, version in zip(items, ids, strict=True):
        seen = None
        if version in versions:
            number += 1
            key = versions[version].key_held
            order = option_order(key.options, seed=held.pk, number=number)
            seen = see(versions[version], key, order, rule=held.rule)
        number += item.count or 0
        case = seen and versions[version].case
        shown.append((item, seen, number, versions.get(version), case and case.pk not in cases))
        cases.add(case and case.pk)
    context = {"quiz_set": held, "tab": "preview", "shown": shown, "number": number}
    return render(request, "quiz/sets/preview.html", context)

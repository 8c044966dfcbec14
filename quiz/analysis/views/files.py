from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.access import for_instructors, my_sets
from quiz.bank.models import QuestionVersion
from quiz.engine.confidence import LEVELS
from quiz.engine.kinds import BY_SLUG
from quiz.practice.models import Position
from quiz.sheet import long_sheet, sheet

from ..figures import figures_of
from ..lines import learner_lines, question_lines
from ..people import BEST, FIRST, LAST, names_by_learner, people_of

LEARNERS = ["learner", "state", "tries"]
LEARNERS += [
    f"{which} try: {what}"
    for which in (FIRST, BEST, LAST)
    for what in ("number", "points", "of", "percent", "seconds", "finished (UTC)")
]
QUESTIONS = ["number", "question", "kind", "stem", "asked", "blank", "counts in the score"]
FIGURES = [
    "facility",
    "facility_low",
    "facility_high",
    "sd",
    "discrimination",
    "discrimination_low",
    "discrimination_high",
    "efficiency",
    "guess",
]
OPTION = ["option", "right", "picked by", "pick rate", "misconception"]
ANSWERS = [
    "learner",
    "try",
    "place",
    "question",
    "kind",
    "answer",
    "share",
    "counts in the score",
    "confidence",
    "saved (UTC)",
]


@never_cache
@for_instructors
@require_safe
def learners_file(request, quiz_set):
    """Everybody with the first, best and last try as a CSV file."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    lines = learner_lines(people_of(held), timezone.now())
    return sheet(f"learners-{held.pk}.csv", LEARNERS, (learner_row(line) for line in lines))


def learner_row(line):
    cells = [line.name, line.state, line.tries]
    for which in (FIRST, BEST, LAST):
        counted = line.person.counting(which)
        if counted is None:
            cells += [""] * 6
            continue
        score = counted.score
        cells += [counted.number, score.written, score.of, score.percent]
        cells += [round(counted.time.total_seconds()), f"{counted.finished_at:%Y-%m-%d %H:%M}"]
    return cells


@never_cache
@for_instructors
@require_safe
def questions_file(request, quiz_set):
    """Every question with its statistics as a CSV file, with a line for each option to pick."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    lines = question_lines(held, figures_of(held, people_of(held)))
    rows = (row for line in lines for row in question_rows(line))
    return sheet(f"questions-{held.pk}.csv", QUESTIONS + FIGURES + OPTION, rows)


def question_rows(line):
    counts = "by themselves" if line.is_self_graded else "no" if line.is_left_out else "yes"
    cells = [line.number, line.slug, line.kind, line.stem, line.asked, line.blank, counts]
    cells += [blank_for_none(getattr(line, name)) for name in FIGURES]
    if not line.options:
        yield [*cells, "", "", "", "", ""]
    for option in line.options:
        right = "yes" if option.is_correct else "no"
        picked = [option.count, blank_for_none(option.rate)]
        yield [*cells, option.text, right, *picked, option.misconception]


def blank_for_none(value):
    return "" if value is None else value


@never_cache
@for_instructors
@require_safe
def answers_file(request, quiz_set):
    """Every answer of every finished try as a CSV file, sent while it is read."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    answers = Position.objects.filter(
        session__quiz_set=held, session__finished_at__isnull=False
    ).order_by("session", "number")
    ids = list(answers.order_by().values_list("version", flat=True).distinct())
    versions = QuestionVersion.objects.in_order(ids)
    slugs = dict(QuestionVersion.objects.filter(pk__in=ids).values_list("pk", "question__slug"))
    asked = {each.pk: (slugs[each.pk], BY_SLUG[each.kind], each.key_held) for each in versions}
    rows = answer_rows(answers, asked, names_by_learner(held))
    return long_sheet(f"answers-{held.pk}.csv", ANSWERS, rows)


def answer_rows(answers, asked, names):
    levels = dict(LEVELS)
    columns = ("session__learner", "session__try_number", "number", "version", "response")
    columns += ("points", "points_of", "is_scored", "confidence", "saved_at")
    for row in answers.values_list(*columns).iterator(chunk_size=2000):
        learner, number, place, version, response, points, of, is_scored, level, saved_at = row
        slug, kind, key = asked[version]
        counts = "by themselves" if kind.is_self_graded else "yes" if is_scored else "no"
        blank = "" if kind.is_self_graded else 0
        yield [
            names.get(learner, ""),
            number,
            place,
            slug,
            kind.label,
            kind.in_words(response, key),
            round(points / of, 4) if of else blank,
            counts,
            levels.get(level, ""),
            f"{saved_at:%Y-%m-%d %H:%M:%S}" if saved_at else "",
        ]

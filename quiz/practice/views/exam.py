import secrets

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import whose
from quiz.bank.models import QuestionVersion
from quiz.engine.kinds import BY_SLUG
from quiz.engine.scoring import EXAM
from quiz.engine.shuffle import SEEDS
from quiz.engine.timing import limit
from quiz.tokens import new_token
from studyapp.guide import knowledge
from studyapp.web import render

from ..actions import StillOpen
from ..exam import draw_exam, exam_forms, minutes_a_question, pool_of_exam, terms_of
from ..forms import TIMES, ExamStartForm
from ..models import ExamForm, Position, PracticeSession
from ..starting import begin
from .question import first_page

FIGURES = {
    "questions": "Questions",
    "unscored": "Of these unscored",
    "minutes": "Time",
    "lowest": "Lowest scaled score",
    "highest": "Highest scaled score",
    "to_pass": "Score needed to pass",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exam(request):
    """The forms of the exam, each with what it asks for and the sources; a POST starts one."""
    if request.method == "POST":
        return start(request, ExamStartForm(request.POST))
    return show(request)


def start(request, form):
    """Start a session by the form of an exam."""
    now = timezone.now()
    if not form.is_valid():
        return show(request, words=form.words(), status=422)
    chosen, token = exam_forms().get(pk=form.cleaned_data["form"].pk), form.cleaned_data["token"]
    profile = knowledge.profile_of(request)
    mine = Position.objects.filter(whose(request, "session__learner"), revision__gt="")
    seed = secrets.randbelow(SEEDS)
    seen = set(mine.values_list("version", flat=True))
    picked, unscored = draw_exam(chosen, profile, seen, seed=seed)
    if not picked:
        words = [f"There is no question of this form by the facts of {profile.label} yet."]
        return show(request, words=words, status=422)
    try:
        session = begin(
            request,
            form,
            title=f"{chosen}: {profile.label}",
            profile=profile,
            versions=QuestionVersion.objects.in_order(picked),
            seed=seed,
            now=now,
            mode=PracticeSession.Mode.EXAM,
            scoring=EXAM.slug,
            limit=time_of(chosen, form.cleaned_data["time"], len(picked)),
            terms=terms_of(chosen),
            unscored=unscored,
        )
    except StillOpen as error:
        said = {"chosen": chosen.slug, "time": request.POST.get("time", "")}
        return show(request, token=token, still_open=error.session, status=409, **said)
    return redirect(first_page(session, asked=chosen.number("questions")))


def time_of(form, factor, length):
    """The time of an exam; a form that states none goes by the pace of the one that does."""
    pace = minutes_a_question([form]) or minutes_a_question(exam_forms())
    return limit(minutes=pace * length, factor=factor) if factor and pace else None


def offered(form, profile):
    """A form with how many of its questions can be asked now, and the minutes for these."""
    number = min(pool_of_exam(form, profile).count(), form.asks)
    time = time_of(form, 1, number)
    return {
        "form": form,
        "number": number,
        "minutes": time and round(time.total_seconds() / 60),
        "kinds": [BY_SLUG[slug].label for slug in form.kinds],
    }


def show(request, *, token=None, words=(), still_open=None, chosen="", time="1", status=200):
    profile = knowledge.profile_of(request)
    forms = exam_forms().select_related(*(f"{name}__source" for name in ExamForm.FIGURES))
    return render(
        request,
        "quiz/practice/exam.html",
        {
            "forms": [offered(form, profile) for form in forms],
            "rows": [
                (label, [getattr(form, name) for form in forms]) for name, label in FIGURES.items()
            ],
            "times": TIMES,
            "rule": EXAM,
            "words": words,
            "still_open": still_open,
            "chosen": chosen,
            "time": time,
            "token": token or new_token(),
        },
        status=status,
    )

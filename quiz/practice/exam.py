"""The forms of an exam: what one asks for, and the questions of a session that follows it."""

from fractions import Fraction

from django.db import transaction

from quiz.bank.models import QuestionVersion
from quiz.engine.kinds import BY_SLUG
from quiz.engine.shuffle import shuffled, unseen_first
from studyapp.guide.files import ContentError, read_entry, read_yaml
from studyapp.guide.models import Figure

from .models import ExamForm
from .pool import units_of


def exam_forms():
    """Every form with its figures, in one query."""
    return ExamForm.objects.select_related(*ExamForm.FIGURES)


def pool_of_exam(form, profile):
    """All versions that a form may ask."""
    found = QuestionVersion.objects.published().for_profile(profile).filter(kind__in=form.kinds)
    return found if form.has_cases else found.alone()


def draw_exam(form, profile, seen, *, seed):
    """The ids of the versions of one exam in their order, and of those that are not scored.

    Where there are fewer questions than the form asks for, the share of unscored ones stays.
    """
    wanted, unscored = form.number("questions"), form.number("unscored")
    units = units_of(pool_of_exam(form, profile))
    picked = unseen_first(units, seen, count=wanted, seed=seed)
    left_out = len(picked) * unscored // wanted
    return picked, frozenset(shuffled(picked, seed + 2)[:left_out])


def terms_of(form):
    """The columns in which a session keeps what the form said when it began."""
    return {
        "form": form,
        "scale_lowest": form.number("lowest"),
        "scale_highest": form.number("highest"),
        "scale_pass": form.number("to_pass"),
    }


def minutes_a_question(forms):
    """How long an exam gives for one question, by the first form that states a time; None without."""
    for form in forms:
        if form.minutes:
            return Fraction(form.number("minutes"), form.number("questions"))
    return None


def entries_of(paths):
    """The entries of all files, each checked by itself; ContentError names the first that is wrong."""
    for path in paths:
        for number, row in enumerate(read_yaml(path), start=1):
            try:
                yield read_entry(path.name, row, "quiz")
            except ValueError as error:
                raise ContentError([f"{path.name}, entry {number}: {error}"]) from None


@transaction.atomic
def load_exam_forms(*, paths):
    """Load the forms from their files: all or nothing; a form that is in no file any more goes.

    Raises ContentError with every problem as file, entry and reason. Returns what was done.
    """
    figures = {figure.slug: figure for figure in Figure.objects.all()}
    before = {form.slug: form for form in ExamForm.objects.all()}
    problems, done = [], {"added": 0, "changed": 0, "removed": 0}
    for entry in entries_of(paths):
        missing = [slug for slug in entry.links.values() if slug and slug not in figures]
        unknown = [kind for kind in entry.values["kinds"] if kind not in BY_SLUG]
        problems += [f"{entry.label}: there is no figure {slug}" for slug in missing]
        problems += [f"{entry.label}: there is no kind {kind}" for kind in unknown]
        if missing or unknown:
            continue
        links = {name: slug and figures[slug] for name, slug in entry.links.items()}
        form, values = before.pop(entry.slug, None), entry.values | links
        if form is None:
            ExamForm.objects.create(**values)
            done["added"] += 1
        elif any(getattr(form, name) != value for name, value in values.items()):
            ExamForm.objects.filter(pk=form.pk).update(**values)
            done["changed"] += 1
    if problems:
        raise ContentError(problems)
    done["removed"], _ = ExamForm.objects.filter(slug__in=before).delete()
    return done

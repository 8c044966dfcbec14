"""Which questions somebody may change: every query starts at the person who asks."""

from .models import Question


def my_questions(request):
    """Their own; staff also those that others wrote, but for those of the bank's files."""
    written = Question.objects.of_the_bank().filter(from_files=False)
    if request.user.is_staff:
        return written
    return written.filter(author=request.user)

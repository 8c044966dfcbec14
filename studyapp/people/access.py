"""Who may open a page, by what somebody is."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login

from studyapp.web import render


def for_instructors(view):
    """Open a page to instructors and staff; others are told how to become one, guests sign in first."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_instructor:
            return render(request, "people/not_an_instructor.html", status=403)
        return view(request, *args, **kwargs)

    return guarded

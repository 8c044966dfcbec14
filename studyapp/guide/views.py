"""The guide's pages."""

from studyapp.web import render


def home(request):
    return render(request, "home.html")


def index(request):
    return render(request, "guide/index.html")

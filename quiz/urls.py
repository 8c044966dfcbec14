"""The addresses of the quiz rooms."""

from django.urls import include, path

urlpatterns = [
    path("practice/", include("quiz.practice.urls")),
    path("progress/", include("quiz.progress.urls")),
    path("resume/", include("quiz.learners.urls")),
]

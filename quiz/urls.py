"""The addresses of the quiz rooms."""

from django.urls import include, path

urlpatterns = [
    path("practice/", include("quiz.practice.urls")),
    path("questions/", include("quiz.bank.urls")),
    path("sets/", include("quiz.sets.urls")),
    path("sets/", include("quiz.analysis.urls")),
    path("join/", include("quiz.sets.join_urls")),
    path("progress/", include("quiz.progress.urls")),
    path("resume/", include("quiz.learners.urls")),
    path("", include("quiz.learners.data_urls")),
]

"""The addresses of all rooms, each under its own word."""

from django.contrib import admin
from django.urls import include, path

from .guide.views import home
from .web import healthz

urlpatterns = [
    path("", home, name="home"),
    path("guide/", include("studyapp.guide.urls")),
    path("wizard/", include("studyapp.wizard.urls")),
    path("", include("quiz.urls")),
    path("accounts/", include("studyapp.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]

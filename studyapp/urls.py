"""The addresses of all rooms, each under its own word."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from .guide.views import home
from .web import healthz

# Staff signs in where everybody does, so that a second factor is asked for here too.
admin.site.login = secure_admin_login(admin.site.login)

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

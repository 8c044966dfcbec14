"""Where people join a set: apart from the pages of instructors."""

from django.urls import path

from .views import code, join_set

app_name = "join"
urlpatterns = [
    path("", code, name="code"),
    path("<str:secret>/", join_set, name="set"),
]

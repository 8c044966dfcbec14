from django.urls import path

from . import views

app_name = "sets"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:quiz_set>/", views.quiz_set, name="set"),
    path("<int:quiz_set>/rules/", views.rules, name="rules"),
    path("<int:quiz_set>/questions/", views.questions, name="questions"),
    path("<int:quiz_set>/questions/<int:version>/", views.look, name="look"),
    path("<int:quiz_set>/coverage/", views.coverage, name="coverage"),
    path("<int:quiz_set>/preview/", views.preview, name="preview"),
    path("<int:quiz_set>/people/", views.people, name="people"),
    path("<int:quiz_set>/people/<int:member>/", views.member, name="member"),
    path("<int:quiz_set>/join/", views.joining, name="joining"),
]

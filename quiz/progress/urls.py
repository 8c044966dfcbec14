from django.urls import path

from . import views

app_name = "progress"
urlpatterns = [
    path("", views.index, name="index"),
    path("history.csv", views.history, name="history"),
    path("questions.csv", views.questions, name="questions"),
]

from django.urls import path

from . import views

app_name = "practice"
urlpatterns = [
    path("", views.index, name="index"),
    path("exam/", views.exam, name="exam"),
    path("near/", views.near, name="near"),
    path("<int:session>/", views.result, name="result"),
    path("<int:session>/missed/", views.missed, name="missed"),
    path("<int:session>/result.csv", views.result_file, name="result-file"),
    path("<int:session>/<int:number>/", views.question, name="question"),
]

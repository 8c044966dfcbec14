from django.urls import path

from . import views

app_name = "practice"
urlpatterns = [
    path("", views.index, name="index"),
    path("exam/", views.exam, name="exam"),
    path("near/", views.near, name="near"),
    path("set/<int:quiz_set>/", views.tries, name="set"),
    path("<int:session>/", views.result, name="result"),
    path("<int:session>/review/", views.review, name="review"),
    path("<int:session>/missed/", views.again, {"which": "missed"}, name="missed"),
    path("<int:session>/flagged/", views.again, {"which": "flagged"}, name="flagged"),
    path("<int:session>/result.csv", views.result_file, name="result-file"),
    path("<int:session>/<int:number>/trap/", views.trap, name="trap"),
    path("<int:session>/<int:number>/", views.question, name="question"),
]

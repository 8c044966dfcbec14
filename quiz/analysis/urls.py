from django.urls import path

from . import views

app_name = "analysis"
RESULTS, QUESTION = "<int:quiz_set>/results/", "<int:quiz_set>/results/questions/<int:version>/"
urlpatterns = [
    path("<int:quiz_set>/board/", views.board, name="board"),
    path("<int:quiz_set>/board/<int:member>/", views.reopen, name="reopen"),
    path(RESULTS, views.results, name="results"),
    path(f"{RESULTS}learners.csv", views.learners_file, name="learners-file"),
    path(f"{RESULTS}questions.csv", views.questions_file, name="questions-file"),
    path(f"{RESULTS}answers.csv", views.answers_file, name="answers-file"),
    path(f"{RESULTS}learners/<int:member>/", views.learner, name="learner"),
    path(f"{RESULTS}questions/", views.questions, name="questions"),
    path(QUESTION, views.question, name="question"),
    path(f"{QUESTION}regrade/", views.regrade, name="regrade"),
]

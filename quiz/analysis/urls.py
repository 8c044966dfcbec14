from django.urls import path

from . import views

app_name = "analysis"
urlpatterns = [
    path("<int:quiz_set>/board/", views.board, name="board"),
    path("<int:quiz_set>/board/<int:member>/", views.reopen, name="reopen"),
]

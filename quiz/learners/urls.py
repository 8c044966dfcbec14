from django.urls import path

from . import views

app_name = "learners"
urlpatterns = [
    path("", views.links, name="links"),
    path("<str:secret>/", views.resume, name="resume"),
]

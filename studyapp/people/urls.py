from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("", views.account, name="account"),
    path("teach/", views.teach, name="teach"),
    path("sessions/", views.places, name="places"),
]

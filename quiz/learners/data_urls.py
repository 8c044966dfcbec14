"""What is kept of somebody: to read, to take away, and to have erased."""

from django.urls import path

from . import data

app_name = "data"
urlpatterns = [
    path("privacy/", data.privacy, name="privacy"),
    path("your-data/", data.index, name="index"),
    path("your-data/file.json", data.download, name="file"),
    path("your-data/erase/", data.erase, name="erase"),
]

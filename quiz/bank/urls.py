"""The addresses of the bank room, where instructors write questions."""

from django.urls import path

from .views.duplicate import bank, duplicate
from .views.edit import edit
from .views.index import index, new
from .views.versions import versions

app_name = "bank"

urlpatterns = [
    path("", index, name="index"),
    path("new/", new, name="new"),
    path("bank/", bank, name="bank"),
    path("<int:question>/edit/", edit, name="edit"),
    path("<int:question>/versions/", versions, name="versions"),
    path("<int:question>/duplicate/", duplicate, name="duplicate"),
]

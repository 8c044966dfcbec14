from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "studyapp.people"

    def ready(self):
        from studyapp import database  # noqa: F401  registers its checks

import json
import os
import sys

import django
from django.core.management import call_command

QUESTIONS, USERS, RESPONSES = 1_000, 200, 100_000
FEEDBACK = (
    "Its limit on the payload is smaller than what this workload sends, so it cannot serve it."
)


def prepare():
    """Fill the database; print the cookies of every user, and what one answer costs."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from .models import Question, Response

    call_command("migrate", verbosity=0, run_syncdb=True)
    users = User.objects.bulk_create(User(username=f"user{n}", password="!") for n in range(USERS))
    questions = Question.objects.bulk_create(
        Question(stem=f"Which option serves workload {n}? " * 6, right=n % 4 + 1, feedback=FEEDBACK)
        for n in range(QUESTIONS)
    )
    Response.objects.bulk_create(
        (
            Response(
                user=users[n % USERS],
                question=questions[n % QUESTIONS],
                picked=n % 4 + 1,
                is_right=not n % 3,
            )
            for n in range(RESPONSES)
        ),
        batch_size=2_000,
    )
    cookies = []
    for user in users:
        client = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
        client.force_login(user)
        cookies.append(client.cookies["sessionid"].value)
    with CaptureQueriesContext(connection) as asked:
        reply = client.post("/7/", {"option": 1})
    passing = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    statements = [q["sql"] for q in asked if not q["sql"].startswith(passing)]
    told = {"statements": len(statements), "wire": len(reply.content)}
    print(json.dumps(told | {"cookies": cookies, "questions": [q.pk for q in questions]}))


def load_application():
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def serve():
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "tests.verify.floor",
        address="127.0.0.1",
        port=int(os.environ["PORT"]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve(target_loader=load_application, wrap_loader=False)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.verify.floor.settings"
    if sys.argv[1] == "prepare":
        django.setup()
        prepare()
    else:
        serve()

"""What the tests of all quiz rooms share: browsers of guests, and requests at the same moment."""

import sqlite3
from threading import Barrier, Thread

import pytest
from django.db import connection

from studyapp.people.middleware import GUEST_KEY


@pytest.fixture
def sign_in():
    """Let a client be the guest who owns a learner row: sign_in(client, learner)."""

    def run(client, learner):
        session = client.session
        session[GUEST_KEY] = learner.guest_key
        session.save()
        return client

    return run


@pytest.fixture
def database(tmp_path):
    """A database that threads can really share: SQLite's in memory is copied to a file for them."""
    if connection.vendor != "sqlite":
        yield lambda: None
        return
    path, original = tmp_path / "shared.sqlite3", connection.settings_dict

    def use_file():
        connection.close()
        connection.settings_dict = original | {"NAME": str(path)}

    connection.ensure_connection()
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    kept = connection.connection
    connection.connection = None
    use_file()
    yield use_file
    connection.close()
    connection.settings_dict = original
    connection.connection = kept


@pytest.fixture
def race(database):
    """Run functions at the same moment, each with a connection of its own; what each returned."""

    def run(*functions):
        barrier, results = Barrier(len(functions)), [None] * len(functions)

        def one(index, function):
            database()
            barrier.wait(10)
            try:
                results[index] = function()
            finally:
                connection.close()

        threads = [Thread(target=one, args=each) for each in enumerate(functions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return results

    return run

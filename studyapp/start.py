"""The steps of `make run`, one word each: port, prepare, serve."""

import errno
import hashlib
import http.client
import os
import socket
import sys
import threading
import time
from pathlib import Path

HOST = "127.0.0.1"


def port():
    """The port to serve on, once it is known to be free; otherwise stop and say why."""
    asked = os.environ.get("PORT") or "8000"
    if not (asked.isdecimal() and 0 < int(asked) < 65536):
        sys.exit(f"PORT must be a number from 1 to 65535, not {asked!r}.")
    number = int(asked)
    with socket.socket() as probe:
        # Connections of a server that has just stopped do not make the port busy.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(
                    f"Port {number} of {HOST} is busy: another program listens there. "
                    f"Stop it, or choose another port: make run PORT={number % 65535 + 1}"
                )
            if error.errno == errno.EACCES:
                sys.exit(f"Port {number} needs root. Choose one above 1023: make run PORT=8000")
            raise
    return number


def prepare():
    """Bring the database, the content and the static files up to date."""
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import OperationalError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.settings")
    try:
        django.setup()
        bring_up_to_date()
    except (CommandError, ImproperlyConfigured, OperationalError) as error:
        sys.exit(f"{error}")


def bring_up_to_date():
    from django.conf import settings
    from django.core.management import call_command

    print("Checking the settings and migrating the database", flush=True)
    call_command("migrate", verbosity=0, skip_checks=False)

    print("Loading the content", flush=True)
    call_command("load_content")

    digest = digest_of_static_files(settings)
    kept = settings.DATA_DIR / "static.digest"
    if not (kept.exists() and kept.read_text() == digest):
        print("Collecting and compressing the static files", flush=True)
        kept.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        kept.write_text(digest)


def digest_of_static_files(settings):
    """Changes when a static file of ours does, or a pinned package that may bring some."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return f"{settings.STATIC_ROOT} {digest.hexdigest()}"


def serve():
    """Serve until Ctrl-C, and print the address when the first page can be had."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    number = port()
    server = Server(
        "studyapp.wsgi:application",
        address=HOST,
        port=number,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        websockets=False,
        respawn_failed_workers=True,
        # A worker told to stop while it is still importing would never hear of it.
        workers_kill_timeout=15,
        log_level=LogLevels.warning,
    )
    print("Starting the server", flush=True)
    threading.Thread(target=announce, args=(number,), daemon=True).start()
    server.serve()
    print("Stopped", flush=True)


def announce(number):
    while True:
        connection = http.client.HTTPConnection(HOST, number, timeout=60)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except OSError:
            time.sleep(0.05)
        else:
            print(f"Serving on http://{HOST}:{number}/ (Ctrl-C stops it)", flush=True)
            return
        finally:
            connection.close()


if __name__ == "__main__":
    {"port": port, "prepare": prepare, "serve": serve}[sys.argv[1]]()

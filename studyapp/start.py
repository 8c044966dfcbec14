"""What `make run` does once the environment stands: bring everything up to date, then serve."""

import errno
import gc
import hashlib
import http.client
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HOST = "127.0.0.1"


def free_port():
    """The port to serve on, once it is known to be free; otherwise stop and say why."""
    asked = os.environ.get("PORT") or "8000"
    if not (asked.isdecimal() and 0 < int(asked) < 65536):
        sys.exit(f"PORT must be a number from 1 to 65535, not {asked!r}.")
    port = int(asked)
    with socket.socket() as probe:
        # Connections of a server that has just stopped do not make the port busy.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(
                    f"Port {port} of {HOST} is busy: another program listens there. "
                    f"Stop it, or choose another port: make run PORT={port % 65535 + 1}"
                )
            if error.errno == errno.EACCES:
                sys.exit(f"Port {port} needs root. Choose one above 1023: make run PORT=8000")
            raise
    return port


def prepare():
    """Bring the database, the content and the static files up to date."""
    from django.conf import settings
    from django.core.management import call_command

    print("Checking the settings and migrating the database", flush=True)
    call_command("migrate", verbosity=0, skip_checks=False)
    call_command("createcachetable", verbosity=0)

    print("Loading the content", flush=True)
    call_command("load_content")

    digest = digest_of_static_files(settings)
    kept = settings.DATA_DIR / "static.digest"
    if not (kept.exists() and kept.read_text() == digest):
        print("Collecting and compressing the static files", flush=True)
        kept.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        kept.write_text(digest)


def prepare_apart():
    """Prepare in a process that ends with it, so that the workers inherit no memory of loading."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import OperationalError

    def run():
        try:
            prepare()
        except (CommandError, ImproperlyConfigured, OperationalError) as error:
            sys.exit(f"{error}")
        except KeyboardInterrupt:
            sys.exit(130)

    # Forked, because importing the site once more would take as long as all that is prepared.
    preparing = multiprocessing.get_context("fork").Process(target=run)
    preparing.start()
    preparing.join()
    if preparing.exitcode:
        sys.exit(preparing.exitcode)


def preload():
    """Import the whole site before the workers are forked, so that its memory is theirs in common."""
    from django.urls import reverse

    import studyapp.wsgi  # noqa: F401  its middleware too

    reverse("home")
    gc.collect()
    # What is shared stays so only while the collector does not write to it.
    gc.freeze()


def digest_of_static_files(settings):
    """Changes when a static file of ours does, or a pinned package that may bring some."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return f"{settings.STATIC_ROOT} {digest.hexdigest()}"


def serve(port):
    """Serve until Ctrl-C; another process stands beside, and goes with this one."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    print("Starting the server", flush=True)
    companion = subprocess.Popen(  # noqa: S603  it is this very program
        [sys.executable, "-m", "studyapp.start", "beside", str(os.getpid())],
        start_new_session=True,
    )
    server = Server(
        "studyapp.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
        log_level=LogLevels.warning,
    )
    try:
        server.serve(target_loader=load_application, wrap_loader=False)
    finally:
        companion.terminate()
        try:
            companion.wait(5)
        except subprocess.TimeoutExpired:
            companion.kill()
    print("Stopped", flush=True)


def load_application():
    """In a worker: import the site, such that a stop is neither lost nor taken for a crash."""
    # Ctrl-C reaches every process; the main one hears it and tells the workers by SIGTERM.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, lambda number, frame: os._exit(0))
    from studyapp.wsgi import application

    return application


def announce():
    """Wait for the first answer, then print the address."""
    port = int(os.environ.get("PORT") or 8000)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(HOST, port, timeout=60)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except OSError:
            time.sleep(0.05)
        else:
            return print(f"Serving on http://{HOST}:{port}/ (Ctrl-C stops it)", flush=True)
        finally:
            connection.close()


def beside():
    """Beside the server: print its address, forget old guests, then close what is over until it ends.

    All of that once pages can be had, so that it slows no start; nothing here can stop the server.
    """
    server = int(sys.argv[2])
    announce()

    import django
    from django.core.management import call_command
    from django.db import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.settings")
    django.setup()
    try:
        call_command("forget_guests")
    except DatabaseError as error:
        print(f"Guests are forgotten at the next start: {error}", file=sys.stderr, flush=True)
    call_command("close_overdue", every=30, beside=server)


def start():
    port = free_port()

    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")
    prepare_apart()
    preload()
    serve(port)


if __name__ == "__main__":
    step = sys.argv[1] if len(sys.argv) > 1 else "start"
    try:
        {"start": start, "port": free_port, "beside": beside}[step]()
    except KeyboardInterrupt:
        sys.exit(130)

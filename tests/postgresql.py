"""Run a command on a PostgreSQL of its own, which is gone afterwards.

    python -m tests.postgresql python -m pytest -m "database and not browser"
    python -m tests.postgresql --fsync python -m tests.verify.kill9

Without --fsync nothing is forced to the disk: quicker for tests, and refused by the site itself.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg


def binaries():
    """The folder with PostgreSQL's server programs, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if shutil.which("pg_config"):
        named = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True)
        folders.insert(0, Path(named.stdout.strip()))
    if shutil.which("initdb"):
        folders.append(Path(shutil.which("initdb")).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def account():
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise LookupError("neither postgres nor nobody is a user of this machine")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def cluster(folder, *, fsync=False):
    """A new cluster on a free port of 127.0.0.1; yields its DATABASE_URL."""
    home = Path(tempfile.mkdtemp(prefix="study-postgresql-"))
    who = account()
    server = None
    try:
        password = secrets.token_urlsafe(16)
        (home / "password").write_text(password)
        if who:
            for path in (home, home / "password"):
                os.chown(path, who["user"], who["group"])
        # Its own process session: Ctrl-C is for the tests, the server stops after them.
        run = {**who, "cwd": home, "start_new_session": True, "stderr": subprocess.STDOUT}
        make = ["--username=study", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        make += ["--no-sync", f"--pgdata={home / 'data'}", f"--pwfile={home / 'password'}"]
        port = free_port()
        serve = ["-D", home / "data", "-k", home, "-p", str(port)]
        serve += ["-c", "listen_addresses=127.0.0.1", "-c", f"fsync={'on' if fsync else 'off'}"]
        with open(home / "log", "w") as log:
            subprocess.run([folder / "initdb", *make], **run, stdout=log, check=True)
            server = subprocess.Popen([folder / "postgres", *serve], **run, stdout=log)
            url = f"postgres://study:{password}@127.0.0.1:{port}/postgres"
            wait_until_ready(server, url)
        yield url
    except (subprocess.CalledProcessError, TimeoutError):
        print((home / "log").read_text(), file=sys.stderr)
        raise
    finally:
        if server is not None:
            # SIGINT is PostgreSQL's "fast" stop: open sessions are ended and rolled back.
            server.send_signal(signal.SIGINT)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(home, ignore_errors=True)


def wait_until_ready(server, url):
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("PostgreSQL did not start")


def main(command):
    fsync = command[:1] == ["--fsync"]
    command = command[fsync:]
    folder = binaries()
    if folder is None:
        print(
            f"{'!' * 78}\nNO POSTGRESQL: neither initdb nor postgres was found, so the tests that\n"
            f"touch the database run on SQLite only. Debian's package is postgresql.\n{'!' * 78}",
            file=sys.stderr,
        )
        return 0
    # Whatever ends this program ends it by way of the clean-up.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, frame: sys.exit(128 + number))
    print(f"On a PostgreSQL of its own, from {folder}:", flush=True)
    with cluster(folder, fsync=fsync) as url:
        child = subprocess.Popen(command, env=os.environ | {"DATABASE_URL": url})
        # Ctrl-C reaches the command as well, and the server has to outlive it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return child.wait()
        finally:
            child.terminate()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

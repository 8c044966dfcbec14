"""The browser of the browser tests: found, or installed where that is possible."""

import os
import shutil
import subprocess
import sys
from functools import cache

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@cache
def find():
    """The path of a Chromium that starts, or None; CHROMIUM in the environment names one."""
    for name in (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else NAMES:
        path = shutil.which(name)
        # Ubuntu's package of that name is a signpost to a snap, and fails when started.
        if path and subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return path
    return None


def is_required():
    """Whether going without a browser is a failure: it is where CI is true."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def install():
    """Install Debian's chromium; the reason why not, if that cannot be."""
    if os.environ.get("CHROMIUM"):
        return f"CHROMIUM={os.environ['CHROMIUM']} does not start."
    if not shutil.which("apt-get"):
        return "Install Chromium or Chrome, or name one with CHROMIUM=/path/to/it."
    if os.geteuid() != 0:
        return "Installing it needs root: apt-get install chromium"
    print("Installing Debian's chromium for the browser tests", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ("update", "--yes --no-install-recommends install chromium"):
        if subprocess.run(
            ["apt-get", "--quiet=2", *command.split()], env=environment, stdout=subprocess.DEVNULL
        ).returncode:
            return f"apt-get {command} failed: see above."
    find.cache_clear()
    return None if find() else "What apt-get installed does not start."


def main():
    problem = None if find() else install()
    if problem is None:
        return 0
    print(
        f"{'!' * 78}\nNO BROWSER: no Chromium was found, so the browser tests cannot run.\n"
        f"{problem}\n{'!' * 78}",
        file=sys.stderr,
    )
    return 1 if is_required() else 0


if __name__ == "__main__":
    sys.exit(main())

import shutil
import socket

import pytest

from studyapp.start import HOST, digest_of_static_files, free_port


@pytest.mark.parametrize("port", ("web", "0", "-1", "65536", "80.5"))
def test_odd_port_is_refused_in_words(port, monkeypatch):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(SystemExit, match="PORT must be a number from 1 to 65535"):
        free_port()


def test_busy_port_is_named(monkeypatch):
    with socket.create_server((HOST, 0)) as other:
        busy = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(busy))

        with pytest.raises(SystemExit, match=f"Port {busy} of {HOST} is busy"):
            free_port()


def test_port_that_nobody_uses_is_taken(monkeypatch):
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
    monkeypatch.setenv("PORT", str(port))

    assert free_port() == port


def test_static_files_are_collected_anew_only_when_one_has_changed(settings, tmp_path):
    shutil.copytree(settings.STATICFILES_DIRS[0], tmp_path / "static")
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    before = digest_of_static_files(settings)

    assert digest_of_static_files(settings) == before
    (tmp_path / "static" / "studyapp.css").write_text("body { color: red }")
    assert digest_of_static_files(settings) != before

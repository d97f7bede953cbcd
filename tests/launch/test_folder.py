"""Where things are kept: secrets, a folder only root may enter, long paths, and who stops the servers."""

import os
import stat
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from casusregie.launch import LaunchError, embedded_environment, folder, postgres, valkey

Start = Callable[[str], "subprocess.Popen[str]"]


def test_secrets_are_made_once_and_private(data: Path) -> None:
    first = embedded_environment(data)
    assert embedded_environment(data) == first
    assert stat.S_IMODE((data / "secrets.json").stat().st_mode) == 0o600
    assert len(first["SECRET_KEY"]) >= 50
    assert not postgres.listening(data)


def test_damaged_secrets_are_never_replaced(data: Path) -> None:
    embedded_environment(data)
    (data / "secrets.json").write_text("{")
    with pytest.raises(LaunchError, match="secrets.json cannot be read"):
        embedded_environment(data)
    assert (data / "secrets.json").read_text() == "{"


def test_the_folder_is_asked_for_by_environment(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder.data_folder() == folder.REPOSITORY / ".local"
    monkeypatch.setenv("CASUSREGIE_DATA", str(data))
    assert folder.data_folder() == data


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that the database's account cannot reach")
def test_under_a_private_home_only_the_servers_files_move() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as private:
        data = Path(private) / "repo" / ".local"
        try:
            urls = postgres.ensure(data, throwaway=True)
            home = folder.server_home(data)
            assert home != data
            assert (home / "postgres" / "PG_VERSION").exists()
            assert (data / "mail").is_dir()
            assert stat.S_IMODE(Path(private).stat().st_mode) == 0o700
            assert postgres.urls(data) == urls
        finally:
            postgres.remove(data)
        assert not home.exists()


def test_a_long_path_gets_a_short_private_socket_folder(data: Path) -> None:
    deep = data.parent / ("a-very-long-name-" * 6) / "d"
    try:
        postgres.ensure(deep, throwaway=True)
        sockets = folder.socket_folder(folder.server_home(deep))
        assert len(str(sockets)) <= folder.LONGEST_SOCKET_FOLDER
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    finally:
        postgres.remove(deep)


def test_a_folder_with_other_things_in_it_is_not_opened_up(data: Path) -> None:
    data.mkdir()
    (data / "letter.txt").write_text("private")
    data.chmod(0o700)
    folder.prepare(data)
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_the_last_process_that_used_the_servers_stops_them(data: Path, python: Start) -> None:
    uses = "import sys\nfrom casusregie import launch\nlaunch.ensure_servers(data)\nprint('up', flush=True)\n"
    lines = uses + "sys.stdin.read()"
    first, second = python(lines), python(lines)
    for user in (first, second):
        assert user.stdout is not None
        assert user.stdout.readline() == "up\n"
    second.communicate(timeout=60)
    assert postgres.listening(data), "the first process still uses it"
    assert valkey.listening(data)
    first.communicate(timeout=60)
    assert not postgres.listening(data)
    assert not valkey.listening(data)

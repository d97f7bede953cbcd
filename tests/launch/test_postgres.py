"""The embedded PostgreSQL: asked by several at once, killed, stopped, and what its roles may."""

import os
import re
import signal
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import environ
import psycopg
import pytest

from casusregie.launch import LaunchError, folder, postgres, process

Start = Callable[[str], "subprocess.Popen[str]"]
REPOSITORY = Path(__file__).resolve().parent.parent.parent


def test_six_processes_at_once_get_one_database(data: Path, python: Start) -> None:
    asks = "from casusregie.launch import postgres\nprint(postgres.ensure(data, throwaway=True).app_url)"
    asking = [python(asks) for _ in range(6)]
    answers = [process.communicate(timeout=90) for process in asking]
    assert [process.returncode for process in asking] == [0] * 6, answers
    assert len({out for out, _ in answers}) == 1
    log = (data / "logs" / "postgres.log").read_text()
    assert log.count("running bootstrap script") == 1
    assert log.count("starting PostgreSQL") == 1


def test_comes_back_after_kill_9_with_what_was_committed(data: Path, home: Path) -> None:
    owner = postgres.ensure(data).owner_url
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (1)")
    for _ in range(2):
        os.kill(int((home / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        # A listening socket goes with its process, but not in the same instant.
        assert process.wait_until(lambda: not postgres.listening(data), 5)
        postgres.ensure(data)
        with psycopg.connect(owner) as connection:
            assert connection.execute("SELECT n FROM kept").fetchall() == [(1,)]


def test_stop_stops_and_ensure_starts_again(data: Path, home: Path) -> None:
    postgres.ensure(data, throwaway=True)
    postgres.stop(data)
    assert not postgres.listening(data)
    assert process.working_in((home / "postgres").resolve()) == []
    postgres.stop(data)
    postgres.ensure(data, throwaway=True)
    assert postgres.listening(data)


def test_the_two_roles(data: Path) -> None:
    urls = postgres.ensure(data, throwaway=True)
    assert urls == postgres.urls(data)
    with psycopg.connect(urls.app_url, autocommit=True) as application:
        for refused in (
            "CREATE TABLE mine (n int)",
            "CREATE TEMP TABLE mine (n int)",
            "CREATE DATABASE mine",
            "CREATE ROLE mine",
            "SET ROLE casusregie_owner",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(refused)
    with psycopg.connect(urls.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE ours (n int)")
        owner.execute("CREATE DATABASE test_casusregie")
    with psycopg.connect(urls.owner_url, dbname="test_casusregie") as made:
        names = {name for (name,) in made.execute("SELECT extname FROM pg_extension").fetchall()}
        assert set(postgres.EXTENSIONS) <= names
        found = made.execute("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'casusregie'")
        assert found.fetchone() == ("b", "C.UTF-8")


def test_only_a_private_socket(data: Path, home: Path) -> None:
    urls = postgres.ensure(data, throwaway=True)
    with psycopg.connect(urls.owner_url) as owner:
        assert owner.execute("SHOW listen_addresses").fetchone() == ("",)
    assert stat.S_IMODE(folder.socket_folder(home).stat().st_mode) == 0o700
    with pytest.raises(psycopg.OperationalError, match="no pg_hba.conf entry"):
        psycopg.connect(urls.app_url, user="somebody")


def test_django_reads_the_address(data: Path) -> None:
    parsed = environ.Env.db_url_config(postgres.urls(data).app_url)
    assert parsed["USER"] == "casusregie_app"
    assert parsed["NAME"] == "casusregie"
    assert parsed["OPTIONS"] == {"host": str(folder.socket_folder(folder.server_home(data)))}


def test_a_server_that_cannot_start_is_one_sentence(data: Path, home: Path) -> None:
    postgres.ensure(data, throwaway=True)
    postgres.stop(data)
    (home / "postgres" / "global" / "pg_control").unlink()
    with pytest.raises(LaunchError, match=r"PostgreSQL did not start; .*postgres\.log says why\.$"):
        postgres.ensure(data)


def test_production_makes_the_same_roles_and_extensions() -> None:
    script = (REPOSITORY / "docker" / "database.sh").read_text()
    assert set(re.findall(r"CREATE EXTENSION (\w+);", script)) == set(postgres.EXTENSIONS)
    assert re.findall(r"CREATE ROLE (\w+) LOGIN PASSWORD", script) == [postgres.OWNER_ROLE, postgres.APPLICATION_ROLE]

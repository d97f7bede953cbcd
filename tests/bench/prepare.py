"""A database of its own for each size, filled once: the mark says what it was filled with."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from casusregie import launch
from casusregie.launch import folder, postgres
from tests.bench import shape

ROOT = Path(__file__).resolve().parent.parent.parent
_FOREIGN = ("DATABASE_URL", "CASUSREGIE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "CASUSREGIE_KEYS", "CASUSREGIE_TESTING")
# What the filled database depends on: the schema and who fills it.
_SOURCES = (
    "*/migrations/0*.py",
    "casusregie/*/migrations/0*.py",
    "casusregie/demo/generator.py",
    "casusregie/launch/postgres.py",
    "tests/bench/shape.py",
    "tests/bench/fill.py",
)


def prepare(size: str) -> Path:
    """Servers running, migrated and filled, Django set up; returns the data folder."""
    data = folder.data_folder() / "bench" / size
    for name in _FOREIGN:
        os.environ.pop(name, None)
    os.environ |= {
        "CASUSREGIE_DATA": str(data),
        "CASUSREGIE_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    }
    mark, wanted = data / "bench.mark", _mark(size)
    filled = mark.exists() and mark.read_text("utf-8") == wanted
    if data.exists() and not filled:
        mark.unlink(missing_ok=True)
        postgres.remove(data)
    launch.ensure_servers(data)
    say(f"database in {data}" + (", filled before" if filled else ""))
    # Django's admin is a rival here, not a part of the schema.
    _manage("migrate", "--noinput", "--verbosity", "0", settings="casusregie.settings")
    _manage("collectstatic", "--noinput", "--verbosity", "0")
    import django

    django.setup()
    if not filled:
        from tests.bench import fill

        fill.fill(shape.SIZES[size])
        _settle(data)
        mark.write_text(wanted, "utf-8")
    return data


def say(text: str) -> None:
    """For a person who watches; the lines of results are the only thing on stdout."""
    sys.stderr.write(f"bench: {text}\n")
    sys.stderr.flush()


def _mark(size: str) -> str:
    code = hashlib.sha256(size.encode())
    for pattern in _SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            code.update(path.read_bytes())
    return code.hexdigest()


def _manage(*arguments: str, settings: str = "tests.bench.settings") -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=sys.stderr)


def _settle(data: Path) -> None:
    """What autovacuum would have done by tomorrow: statistics and visibility, for the plans of a lived-in house."""
    import psycopg

    say("vacuum")
    with psycopg.connect(postgres.urls(data).owner_url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")

"""Where an embedded installation keeps its things, and under which account its servers run.

PostgreSQL refuses to run as root. So root gives the servers an account of their own, which must be able to reach their
files: under a private home (`/root`) it cannot, and then only the servers' files move; mail, logs and secrets stay.
"""

import base64
import contextlib
import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casusregie.launch.errors import LaunchError

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SERVER_USER = "casusregie-pg"
# A unix socket's path has at most 107 bytes; "/.s.PGSQL.5432.lock" is the longest name we put behind the folder.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
# Only these hold a server folder when the asked one is closed; both exist on every Linux machine.
OTHER_PLACES = (Path("/var/lib"), Path("/tmp"))  # noqa: S108 - the folder made in it is private and its owner is checked


@dataclass(frozen=True)
class Account:
    """The system account the embedded servers run under; `uid` is None for "as whoever we are"."""

    uid: int | None = None
    gid: int | None = None

    def popen(self) -> dict[str, Any]:
        """Arguments for `subprocess` that make a child run under this account and nothing more."""
        common: dict[str, Any] = {"cwd": "/", "stdin": subprocess.DEVNULL}
        if self.uid is None:
            return common
        return common | {"user": self.uid, "group": self.gid, "extra_groups": [], "umask": 0o077}

    def give(self, path: Path) -> None:
        """Make `path` belong to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def data_folder() -> Path:
    """The data folder: CASUSREGIE_DATA, or `.local` in the repository. Nothing is created."""
    asked = os.environ.get("CASUSREGIE_DATA", "").strip()
    return Path(os.path.abspath(Path(asked).expanduser())) if asked else REPOSITORY / ".local"


def prepare(data: Path) -> None:
    """Create the data folder with its private parts (`logs`, `mail`).

    Raises LaunchError when the folder cannot be made or belongs to somebody else.
    """
    try:
        fresh = not data.exists()
        data.mkdir(parents=True, exist_ok=True)
        if fresh or _is_ours(data):
            # Root's servers run under another account: it may pass through, not look around.
            data.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for name in ("logs", "mail"):
            (data / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LaunchError(f"CASUSREGIE_DATA: the folder {data} cannot be used ({error.strerror}).") from error
    if not os.access(data, os.W_OK | os.X_OK):
        raise LaunchError(f"CASUSREGIE_DATA: the folder {data} belongs to another user.")


def _is_ours(data: Path) -> bool:
    """Whether the folder is one we made (or nobody uses): we never open up a folder with other things in it."""
    return data.stat().st_uid == os.geteuid() and ((data / "secrets.json").exists() or not any(data.iterdir()))


def server_home(data: Path) -> Path:
    """Where the servers' files are: the data folder, or another when only root may enter that. Nothing is created."""
    if os.geteuid() != 0 or _others_may_enter(data):
        return data
    name = f"casusregie-{_short(str(data))}"
    homes = [place / name for place in OTHER_PLACES]
    existing = [home for home in homes if home.is_dir()]
    return existing[0] if existing else next(home for home in homes if os.access(home.parent, os.W_OK))


def _others_may_enter(data: Path) -> bool:
    """Whether an account without any group gets as far as `data`; what does not exist yet will be made passable."""
    resolved = data.resolve()
    closed = [p for p in resolved.parents if p.exists() and not p.stat().st_mode & stat.S_IXOTH]
    if closed:
        return False
    return not resolved.exists() or bool(resolved.stat().st_mode & stat.S_IXOTH) or _is_ours(resolved)


def account(home: Path) -> Account:
    """The account the servers run under: the owner of an existing cluster, else a dedicated one, else `nobody`.

    Raises LaunchError when the existing cluster belongs to another ordinary user.
    """
    cluster = home / "postgres"
    if cluster.is_dir():
        owner = cluster.stat()
        if os.geteuid() != 0 and owner.st_uid != os.geteuid():
            raise LaunchError(f"CASUSREGIE_DATA: the database in {home} belongs to another user.")
        if os.geteuid() == 0 and owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
    return Account() if os.geteuid() != 0 else _dedicated_account()


def _dedicated_account() -> Account:
    for name in (SERVER_USER, "nobody"):
        entry = _user(name) or _add_user(name)
        if entry is not None:
            return Account(entry.pw_uid, entry.pw_gid)
    raise LaunchError("No account is there to run PostgreSQL under; start as an ordinary user instead of root.")


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _add_user(name: str) -> pwd.struct_passwd | None:
    """Add the system user; None where that is not possible (no useradd, a read-only system)."""
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", name]
    with contextlib.suppress(OSError):
        subprocess.run(command, check=False, capture_output=True)
    return _user(name)


def prepare_server_home(home: Path, servers: Account) -> None:
    """Create the servers' folder and the private folder of their sockets.

    Raises LaunchError when a folder of that name exists and is not ours (somebody prepared it for us).
    """
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    sockets = socket_folder(home)
    if not sockets.is_symlink() and not sockets.exists():
        sockets.mkdir(mode=0o700)
        servers.give(sockets)
    mine = {os.geteuid(), servers.uid}
    for folder, owners in ((home, {os.geteuid()}), (sockets, mine)):
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
            raise LaunchError(f"{folder} belongs to another user; remove it or choose another CASUSREGIE_DATA.")
    if sockets.lstat().st_uid == os.geteuid():
        servers.give(sockets)
    sockets.chmod(0o700)


def socket_folder(home: Path) -> Path:
    """The folder of the unix sockets: beside the servers' files, or a short private one when that path is too long."""
    near = home / "run"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER:
        return near
    return OTHER_PLACES[1] / f"casusregie-{os.geteuid()}-{_short(str(home))}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def generated_secrets(data: Path) -> dict[str, str]:
    """SECRET_KEY and CASUSREGIE_KEYS of this data folder, made once and kept in `secrets.json` (mode 0600).

    Raises LaunchError when the file is unreadable or damaged: new keys would lose all that is encrypted.
    """
    path = data / "secrets.json"
    prepare(data)
    with lock(data / "secrets.lock"):
        if not path.exists():
            _write_secrets(path)
        try:
            kept: dict[str, str] = json.loads(path.read_text("utf-8"))
            return {"SECRET_KEY": kept["SECRET_KEY"], "CASUSREGIE_KEYS": kept["CASUSREGIE_KEYS"]}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LaunchError(f"{path} cannot be read; put back a copy, or remove the whole data folder.") from error


def _write_secrets(path: Path) -> None:
    """Write new secrets under another name first, so that a half-written file never counts."""
    made = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "CASUSREGIE_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    draft = path.with_suffix(".new")
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(made, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold an exclusive lock between processes while the block runs; waits for whoever has it."""
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def take_alone(path: Path) -> int | None:
    """Try to take an exclusive lock for the life of this process; None when another process has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def reachable_copy(origin: Path, program: Path, home: Path, servers: Account) -> Path:
    """`program` (inside the folder or file `origin`), or a copy under `home` when the account may not run it there.

    Packages installed under a private home cannot be executed by another account. `origin` is copied with the folder
    of libraries beside it (`<name>.libs`), because the programs look for them by a relative path.
    """
    if servers.uid is None or _runs(program, servers):
        return program
    root = home / "programs" / _short(f"{origin}{program.stat().st_mtime_ns}")
    target = root / origin.name
    copied = target / program.relative_to(origin) if origin.is_dir() else target
    if not copied.exists():
        # The new folder is one of ours and holds nothing secret: public programs, readable for everybody.
        draft = root.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for source in (origin, origin.with_name(f"{origin.name}.libs")):
            if source.is_dir():
                shutil.copytree(source, draft / source.name, symlinks=True)
            elif source.exists():
                shutil.copy2(source, draft / source.name)
        _open_for_all(home / "programs")
        draft.rename(root)
    return copied


def _runs(program: Path, servers: Account) -> bool:
    try:
        done = subprocess.run([program, "--version"], check=False, capture_output=True, timeout=20, **servers.popen())
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _open_for_all(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            runnable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runnable else 0o644)

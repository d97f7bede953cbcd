"""What pip cannot install: system libraries of the PDF engine, and the tools of the tests.

`python -m casusregie.launch.requirements [pdf] [tests]` installs what is missing when it may (root on a Debian-like
system); else it prints the exact line to run. Only `tests` makes it end non-zero: pages work without the PDF engine.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """Something a Debian package gives, what it is for, and how to see that it is there."""

    package: str
    purpose: str
    there: Callable[[], bool]


def _loads(*names: str) -> Callable[[], bool]:
    def there() -> bool:
        for name in names:
            try:
                ctypes.CDLL(name)
            except OSError:
                continue
            return True
        return False

    return there


def _command(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


NEEDS = {
    "pdf": (
        Need("libpangoft2-1.0-0", "PDF", _loads("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib")),
        Need("libharfbuzz-subset0", "PDF", _loads("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib")),
    ),
    "tests": (
        Need("chromium", "browser tests", _command("chromium", "chromium-browser", "google-chrome")),
        Need("gettext", "the check of the translations", _command("msgfmt")),
        Need("poppler-utils", "reading the PDFs that leave", _command("pdftotext")),
    ),
}


def missing(kinds: list[str]) -> list[Need]:
    """The needs of these kinds that are not there."""
    return [need for kind in kinds for need in NEEDS[kind] if not need.there()]


def install(packages: list[str]) -> bool:
    """Install Debian packages when we may; False when we may not or it failed. Output goes to stderr."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    fetch = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    # The list of packages may be old or absent: it is fetched only when installing without it fails.
    for command in (fetch, ["apt-get", "update", "-qq"], fetch):
        done = subprocess.run(command, check=False, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL)
        if command is fetch and done.returncode == 0:
            return True
    return False


def main(kinds: list[str]) -> int:
    """Install or name what is missing. Returns 1 only when something the tests need is missing."""
    unknown = [kind for kind in kinds if kind not in NEEDS]
    if unknown:
        sys.stderr.write(f"Unknown: {' '.join(unknown)}. Known: {' '.join(NEEDS)}.\n")
        return 2
    needs = missing(kinds)
    if not needs:
        return 0
    packages = [need.package for need in needs]
    sys.stderr.write(f"Missing on this machine: {', '.join(packages)}.\n")
    if install(packages) and not missing(kinds):
        return 0
    purposes = sorted({need.purpose for need in missing(kinds)})
    sys.stderr.write(f"Without them there is no {' and no '.join(purposes)}. Install them with:\n")
    sys.stderr.write(f"  sudo apt-get install -y {' '.join(packages)}\n")
    return 1 if "tests" in kinds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

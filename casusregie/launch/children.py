"""The processes the supervisor starts and keeps running: one object for each, restarted when it dies."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casusregie.launch.folder import REPOSITORY

# A program that ends by itself this soon after its start, so many times in a row, will not do better the next time.
QUICK_SECONDS = 15.0
QUICK_DEATHS = 5
LONGEST_PAUSE = 8.0
# A log grows for as long as somebody leaves the demo running; the one before it is kept.
LARGEST_LOG = 5_000_000
PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """In the child, before its program starts: ask Linux for a SIGTERM when the supervisor dies (kill -9 included)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One supervised process, in a process group of its own, with its output in a log file."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    quick_deaths: int = 0
    started_at: float = 0.0
    again_at: float = 0.0

    def start(self) -> None:
        """Start the process; its earlier log is put aside when it grew large."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".1.log"))
        with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=REPOSITORY,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # Safe here: the supervisor has one thread.
                preexec_fn=_end_with_parent,
            )
        self.started_at = time.monotonic()

    def tend(self, say: Callable[[str], None]) -> bool:
        """Start the process again when it died. False when it dies so quickly and often that this has no use."""
        if self.process is None:
            if time.monotonic() >= self.again_at:
                self.start()
            return True
        code = self.process.poll()
        if code is None:
            return True
        self.kill_group()
        self.process = None
        self._count_death(code)
        if self.quick_deaths >= QUICK_DEATHS:
            say(f"The {self.name} ended {QUICK_DEATHS} times right after its start. {self.log} says why.")
            return False
        how = f"was killed (signal {-code})" if code < 0 else f"ended (exit {code})"
        say(f"The {self.name} {how} and is started again. Its log: {self.log}")
        return True

    def _count_death(self, code: int) -> None:
        """Being killed from outside says nothing about the program, so it is started again soon and for ever."""
        lived = time.monotonic() - self.started_at
        self.quick_deaths = self.quick_deaths + 1 if code >= 0 and lived < QUICK_SECONDS else 0
        self.again_at = time.monotonic() + min(0.25 * 2**self.quick_deaths, LONGEST_PAUSE)

    def ask_to_end(self) -> None:
        """Ask for an orderly end; the process ends its own workers."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill_group(self) -> None:
        """End whatever is left of the process and its workers."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def gone(self) -> bool:
        """Whether the process itself is no longer there."""
        return self.process is None or self.process.poll() is not None


@dataclass
class Family:
    """All children together: started in order, ended in the opposite order."""

    children: list[Child] = field(default_factory=list)

    def end(self, seconds: float) -> None:
        """Ask all to end, wait at most `seconds`, then kill what is left."""
        for child in reversed(self.children):
            child.ask_to_end()
        end = time.monotonic() + seconds
        while time.monotonic() < end and not all(child.gone() for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.kill_group()
            if child.process is not None:
                child.process.wait()

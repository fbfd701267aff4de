"""Acts in a forked process under strace, which injects the fault at the n-th call and shows the order of calls."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.faults.act import perform

CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink")
WAIT_SECONDS = 60


@dataclass(frozen=True)
class Traced:
    """How an act ended: its exit code (negative = the signal), and what it said."""

    code: int
    said: list[str]


def absent() -> str:
    """Return why nothing can be traced here; empty where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed (on Debian: apt-get install strace)"
    probe = subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], capture_output=True, text=True, check=False)
    return "" if probe.returncode == 0 else f"strace may not trace here: {probe.stderr.strip().splitlines()[-1]}"


def trace(act: str, path: Path, options: list[str] | None = None, times: int = 1) -> Traced:
    """Run an act in a forked process; with options: while strace is attached to it with these (not with --seccomp-bpf, under
    which nothing is injected)."""
    go_read, go_write = os.pipe()
    said_read, said_write = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(go_read, said_write, act, path, times)
    os.close(go_read)
    os.close(said_write)
    watcher = _attach(child, options) if options is not None else None
    with contextlib.suppress(BrokenPipeError):
        os.write(go_write, b"!")
    os.close(go_write)
    with os.fdopen(said_read, "rb") as pipe:
        said = pipe.read().decode().splitlines()
    _, status = os.waitpid(child, 0)
    if watcher is not None:
        watcher.communicate(timeout=WAIT_SECONDS)
    return Traced(os.waitstatus_to_exitcode(status), said)


def count_calls(act: str, path: Path, log: Path) -> dict[str, int]:
    """Return how often an act that nothing disturbs makes each call that changes a file."""
    trace(act, path, ["-o", str(log), "-e", f"trace={','.join(CALLS)}"])
    text = log.read_text()
    return {call: text.count(f" {call}(") for call in CALLS}


def _attach(child: int, options: list[str]) -> subprocess.Popen[str]:
    """Attach strace and return once it is there."""
    command = ["strace", "-f", *options, *(() if "-o" in options else ("-o", os.devnull)), "-p", str(child)]
    watcher = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    line = watcher.stderr.readline() if watcher.stderr else ""
    if "attached" not in line:
        os.kill(child, signal.SIGKILL)
        raise RuntimeError(f"strace did not attach: {line.strip()}")
    return watcher


def _be_the_child(go: int, said: int, act: str, path: Path, times: int) -> None:
    """Wait for the word, act, and leave without a look back at what the parent had open."""
    try:
        os.dup2(said, 1)
        # End of file on `go` must be seen if the parent dies.
        if os.read(go, 1):
            perform(act, path, times)
        code = 0
    except BaseException:
        os.write(1, traceback.format_exc().encode())
        code = 70
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115  nothing of the parent's buffers may be written twice
    os._exit(code)

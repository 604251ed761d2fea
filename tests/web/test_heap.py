"""The threads of a process that serves share one heap, so that what one frees the others use."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.record.store import Record

#: Makes the room or not, as it is told, and prints what glibc knows of its heaps while eight threads hold memory.
HEAPS = """
import ctypes, sys, threading
if sys.argv[1] == "served":
    from onrecord.web.serving import room
    room()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.fdopen.restype, libc.malloc_info.argtypes = ctypes.c_void_p, [ctypes.c_int, ctypes.c_void_p]
libc.fflush.argtypes = [ctypes.c_void_p]
all_hold = threading.Barrier(9)
def hold():
    libc.malloc(50_000)
    all_hold.wait()
for _ in range(8):
    threading.Thread(target=hold).start()
all_hold.wait()
out = libc.fdopen(1, b"w")
libc.malloc_info(0, out)
libc.fflush(out)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is not glibc")
def test_threads_of_a_process_that_serves_share_a_heap(tmp_path: Path) -> None:
    Record.open(tmp_path / "war.db").close()
    told: dict[str, object] = {"record": str(tmp_path / "war.db"), "ledger": ":memory:", "secret": "00", "key": None,
                               "rate": None, "names": [], "numbers": False}  # fmt: skip
    env = {**os.environ, "ONRECORD_ROOM": json.dumps(told)}
    env.pop("MALLOC_ARENA_MAX", None)

    def heaps(how: str) -> int:
        made = subprocess.run([sys.executable, "-c", HEAPS, how], env=env, capture_output=True, text=True, check=True)
        return made.stdout.count("<heap nr=")

    assert heaps("not served") > 1
    assert heaps("served") == 1

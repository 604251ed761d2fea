"""`onrecord serve` opens the reading room for real, in several processes, and ends when it is told to."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import onrecord


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "war.db"
    onrecord.open(path).close()
    return path


def _free() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def _served(record: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = _free()
    command = [sys.executable, "-m", "onrecord", "-r", str(record), "serve", "--port", str(port), *options]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            for _ in range(300):
                try:
                    httpx.get(f"{address}/healthz")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield address, server
        finally:
            server.terminate()
            server.wait(timeout=20)


def test_it_serves_in_two_processes_and_ends_when_interrupted(record: Path) -> None:
    with _served(record, "--processes", "2") as (address, server):
        answers = {
            httpx.get(f"{address}{path}").status_code for path in ("/", "/search", "/who", "/when") for _ in "12"
        }
        assert answers == {200}
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
        assert server.stdout is not None
        assert address in server.stdout.read()
        with pytest.raises(httpx.TransportError):
            httpx.get(address)


def test_a_key_given_in_one_process_opens_the_others(record: Path) -> None:
    with _served(record, "--processes", "2", "--key", "correct horse battery") as (address, _server):
        assert httpx.get(f"{address}/search").headers["location"] == "/sign-in"
        given = {"Authorization": "Bearer correct horse battery"}
        assert {httpx.get(f"{address}/search", headers=given).status_code for _ in range(8)} == {200}
        with httpx.Client(base_url=address, headers={"Connection": "close"}) as browser:
            (token,) = re.findall(r'name="form_token" value="(\w+)"', browser.get("/sign-in").text)
            browser.post("/sign-in", data={"key": "correct horse battery", "form_token": token})
            assert {browser.get("/search").status_code for _ in range(8)} == {200}


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "-r", str(tmp_path / "none.db"), "serve"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "there is no record here" in done.stderr

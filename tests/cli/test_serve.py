"""`onrecord serve` opens the reading room for real, in several processes, and ends when it is told to."""

from __future__ import annotations

import os
import pty
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

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
def _served(
    record: Path, *options: str, scheme: str = "http", verify: ssl.SSLContext | bool = True
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = _free()
    command = [sys.executable, "-m", "onrecord", "-r", str(record), "serve", "--port", str(port), *options]
    address = f"{scheme}://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            _answered(f"{address}/healthz", verify)
            yield address, server
        finally:
            server.terminate()
            server.wait(timeout=20)


def _answered(address: str, verify: ssl.SSLContext | bool = True) -> httpx.Response:
    """The first answer of a server that is starting."""
    for _ in range(1_200):
        try:
            return httpx.get(address, verify=verify)
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


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


def test_signing_out_of_one_process_is_signing_out_of_all(record: Path) -> None:
    with (
        _served(record, "--processes", "2", "--key", "correct horse battery") as (address, _server),
        httpx.Client(base_url=address, headers={"Connection": "close"}) as browser,
    ):
        (token,) = re.findall(r'name="form_token" value="(\w+)"', browser.get("/sign-in").text)
        browser.post("/sign-in", data={"key": "correct horse battery", "form_token": token})
        session = browser.cookies["onrecord-session"]
        (token,) = re.findall(r'name="form_token" value="(\w+)"', browser.get("/search").text)
        browser.post("/sign-out", data={"form_token": token})
        browser.cookies.set("onrecord-session", session)
        assert {browser.get("/search").status_code for _ in range(12)} == {303}


def test_with_a_certificate_connections_are_encrypted(record: Path, tmp_path: Path) -> None:
    certificate, key = _certified(tmp_path)
    (tmp_path / "key.txt").write_text("correct horse battery\n")
    options = (
        "--certificate",
        str(certificate),
        "--certificate-key",
        str(key),
        "--key-file",
        str(tmp_path / "key.txt"),
    )
    trusted = ssl.create_default_context(cafile=str(certificate))
    with (
        _served(record, *options, scheme="https", verify=trusted) as (address, _server),
        httpx.Client(base_url=address, verify=trusted) as browser,
    ):
        (token,) = re.findall(r'name="form_token" value="(\w+)"', browser.get("/sign-in").text)
        entered = browser.post("/sign-in", data={"key": "correct horse battery", "form_token": token})
        assert "__Host-onrecord-session=" in entered.headers["set-cookie"]
        assert "secure" in entered.headers["set-cookie"].lower()
        assert browser.get("/search").status_code == 200


def _certified(folder: Path) -> tuple[Path, Path]:
    """A certificate of localhost by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "certificate.pem", folder / "key.pem"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--host", "0.0.0.0"), "needs a key"),
        (("--name", "desk.example"), "needs a key"),
        (("--host", "0.0.0.0", "--key", "short"), "too short"),
        (("--certificate", "FILE"), "give both --certificate and --certificate-key"),
        (("--certificate", "FILE", "--certificate-key", "FILE"), "the certificate cannot be used"),
        (("--key-file", "FILE", "--key", "correct horse battery"), "two keys were given"),
        (("--key-file", "EMPTY"), "too short"),
    ],
)
def test_what_would_let_in_anybody_is_refused(
    record: Path, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    """What is said goes to no terminal here, so that a key that is made would stand in a log."""
    (tmp_path / "FILE").write_text("correct horse battery")
    (tmp_path / "EMPTY").write_text("")
    given = [str(tmp_path / one) if one in ("FILE", "EMPTY") else one for one in options]
    command = [sys.executable, "-m", "onrecord", "-r", str(record), "serve", *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_key_that_is_made_is_printed_to_the_terminal(record: Path) -> None:
    terminal, end = pty.openpty()
    port = str(_free())
    command = [sys.executable, "-m", "onrecord", "-r", str(record), "serve", "--host", "0.0.0.0", "--port", port,
               "--processes", "1"]  # fmt: skip
    with subprocess.Popen(command, stdout=end, stderr=subprocess.DEVNULL) as server:
        try:
            said = ""
            while "its key is" not in said or not said.endswith("\n"):
                said += os.read(terminal, 1_000).decode()
            key = said.split("its key is ")[1].strip()
            given = {"Authorization": f"Bearer {key}"}
            assert _answered(f"http://127.0.0.1:{port}/search").status_code == 303
            assert httpx.get(f"http://127.0.0.1:{port}/search", headers=given).status_code == 200
        finally:
            server.terminate()
            server.wait(timeout=20)
            os.close(end)
            os.close(terminal)
    assert len(key) == 24


def test_others_are_let_in_with_the_key_and_told_what_is_not_encrypted(record: Path) -> None:
    given = {"Authorization": "Bearer correct horse battery"}
    with _served(record, "--host", "0.0.0.0", "--key", "correct horse battery") as (address, server):
        assert httpx.get(f"{address}/search", headers=given).status_code == 200
        assert httpx.get(f"{address}/search", headers=given | {"Host": "evil.example"}).status_code == 421
        server.send_signal(signal.SIGINT)
        said, warned = server.communicate(timeout=20)
    assert "correct horse" not in said + warned
    assert "connections are not encrypted" in warned


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "-r", str(tmp_path / "none.db"), "serve"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "there is no record here" in done.stderr

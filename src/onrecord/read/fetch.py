"""What addresses answer, asked for politely: slowly, within limits, and only where robots.txt allows it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from onrecord.errors import InputError
from onrecord.read.found import missing
from onrecord.read.hosts import is_public, resolved

__all__ = ["BYTES", "Answer", "AnswerError", "Fetcher"]

#: Largest answer; most seconds for one, redirects and all; most redirects.
BYTES, SECONDS, REDIRECTS = 20_000_000, 60.0, 5

#: Seconds between two requests to one host; more where its robots.txt asks for it, up to the most.
PAUSE, LONGEST_PAUSE = 1.0, 60.0

#: So much of robots.txt is read (RFC 9309, section 2.5).
ROBOTS_BYTES = 512_000

_REDIRECTED = frozenset((301, 302, 303, 307, 308))
_UNCHANGED = 304


class AnswerError(InputError):
    """The server answers that it does not give what was asked for.

    Attributes:
        status: the answer's number.
        retry_after: seconds after which it wants to be asked again, where it says so.
    """

    def __init__(self, status: int, reason: str, retry_after: float | None) -> None:
        gone = "it is gone; take it off the list" if status == 410 else "check the address, or try again later"
        super().__init__(f"the server answers {status} {reason}".strip(), gone)
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered.

    Attributes:
        url: the address that answered, after redirects.
        status: 200, or 304 where what is known already has not changed.
        headers: names in lower case.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def media_type(self) -> str:
        """Such as "text/html"; "" where the server does not say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""
        _, _, named = self.headers.get("content-type", "").lower().partition("charset=")
        return named.split(";")[0].strip("\"' ") or None


class Fetcher:
    """Asks for addresses, one at a time. Cookies and proxies are not used.

    Args:
        allow_private: whether addresses of one's own computer and network may be asked.
        pause: seconds between two requests to one host; none are waited for on one's own computer.

    Raises:
        InputError: httpx is not installed.
    """

    def __init__(self, *, allow_private: bool = False, pause: float = PAUSE) -> None:
        try:
            import httpx
        except ModuleNotFoundError as error:
            raise missing("reading from the web", error, "feeds") from error
        import ssl

        self._httpx = httpx
        self._allow_private = allow_private
        self._pause = pause
        self._agent = f"onrecord/{version('onrecord')}"
        self._client = httpx.Client(
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip", "Accept": "*/*"},
            timeout=httpx.Timeout(15.0),
            follow_redirects=False,
            trust_env=False,
            verify=ssl.create_default_context(),
        )
        self._robots: dict[str, RobotFileParser | InputError] = {}
        self._last: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, address: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """What the address answers.

        Args:
            headers: more of them, such as "If-None-Match".

        Raises:
            InputError: with the address as subject. It leads to a private network; robots.txt forbids it; the server
                does not answer, says no, sends too much, or takes too long.
        """
        try:
            return self._followed(address, headers or {}, BYTES, polite=True)
        except InputError as error:
            error.subject = error.subject or address
            raise

    def _followed(self, address: str, headers: Mapping[str, str], limit: int, *, polite: bool) -> Answer:
        deadline = time.monotonic() + SECONDS
        for _ in range(REDIRECTS + 1):
            numbers = resolved(address, allow_private=self._allow_private)
            if polite:
                self._wait(address, numbers[0])
            answer = self._answered(address, numbers, headers, limit, deadline)
            if answer.status not in _REDIRECTED or "location" not in answer.headers:
                return _given(answer)
            address = urljoin(address, answer.headers["location"])
        raise InputError(f"it redirects more than {REDIRECTS} times", "check the address")

    def _wait(self, address: str, number: str) -> None:
        """Wait until the host may be asked again.

        Raises:
            InputError: its robots.txt forbids it.
        """
        rules = self._rules(address)
        if not rules.can_fetch(self._agent, address):
            raise InputError("the site's robots.txt forbids it", "save the page yourself, if you may")
        host = urlsplit(address).netloc
        asked = float(rules.crawl_delay(self._agent) or 0)
        pause = 0.0 if _own(number) else min(max(self._pause, asked), LONGEST_PAUSE)
        if host in self._last:
            time.sleep(max(0.0, self._last[host] + pause - time.monotonic()))
        self._last[host] = time.monotonic()

    def _rules(self, address: str) -> RobotFileParser:
        """The host's robots.txt, as RFC 9309 reads it: none means that all is allowed, a failing one that nothing is.

        Raises:
            InputError: it cannot be asked for.
        """
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._asked_rules(origin)
        rules = self._robots[origin]
        if isinstance(rules, InputError):
            raise InputError(rules.cause, rules.remedy)
        return rules

    def _asked_rules(self, origin: str) -> RobotFileParser | InputError:
        rules = RobotFileParser()
        try:
            answer = self._followed(f"{origin}/robots.txt", {}, ROBOTS_BYTES, polite=False)
            rules.parse(answer.data.decode("utf-8", "replace").splitlines())
        except AnswerError as error:
            if error.status >= 500 or error.status == 429:
                return InputError(f"the site's robots.txt cannot be read ({error.cause})", error.remedy)
            rules.parse([])
        except InputError as error:
            return error
        return rules

    def _answered(
        self, address: str, numbers: list[str], headers: Mapping[str, str], limit: int, deadline: float
    ) -> Answer:
        """The answer of the first of the computers that can be reached."""
        failed: Exception | None = None
        for number in numbers[:3]:
            try:
                return self._asked(address, number, headers, limit, deadline)
            except self._httpx.ConnectError as error:
                failed = error
            except (self._httpx.HTTPError, self._httpx.InvalidURL, ValueError, UnicodeError) as error:
                failed = error
                break
        raise InputError(f"the server does not answer ({_said(failed)})", "check the address and the network")

    def _asked(self, address: str, number: str, headers: Mapping[str, str], limit: int, deadline: float) -> Answer:
        url = self._httpx.URL(address).copy_with(fragment=None)
        sent: dict[str, Any] = {"headers": {**headers, "Host": url.netloc.decode("ascii")}}
        # Connect to the number that was checked; the certificate is checked for the name.
        sent["extensions"] = {"sni_hostname": url.raw_host.decode("ascii")}
        with self._client.stream("GET", url.copy_with(host=number), **sent) as response:
            parts: list[bytes] = []
            size = 0
            for part in () if response.status_code in _REDIRECTED else response.iter_bytes(65_536):
                size += len(part)
                if size > limit and limit != ROBOTS_BYTES:
                    raise InputError(f"it sends more than {limit:,} bytes", "save what you need of it as a file")
                if time.monotonic() > deadline:
                    raise InputError(f"it takes more than {SECONDS:.0f} seconds", "try again later, or save it")
                parts.append(part)
                if size > limit:
                    break
            if response.status_code >= 400:
                raise AnswerError(response.status_code, response.reason_phrase, _seconds(response.headers))
            kept = {name.lower(): value for name, value in response.headers.items()}
            return Answer(str(url), response.status_code, kept, b"".join(parts)[:limit])


def _given(answer: Answer) -> Answer:
    if answer.status not in {200, 203, _UNCHANGED}:
        raise AnswerError(answer.status, "", None)
    return answer


def _own(number: str) -> bool:
    return not is_public(number) and number.startswith(("127.", "::1"))


def _seconds(headers: Mapping[str, str]) -> float | None:
    """The seconds of a Retry-After header; dates in it are passed over."""
    value = headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() and len(value) < 8 else None


def _said(error: Exception | None) -> str:
    return " ".join(str(error or "").split())[:150] or type(error).__name__

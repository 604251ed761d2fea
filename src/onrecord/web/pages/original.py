"""The bytes that a report was read from, to be kept and checked; they are never shown, for they may be anything."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.view.original import Kept, original
from onrecord.web.pages.asked import asked, version
from onrecord.web.room import room

__all__ = ["ROUTES"]


def download(request: Request) -> Response:
    """The stored bytes of a version, to the byte, as a file to be kept."""
    kept = original(room(request).record, asked(request), version=version(request))
    headers = {"Content-Disposition": f'attachment; filename="{_name(kept)}"'}
    return Response(kept.data, headers=headers, media_type="application/octet-stream")


def _name(kept: Kept) -> str:
    """A plain file name. A page is named as text, so that opening it shows its source and runs nothing of it."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", kept.report_id).strip("-")[:60] or "report"
    kind = re.sub(r"[^a-z0-9]+", "-", kept.media_type.partition("/")[2].lower()) or "bytes"
    ending = "txt" if kind == "plain" else kind if kind in {"pdf", "json"} else f"{kind}.txt"
    return f"{plain}-version-{kept.number}.{ending}"


ROUTES = (Route("/report/{report}/original", download),)

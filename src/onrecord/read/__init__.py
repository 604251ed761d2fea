"""From files, pages and lines to reports."""

from onrecord.read.dates import published_at
from onrecord.read.inputs import received
from onrecord.read.languages import language
from onrecord.read.original import Original, Received
from onrecord.read.targets import Listed, listed
from onrecord.read.text import report

__all__ = ["Listed", "Original", "Received", "language", "listed", "published_at", "received", "report"]

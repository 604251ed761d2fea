"""Datelines and credit lines ("GENEVA (AP) -") at the head of a report."""

from __future__ import annotations

from onrecord.model import Credit

__all__ = ["credit"]


def credit(text: str) -> Credit | None:
    """The dateline or credit line at the head of the text, if there is one."""
    del text
    return None

"""Answers that are kept until the record changes, since many readers ask the same of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import func, select

from onrecord.record import tables as t
from onrecord.record.store import Record

__all__ = ["Kept"]

Answer = TypeVar("Answer")


class Kept:
    """The last answers, each to one question at one state of the record.

    A record is only ever added to, so the highest numbers of its readings, corrections, nodes and expungings name its
    state. Answers at an earlier state will not be asked for again: they are let go as soon as one at a later comes.
    """

    def __init__(self, most: int = 128) -> None:
        """Keep so many answers: that bounds the memory, and what Python looks through for what can be freed."""
        self._most = most
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._state: tuple[int, ...] = ()
        self._lock = Lock()
        self._turns: dict[Hashable, Lock] = {}

    def answer(self, record: Record, question: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question, asked anew if the record has changed since; by one at a time, the others wait.

        Args:
            question: names the question with all that it depends on but the record.
            ask: gives the answer, which nobody may change.
        """
        with record.reading() as connection:
            numbers = (t.readings.c.id, t.corrections.c.id, t.nodes.c.id, t.expungings.c.id)
            state = tuple(connection.execute(select(func.max(number))).scalar() or 0 for number in numbers)
        name = (state, question)
        made: Answer
        with self._lock:
            turn = self._turns.setdefault(name, Lock())
        with turn:
            try:
                with self._lock:
                    if name in self._answers:
                        self._answers.move_to_end(name)
                        made = self._answers[name]
                        return made
                made = ask()
                with self._lock:
                    self._keep(state, name, made)
            finally:
                with self._lock:
                    self._turns.pop(name, None)
        return made

    def _keep(self, state: tuple[int, ...], name: Hashable, made: object) -> None:
        if state > self._state:
            self._answers.clear()
            self._state = state
        if state == self._state:
            self._answers[name] = made
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)

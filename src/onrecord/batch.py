"""Many reports, one after the other: the stages composed so that one failure stays local."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.errors import OnrecordError
from onrecord.model import Annotated
from onrecord.read import Received

__all__ = ["annotations"]


def annotations(arrivals: Iterable[Received | OnrecordError]) -> Iterator[Annotated | OnrecordError]:
    """Each report annotated by itself, in the order of arrival; what fails comes as its error, in its place.

    Example:
        >>> from onrecord.errors import InputError
        >>> [str(e) for e in annotations([InputError("the file is empty", "give a file with text")])]
        ['the file is empty; give a file with text']
    """
    from onrecord.annotate.reading import annotated  # loads the language models

    for arrival in arrivals:
        if isinstance(arrival, OnrecordError):
            yield arrival
            continue
        try:
            yield annotated(arrival.report)
        except OnrecordError as error:
            yield error

"""From a report to what it says: each annotator in a module of its own, behind one function."""

from onrecord.annotators.models import models
from onrecord.annotators.reading import LANGUAGES, annotated

__all__ = ["LANGUAGES", "annotated", "models"]

"""From a report to what it says: each annotator in a module of its own, behind one function."""

from onrecord.annotate.models import models
from onrecord.annotate.reading import LANGUAGES, annotated

__all__ = ["LANGUAGES", "annotated", "models"]

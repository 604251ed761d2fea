"""In which language a text is written."""

from __future__ import annotations

from functools import cache
from typing import Any

__all__ = ["language"]


def language(text: str) -> str | None:
    """ISO 639-1 code of the text's language, or None when it cannot be told."""
    if not any(c.isalpha() for c in text):
        return None
    code: str = _identifier().classify(text[:4000])[0]
    return code


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # takes a while to import

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

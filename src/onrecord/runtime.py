"""onnxruntime, kept from calling out.

Since 1.29 its official builds send what they run, by which processor and how fast, to their maker, and keep an
identifier of the computer in the user's cache, unless they are told otherwise before they are loaded. So it is imported
here alone.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read once, when the library is loaded: no event, no identifier, no thread

import onnxruntime as ort

__all__ = ["ort"]

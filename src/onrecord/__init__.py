"""An auditable record of news reports: who said what, what happened, and how many, each by whose word.

>>> import onrecord
>>> [a.act for a in onrecord.annotate("The minister denied that talks had failed.").attributions]
['denies']
"""

from importlib.metadata import version as _version

from onrecord.api import annotate
from onrecord.api import open_record as open  # noqa: A004 - read as onrecord.open
from onrecord.codebook import Codebook, read_codebook
from onrecord.errors import AnchorError, InputError, ModelError, OnrecordError, RecordError
from onrecord.read import Received, received

__all__ = [
    "AnchorError",
    "Codebook",
    "InputError",
    "ModelError",
    "OnrecordError",
    "Received",
    "RecordError",
    "__version__",
    "annotate",
    "open",
    "read_codebook",
    "received",
]

#: The version of this package.
__version__ = _version("onrecord")

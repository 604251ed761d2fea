"""A team's own words: cues, events, units, actors, places and outlets from a project file, `onrecord.toml`."""

from onrecord.codebook.files import FILE, codebook_above, read_codebook
from onrecord.codebook.model import Codebook

__all__ = ["FILE", "Codebook", "codebook_above", "read_codebook"]

"""The record: an append-only store of reports, their versions, their originals and every reading of them."""

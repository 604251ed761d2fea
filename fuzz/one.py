"""One target under atheris: `python -m fuzz.one TARGET CORPUS [options of libFuzzer]`. `fuzz.run` calls it."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["onrecord"]):
    import onrecord.annotators.reading
    import onrecord.read.archives
    import onrecord.read.captions
    import onrecord.read.feeds
    import onrecord.read.jsonfiles
    import onrecord.read.mail
    import onrecord.read.pages
    import onrecord.read.parquet
    import onrecord.read.pdf
    import onrecord.read.plain
    import onrecord.read.warc  # noqa: F401
    from fuzz.targets import TARGETS


def main() -> None:
    """Never returns: libFuzzer ends the process."""
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

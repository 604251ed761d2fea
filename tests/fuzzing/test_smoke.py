"""The fuzz targets themselves, on their seeds and on some hundred inputs made from them."""

import random

import pytest
from fuzz.seeds import seeds
from fuzz.targets import TARGETS

#: How many inputs are made of each seed. A PDF file is read in a process of its own, which takes a while to start.
TRIES = {"annotate": 3, "read-pdf": 4, "read-any": 3}


def changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some turned, cut out, doubled or moved."""
    made = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        if not made:
            break
        at, to = sorted((chance.randrange(len(made)), chance.randrange(len(made))))
        part = made[at:to]
        match chance.randrange(6):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at:to]
            case 2:
                made[at:at] = part[:200]
            case 3:
                made[at:at] = chance.choice((b"\x00", b"\xff\xfe", b'"', b"\n\n", "\u202e".encode(), b"<", b"9" * 40))
            case 4:
                made[at : at + 4] = chance.choice((b"\xff" * 4, b"\x00" * 4, b"\x7f\xff\xff\xff"))
            case _:
                made = made[:to]
    return bytes(made)


@pytest.mark.parametrize("target", list(TARGETS))
def test_nothing_breaks_a_promise(target: str) -> None:
    chance = random.Random(target)
    for data in seeds(target):
        TARGETS[target](data)
        for _ in range(TRIES.get(target, 6 if target.startswith("annotate") else 40)):
            TARGETS[target](changed(data, chance))

"""The trained models that ship: the same numbers whether weights keep their sign or not."""

import numpy as np
import pytest

from onrecord import shipped

ENCODER = shipped.folder("attributions") / "encoder.onnx"


def test_weights_with_and_without_sign_give_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = np.arange(2_000, 2_060)[None]
    given = {"ids": ids, "features": np.zeros((*ids.shape, 3), np.int64)}
    found = shipped.session(ENCODER).run(None, given)[0]
    monkeypatch.setattr(shipped, "sums_bytes", lambda: False)
    assert np.array_equal(found, shipped.session(ENCODER).run(None, given)[0])

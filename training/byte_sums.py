"""Make `weights/byte_sums.onnx`: `python byte_sums.py --out FILE`; needs onnx.

A product of 64 bytes of 255 with 64 signed bytes of 127. A processor that sums pairs of such products in 16 bits gives
less than 64 x 255 x 127; `onrecord.shipped` runs it once to learn whether signed weights may be used as they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LENGTH, WIDTH = 64, 16


def main() -> None:
    """Read the option and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    weights = numpy_helper.from_array(np.full((LENGTH, WIDTH), 127, np.int8), "weights")
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["bytes", "weights"], ["sums"])],
        "byte_sums",
        [helper.make_tensor_value_info("bytes", TensorProto.UINT8, ["n", LENGTH])],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, ["n", WIDTH])],
        [weights],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(parser.parse_args().out))


if __name__ == "__main__":
    main()

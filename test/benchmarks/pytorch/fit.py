"""What the same model reaches on a text in PyTorch, to set beside `hyena train` (docs/quality.md):

    python3 test/benchmarks/pytorch/fit.py TEXT [SEED] [STEPS] [default|small]

Bytes; the last 5% are the validation text, scored in full windows. Width 128, 4 layers, MLP 512, length 1024, batch 8;
AdamW with 50 steps of warmup and a cosine to a tenth. `default` starts from PyTorch's own initial weights, `small` from
those of `hyena`: normal with deviation 0.02, those that write to the residual stream divided by sqrt(2 layers).
"""

import math
import sys

import torch
from torch import nn

from train import LanguageModel

LENGTH, BATCH, LAYERS, PEAK, WARMUP = 1024, 8, 4, 2e-3, 50


def start_small(model):
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and ".filter." not in name:
            residual = name.endswith(("out_proj", "fc2"))
            nn.init.normal_(module.weight, std=0.02 / math.sqrt(2 * LAYERS) if residual else 0.02)
            nn.init.zeros_(module.bias)


@torch.no_grad()
def validation_loss(model, text):
    windows = torch.stack([text[at : at + LENGTH + 1] for at in range(0, len(text) - LENGTH, LENGTH)])
    losses = [model.loss(rows).item() * len(rows) for rows in windows.split(BATCH)]
    return sum(losses) / len(windows), windows[:, 1:].numel()


def main():
    with open(sys.argv[1], "rb") as file:
        text = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).long()
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    cut = int(len(text) * 0.95)
    training, validation = text[:cut], text[cut:]
    torch.set_num_threads(2)
    torch.manual_seed(seed)
    model = LanguageModel(128, LAYERS, 256, LENGTH)
    if sys.argv[4:5] == ["small"]:
        start_small(model)
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.1)
    for step in range(steps):
        warm, rest = (step + 1) / WARMUP, (step - WARMUP) / max(1, steps - WARMUP)
        scale = warm if step < WARMUP else 0.1 + 0.45 * (1 + math.cos(math.pi * rest))
        for group in optimizer.param_groups:
            group["lr"] = PEAK * scale
        starts = torch.randint(0, len(training) - LENGTH - 1, (BATCH,))
        optimizer.zero_grad(set_to_none=True)
        model.loss(torch.stack([training[at : at + LENGTH + 1] for at in starts])).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    loss, tokens = validation_loss(model, validation)
    print(f"seed {seed}, {steps} steps: validation loss {loss:.4f} nats a byte over {tokens:,} bytes")


if __name__ == "__main__":
    main()

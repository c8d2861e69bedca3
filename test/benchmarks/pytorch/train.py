"""Training speed of the same model in PyTorch, to set beside `hyena bench train`:

    python3 test/benchmarks/pytorch/train.py D_MODEL LAYERS VOCAB LENGTH BATCH [STEPS] [THREADS]

Prints one JSON object: tokensPerSecond and stepMilliseconds (medians of the steps after the first), peakMemoryMiB, loss.
The operator is order 2 as published (Hyena, arXiv 2302.10866, section 3; padded FFT convolution, appendix), parameters
and defaults as in `main/contract/configuration.ts`. Debian: python3-torch with libopenblas0-pthread.
"""

import json
import math
import resource
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

EMB_DIM, FILTER_ORDER, SINE_FREQUENCY, INNER_MLPS = 33, 64, 14.0, 2


class Sine(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.freq = nn.Parameter(torch.full((1, width), SINE_FREQUENCY))

    def forward(self, x):
        return torch.sin(self.freq * x)


class ImplicitFilter(nn.Module):
    """Filters (channels, length) from an MLP of sines over positions, under exponential windows (eq. 7)."""

    def __init__(self, channels, l_max):
        super().__init__()
        t = torch.linspace(0, 1, l_max).unsqueeze(1)
        bands = (EMB_DIM - 1) // 2
        angles = torch.linspace(1e-4, bands - 1, bands) * (2 * math.pi * torch.arange(l_max) / l_max).unsqueeze(1)
        self.z = nn.Parameter(torch.cat([t, angles.cos(), -angles.sin()], dim=1))
        sine = Sine(FILTER_ORDER)
        hidden = [part for _ in range(INNER_MLPS) for part in (nn.Linear(FILTER_ORDER, FILTER_ORDER), sine)]
        self.mlp = nn.Sequential(
            nn.Linear(EMB_DIM, FILTER_ORDER), sine, *hidden, nn.Linear(FILTER_ORDER, channels, bias=False)
        )
        decay = torch.linspace(math.log(1e-2) / 1.5, math.log(1e-2) / 0.3, channels).abs()
        self.register_buffer("window", torch.exp(-t * decay))
        self.skip = nn.Parameter(torch.randn(channels, 1))

    def forward(self, length):
        return (self.mlp(self.z[:length]) * self.window[:length]).t()


class HyenaBlock(nn.Module):
    def __init__(self, d, l_max):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.in_proj, self.out_proj = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.short_filter = nn.Conv1d(3 * d, 3 * d, 3, padding=2, groups=3 * d)
        self.filter = ImplicitFilter(d, l_max)
        self.fc1, self.fc2 = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def mixer(self, x):
        length = x.shape[1]
        projected = self.short_filter(self.in_proj(x).transpose(1, 2))[..., :length]
        outer, inner, v = projected.chunk(3, dim=1)
        v = v * inner
        spectrum = torch.fft.rfft(v, n=2 * length) * torch.fft.rfft(self.filter(length), n=2 * length)
        v = torch.fft.irfft(spectrum, n=2 * length)[..., :length] + self.filter.skip * v
        return self.out_proj((v * outer).transpose(1, 2))

    def forward(self, x):
        x = x + self.mixer(self.norm1(x))
        return x + self.fc2(F.gelu(self.fc1(self.norm2(x)), approximate="tanh"))


class LanguageModel(nn.Module):
    def __init__(self, d, layers, vocabulary, l_max):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, d)
        nn.init.normal_(self.embedding.weight, std=0.02)
        self.blocks = nn.Sequential(*(HyenaBlock(d, l_max) for _ in range(layers)))
        self.norm = nn.LayerNorm(d)

    def loss(self, ids):
        x = self.norm(self.blocks(self.embedding(ids[:, :-1])))
        return F.cross_entropy(F.linear(x, self.embedding.weight).flatten(0, 1), ids[:, 1:].flatten())


def main():
    d, layers, vocabulary, length, batch = map(int, sys.argv[1:6])
    steps = int(sys.argv[6]) if len(sys.argv) > 6 else 5
    threads = int(sys.argv[7]) if len(sys.argv) > 7 else 2
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = LanguageModel(d, layers, vocabulary, length)
    optimizer = torch.optim.AdamW(model.parameters(), lr=6e-4, betas=(0.9, 0.98), weight_decay=0.1)
    ids = torch.randint(0, vocabulary, (batch, length + 1))
    seconds = []
    for _ in range(steps + 1):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = model.loss(ids)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds[1:])
    # Kilobytes on Linux, bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    print(
        json.dumps(
            {
                "parameters": sum(p.numel() for p in model.parameters()),
                "tokensPerSecond": batch * length / median,
                "stepMilliseconds": median * 1e3,
                "peakMemoryMiB": peak / (1024**2 if sys.platform == "darwin" else 1),
                "loss": loss.item(),
            }
        )
    )


if __name__ == "__main__":
    main()

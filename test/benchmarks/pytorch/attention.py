"""PyTorch's causal attention, forward and backward, to set beside `hyena bench attention`:

    python3 test/benchmarks/pytorch/attention.py D_MODEL HEADS LENGTH [PRECISION] [STEPS] [THREADS]

PRECISION is fp32 or bf16. Prints one JSON object: stepMilliseconds, the median of the steps after the first, and
forwardMilliseconds, that of the forward pass alone; stepCpuMilliseconds
and forwardCpuMilliseconds are CPU time, which other programs on the machine hardly change. Inputs are
views of [1, length, width], as projections write them, so that PyTorch chooses its flash kernel.
"""

import json
import statistics
import sys
import time

import torch
from torch.nn import functional as F


def main(width, heads, length, precision="fp32", steps=5, threads=2):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    kind = {"fp32": torch.float32, "bf16": torch.bfloat16}[precision]

    def made():
        return torch.randn(1, length, width).to(kind).view(1, length, heads, width // heads).transpose(1, 2).detach()

    q, k, v = (made().requires_grad_() for _ in range(3))
    dy = made()

    def timed(work):
        times, cpu = [], []
        for _ in range(steps + 1):
            start, begun = time.perf_counter(), time.process_time()
            work()
            times.append(time.perf_counter() - start)
            cpu.append(time.process_time() - begun)
        return (round(1000 * statistics.median(each[1:]), 2) for each in (times, cpu))

    step, step_cpu = timed(lambda: F.scaled_dot_product_attention(q, k, v, is_causal=True).backward(dy))
    with torch.no_grad():
        alone, alone_cpu = timed(lambda: F.scaled_dot_product_attention(q, k, v, is_causal=True))
    print(
        json.dumps(
            {
                "torch": torch.__version__,
                "precision": precision,
                "stepMilliseconds": step,
                "stepCpuMilliseconds": step_cpu,
                "forwardMilliseconds": alone,
                "forwardCpuMilliseconds": alone_cpu,
            }
        )
    )


if __name__ == "__main__":
    numbers = [argument if argument in ("fp32", "bf16") else int(argument) for argument in sys.argv[1:]]
    main(*numbers)

"""Times PyTorch's way to a causal long convolution (torch.fft, zero padding, autograd) on the shapes that
sequence.cc times, so that the two can be set side by side:

    python3 test/benchmarks/native/compare_convolution.py [threads]
"""

import sys
import time

import torch


def causal_fft_convolution(u, h, skip):
    """u (B, D, L), h (D, L), skip (D): the convolution cut to L, plus skip * u."""
    n = 2 * u.shape[-1]
    y = torch.fft.irfft(torch.fft.rfft(u, n=n) * torch.fft.rfft(h, n=n), n=n)[..., : u.shape[-1]]
    return y + u * skip.unsqueeze(-1)


def median_milliseconds(body, seconds=2.0, least=3):
    body()
    times, start = [], time.perf_counter()
    while len(times) < least or time.perf_counter() - start < seconds:
        begin = time.perf_counter()
        body()
        times.append((time.perf_counter() - begin) * 1e3)
    return sorted(times)[len(times) // 2], min(times)


def main():
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads")
    for batch, channels, length in [(4, 256, 2048), (1, 256, 16384), (1, 256, 65536)]:
        u = torch.randn(batch, channels, length, requires_grad=True)
        h = (0.05 * torch.randn(channels, length)).requires_grad_()
        skip = torch.randn(channels, requires_grad=True)
        dy = torch.randn(batch, channels, length)

        def step():
            u.grad = h.grad = skip.grad = None
            causal_fft_convolution(u, h, skip).backward(dy)

        median, least = median_milliseconds(step)
        print(f"[{batch}, {channels}, {length}] forward and backward {median:10.1f} ms (least {least:.1f})")


if __name__ == "__main__":
    main()

# Copyright Hyena Studio contributors. Licensed under the Apache License, Version 2.0.
"""Language models of Hyena Studio in PyTorch, in one file.

The same models that the desktop program trains, with the same parameter names: embedding, blocks of a norm, a mixer, a
norm and an MLP, a final norm, a head. The mixer of each layer is named by `layers` in config.json. Needs torch alone;
where transformers is installed, `AutoModelForCausalLM.from_pretrained(FOLDER, trust_remote_code=True)` opens a folder
that holds this file, and `generate` writes text with a cache.

Shapes: B sequences, L positions, D = d_model channels. Mixers take `[B, L, D]` and return `[B, L, D]`; within them
channels stand before positions, `[B, D, L]`. Convolutions, recurrences and norms compute in fp32 under autocast too.
"""

import json
import math
from pathlib import Path
from types import SimpleNamespace

import torch
from torch import nn
from torch.nn import functional as F

try:  # Only for the published layout; training and scoring need torch alone.
    from transformers import GenerationMixin, PretrainedConfig, PreTrainedModel
    from transformers.modeling_outputs import CausalLMOutputWithPast
except ImportError:
    PreTrainedModel = None


# --- Sequence operations ----------------------------------------------------------------------------------------------


def exact_dtype(device):
    """The type of powers and angles, whose rounding would grow with the position: fp64, which Apple's GPUs lack."""
    return torch.float32 if device.type == "mps" else torch.float64


def long_convolution(u, h, skip):
    """Causal convolution by FFT: y[t] = sum of h[i]·u[t-i], plus skip·u. u [B, D, L], h [D, T], skip [D] or None.

    FlashFFTConv (arXiv 2311.05908) computes it where `use_flash_fft_conv` has switched it on.
    """
    length = u.shape[-1]
    taps = min(h.shape[-1], length)
    if _flash is not None and u.is_cuda and not torch.is_grad_enabled():
        y = _flash(u.float(), h[..., :taps].float())
    elif _flash is not None and u.is_cuda:
        y = _flash(u, h[..., :taps])
    else:
        size = length + taps
        size += size % 2
        y = torch.fft.irfft(torch.fft.rfft(u, n=size) * torch.fft.rfft(h[..., :taps], n=size), n=size)[..., :length]
    return y if skip is None else y + skip[:, None] * u


_flash = None


def short_convolution(u, taps, bias=None, before=None):
    """Causal depthwise convolution by taps of which the first multiplies the present.

    u [B, D, L], taps [D, K], bias [D] or None, before the last K-1 inputs or None (zeros).
    Returns y [B, D, L] and the last K-1 inputs.
    """
    count = taps.shape[-1]
    length = u.shape[-1]
    if before is None:
        whole = F.pad(u, (count - 1, 0))
    else:
        whole = torch.cat([before, u], dim=-1)
    if count <= 16:
        y = sum(taps[:, k, None] * whole[..., count - 1 - k : count - 1 - k + length] for k in range(count))
    elif length == 1:
        y = (whole * taps.flip(-1)).sum(-1, keepdim=True)
    else:
        y = long_convolution(whole, taps, None)[..., count - 1 :]
    if bias is not None:
        y = y + bias[:, None]
    return y, whole[..., whole.shape[-1] - (count - 1) :]


class Modes:
    """Filters that are sums of modes, h[g, t] = Re of the sum over s of R·exp(z·t) (Laughing Hyena, arXiv 2310.18780).

    rate and angle are the parts of z, residue_re and residue_im those of R: [G, S]; angle and residue_im may be None
    where all is real. Powers are taken in fp64, as products of a coarse and a fine one: memory O(G·S·sqrt(T)).
    """

    def __init__(self, rate, angle, residue_re, residue_im):
        self.rate, self.angle, self.re, self.im = rate, angle, residue_re, residue_im

    def powers(self, exponents):
        """Parts of exp(z·t), [G, S, T], of exponents t [T]."""
        exact = exact_dtype(self.rate.device)
        t = exponents.to(exact)
        size = torch.exp(self.rate.to(exact)[..., None] * t)
        if self.angle is None:
            return size.float(), None
        turn = self.angle.to(exact)[..., None] * t
        return (size * torch.cos(turn)).float(), (size * torch.sin(turn)).float()

    def filter(self, length, first=0):
        """Taps first to first + length - 1, [G, length]."""
        fine = max(1, 1 << max(0, (length - 1).bit_length() // 2))
        coarse = -(-length // fine)
        device = self.rate.device
        a_re, a_im = self.powers(first + fine * torch.arange(coarse, device=device))
        b_re, b_im = self.powers(torch.arange(fine, device=device))
        if a_im is None:
            taps = torch.einsum("gsa,gsb->gab", self.re[..., None] * a_re, b_re)
        else:
            re, im = self.re[..., None], 0 if self.im is None else self.im[..., None]
            w_re, w_im = re * a_re - im * a_im, re * a_im + im * a_re
            taps = torch.einsum("gsa,gsb->gab", w_re, b_re) - torch.einsum("gsa,gsb->gab", w_im, b_im)
        return taps.reshape(taps.shape[0], -1)[:, :length]

    def scan(self, u, before):
        """The part of the output that the positions before make, and the state after.

        u [B, G, L]; before [2, B, G, S], parts of the state, or None. Returns y [B, G, L] or 0, and [2, B, G, S].
        """
        length, block = u.shape[-1], 256
        device = u.device
        y = 0
        if before is not None:
            # Re of R·exp(z·(t + 1))·S
            p_re, p_im = self.powers(torch.arange(1, length + 1, device=device))
            s_re, s_im = before
            im = 0 if self.im is None else self.im
            w_re, w_im = self.re * s_re - im * s_im, self.re * s_im + im * s_re
            y = torch.einsum("bgs,gst->bgt", w_re, p_re)
            if p_im is not None:
                y = y - torch.einsum("bgs,gst->bgt", w_im, p_im)
        state = before
        for start in range(0, length, block):
            part = u[..., start : start + block]
            count = part.shape[-1]
            q_re, q_im = self.powers(torch.arange(count - 1, -1, -1, device=device))
            new_re = torch.einsum("bgt,gst->bgs", part, q_re)
            new_im = torch.zeros_like(new_re) if q_im is None else torch.einsum("bgt,gst->bgs", part, q_im)
            if state is not None:
                f_re, f_im = self.powers(torch.tensor([count], device=device))
                f_re = f_re[..., 0]
                f_im = torch.zeros_like(f_re) if f_im is None else f_im[..., 0]
                s_re, s_im = state
                new_re, new_im = new_re + f_re * s_re - f_im * s_im, new_im + f_re * s_im + f_im * s_re
            state = torch.stack([new_re, new_im])
        return y, state


def complex_expm1(re, im):
    """e^z - 1 without cancellation, z of its parts."""
    grown, half = torch.expm1(re), torch.sin(im / 2)
    return torch.complex(grown * torch.cos(im) - 2 * half**2, (grown + 1) * torch.sin(im))


def diagonal_modes(log_dt, log_a_real, a_imag, c, b, rule):
    """A diagonal state space A = -exp(log_a_real) + i·a_imag as modes.

    rule 'zero-order-hold': h[t] = 2 Re C·B·(e^z - 1)/A·e^(z·t), z = A·dt (S4D, arXiv 2206.11893, section 3.3);
    a number L: this over e^(z·L) - 1, a softmax over L positions (DSS, arXiv 2203.14343, proposition 1);
    'bilinear': h[t] = 2 Re C·B·dt/(1 - z/2)·((1 + z/2)/(1 - z/2))^t (S4, arXiv 2111.00396, equation 3).
    log_dt [G], log_a_real and a_imag [G, S], c and b [G, S, 2], b may be None (1).
    """
    exact = exact_dtype(log_dt.device)
    dt = torch.exp(log_dt.to(exact))[:, None]
    a_re, a_im = -torch.exp(log_a_real.to(exact)), a_imag.to(exact)
    z_re, z_im = a_re * dt, a_im * dt
    if rule != "bilinear":
        factor = complex_expm1(z_re, z_im) / torch.complex(a_re, a_im)
        if rule != "zero-order-hold":
            factor = factor / complex_expm1(z_re * rule, z_im * rule)
        f_re, f_im = factor.real, factor.imag
        rate, angle = z_re, z_im
    else:
        n_re, n_im, d_re, d_im = 1 + z_re / 2, z_im / 2, 1 - z_re / 2, -z_im / 2
        square = d_re**2 + d_im**2
        f_re, f_im = dt * d_re / square, -dt * d_im / square
        rate = 0.5 * (torch.log(n_re**2 + n_im**2) - torch.log(square))
        angle = torch.atan2(n_im, n_re) - torch.atan2(d_im, d_re)
    cb_re, cb_im = c[..., 0].to(exact), c[..., 1].to(exact)
    if b is not None:
        b_re, b_im = b[..., 0].to(exact), b[..., 1].to(exact)
        cb_re, cb_im = cb_re * b_re - cb_im * b_im, cb_re * b_im + cb_im * b_re
    residue_re, residue_im = 2 * (cb_re * f_re - cb_im * f_im), 2 * (cb_re * f_im + cb_im * f_re)
    return Modes(rate, angle, residue_re.float(), residue_im.float())


def rotate(x, first, base, interpolation):
    """Rotary positions in their half-split form (arXiv 2104.09864). x [B, heads, L, E], first: position of row 0."""
    length, half = x.shape[-2], x.shape[-1] // 2
    exact = exact_dtype(x.device)
    rates = base ** (-torch.arange(half, device=x.device, dtype=exact) / half) / interpolation
    angles = torch.arange(first, first + length, device=x.device, dtype=exact)[:, None] * rates
    cos, sin = torch.cos(angles).to(x.dtype), torch.sin(angles).to(x.dtype)
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


# --- Layers -----------------------------------------------------------------------------------------------------------


def optional(config, name, default=None):
    """A setting that configurations of earlier versions lack."""
    return getattr(config, name, default)


def projection_biases(config, name):
    """Whether the projections into a mixer and out of it have biases: by a choice for it, or as all mixers."""
    choice = optional(config, name)
    if choice is None:
        return config.mixer_bias, config.mixer_bias
    return choice in ("all", "input"), choice in ("all", "output")


class Norm(nn.Module):
    """Layer norm, or root-mean-square norm with epsilon within or outside of the root (StripedHyena's)."""

    def __init__(self, kind, size, epsilon):
        super().__init__()
        self.kind, self.epsilon = kind, epsilon
        self.weight = nn.Parameter(torch.ones(size))
        if kind == "layer_norm":
            self.bias = nn.Parameter(torch.zeros(size))

    def forward(self, x):
        x = x.float()
        if self.kind == "layer_norm":
            return F.layer_norm(x, x.shape[-1:], self.weight.float(), self.bias.float(), self.epsilon)
        mean = x.square().mean(-1, keepdim=True)
        if self.kind == "rms_norm":
            return x * torch.rsqrt(mean + self.epsilon) * self.weight.float()
        return x / (mean.sqrt() + self.epsilon) * self.weight.float()


class Taps(nn.Module):
    """Weights of a depthwise convolution as of PyTorch's Conv1d, `weight` [channels, 1, taps], and `bias`."""

    def __init__(self, channels, taps, biased):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(channels, 1, taps) / math.sqrt(taps))
        self.bias = nn.Parameter(torch.zeros(channels)) if biased else None

    def forward(self, u, before):
        """The last tap multiplies the present. Returns as `short_convolution`."""
        bias = None if self.bias is None else self.bias.float()
        return short_convolution(u, self.weight[:, 0].float().flip(-1), bias, before)


class Mlp(nn.Module):
    """fc2(act(fc1 x)), of a gated one (arXiv 2002.05202) fc2(act(gate x)·fc1 x)."""

    def __init__(self, config, kind):
        super().__init__()
        d, inner, biased = config.d_model, config.d_inner, config.mlp_bias
        self.kind = kind
        if self.kind in ("swiglu", "geglu", "bilinear"):
            self.gate = nn.Linear(d, inner, bias=biased)
        self.fc1 = nn.Linear(d, inner, bias=biased)
        self.fc2 = nn.Linear(inner, d, bias=biased)

    def forward(self, x):
        h = self.fc1(x)
        if self.kind == "gelu_tanh":
            return self.fc2(F.gelu(h, approximate="tanh"))
        if self.kind == "gelu":
            return self.fc2(F.gelu(h))
        gate = self.gate(x)
        active = {"swiglu": F.silu, "geglu": F.gelu, "bilinear": lambda g: g}[self.kind](gate)
        return self.fc2(active * h)


class Fp32(nn.Module):
    """A mixer: projections may be computed in less, what acts along the sequence is computed in fp32.

    `forward(x, state)`: state is a dictionary that the mixer fills and reads, or None where nothing is to be kept. A
    state that is not empty is continued by any number of positions.
    """

    def forward(self, x, state=None):
        raise NotImplementedError

    @staticmethod
    def channels_first(x):
        return x.transpose(1, 2).float()


def is_siren(config):
    return optional(config, "filter_network", "paper") == "siren"


def filter_features(config):
    return 1 if is_siren(config) else config.emb_dim


class Sine(nn.Module):
    def __init__(self, width, frequency, trained):
        super().__init__()
        freq = torch.full((1, width), float(frequency))
        if trained:
            self.freq = nn.Parameter(freq)
        else:
            self.register_buffer("freq", freq)


class FilterNetwork(nn.Module):
    """The network of the implicit filters (Hyena, arXiv 2302.10866, appendix D.3): sine layers that share `1.freq`."""

    def __init__(self, config, channels):
        super().__init__()
        width, inner = config.filter_order, config.num_inner_mlps
        for place in range(0, 2 * inner + 1, 2):
            self.add_module(str(place), nn.Linear(filter_features(config) if place == 0 else width, width))
            if place == 0:
                siren = is_siren(config)
                self.add_module("1", Sine(width, 1 if siren else config.w, not siren))
        self.add_module(str(2 * inner + 2), nn.Linear(width, channels, bias=False))
        self.inner = inner
        self.first_frequency = config.w if is_siren(config) else 1

    def forward(self, z):
        layers = self._modules
        freq = layers["1"].freq.float()
        h = z
        for place in range(0, 2 * self.inner + 1, 2):
            layer = layers[str(place)]
            phase = freq * F.linear(h, layer.weight.float(), layer.bias.float())
            h = torch.sin(phase * self.first_frequency if place == 0 else phase)
        return F.linear(h, layers[str(2 * self.inner + 2)].weight.float())


class ImplicitFilter(nn.Module):
    """Long filters [(N-1)D, L], order-major: network(z)·(exp(-t·|delta|) + shift), and the skips `bias`."""

    def __init__(self, config):
        super().__init__()
        channels = (config.order - 1) * config.d_model
        self.shift, self.modulate = config.modulation_shift, optional(config, "modulate", True)
        self.bias = nn.Parameter(torch.randn(channels))
        self.pos_emb = nn.Module()
        self.pos_emb.z = nn.Parameter(torch.zeros(1, config.l_max, filter_features(config)))
        self.pos_emb.register_buffer("t", torch.zeros(1, config.l_max, 1))
        self.implicit_filter = FilterNetwork(config, channels)
        self.modulation = nn.Module()
        self.modulation.register_buffer("deltas", torch.zeros(1, 1, channels))

    def forward(self, length):
        z, t = self.pos_emb.z[0, :length].float(), self.pos_emb.t[0, :length].float()
        if not self.modulate:
            return self.implicit_filter(z).transpose(0, 1)
        window = torch.exp(-t * self.modulation.deltas[0].float().abs()) + self.shift
        return (self.implicit_filter(z) * window).transpose(0, 1)


class Hyena(Fp32):
    """The Hyena operator of order N (arXiv 2302.10866, definition 3.1)."""

    def __init__(self, config):
        super().__init__()
        d, self.order, self.limit = config.d_model, config.order, config.l_max
        self.in_proj = nn.Linear(d, (self.order + 1) * d, bias=config.mixer_bias)
        self.short_filter = Taps((self.order + 1) * d, config.short_filter_order, True)
        self.filter_fn = ImplicitFilter(config)
        self.out_proj = nn.Linear(d, d, bias=config.mixer_bias)
        self.gate_dropout = optional(config, "gate_dropout", 0)

    def forward(self, x, state=None, drop=lambda y, rate: y):
        length = x.shape[1]
        past = state["inputs"][0].shape[-1] if state else 0
        if past + length > self.limit:
            raise ValueError(f"A sequence of {past + length} tokens exceeds this model's context of {self.limit}.")
        p = self.channels_first(self.in_proj(x))
        with torch.autocast(x.device.type, enabled=False):
            s, tail = self.short_filter(p, state["tail"] if state else None)
            *gates, v = s.chunk(self.order + 1, dim=1)
            h = state["filters"] if state else self.filter_fn(length if state is None else self.limit)
            filters, skips = h.chunk(self.order - 1, dim=0), self.filter_fn.bias.float().chunk(self.order - 1)
            inputs = []
            for stage in range(self.order - 1):
                u = v * gates[self.order - 1 - stage]
                whole = torch.cat([state["inputs"][stage], u], dim=-1) if state else u
                if past and length == 1:
                    y = (whole.flip(-1) * filters[stage][:, : past + 1]).sum(-1, keepdim=True)
                    v = y + skips[stage][:, None] * u
                else:
                    v = long_convolution(whole, filters[stage], skips[stage])[..., past:]
                inputs.append(whole)
            y = drop(v * gates[0], self.gate_dropout).transpose(1, 2)
        if state is not None:
            state.update(inputs=inputs, tail=tail, filters=h)
        return self.out_proj(y)


class HyenaLi(Fp32):
    """Hyena of order 2 whose long filters are sums of exponentials (StripedHyena 2, arXiv 2503.01868, section 2.1)."""

    def __init__(self, config):
        super().__init__()
        d, modes = config.d_model, config.modal_states
        into, out = projection_biases(config, "convolution_biases")
        self.in_proj = nn.Linear(d, 3 * d, bias=into)
        self.short_filter = Taps(3 * d, config.short_filter_order, config.short_filter_bias)
        self.filter = nn.Module()
        self.complex = config.modal_poles == "complex"
        self.free = optional(config, "modal_form", "decaying") == "free"
        shape = (d, modes, 2) if self.complex else (d, modes)
        self.filter.D = nn.Parameter(torch.randn(d))
        if self.free:
            setattr(self.filter, "poles" if self.complex else "log_poles", nn.Parameter(torch.zeros(shape)))
        else:
            self.filter.log_decays = nn.Parameter(torch.zeros(d, modes))
            if self.complex:
                self.filter.phases = nn.Parameter(torch.zeros(d, modes))
        self.filter.residues = nn.Parameter(torch.zeros(shape))
        self.out_proj = nn.Linear(d, d, bias=out)

    def modes(self):
        """Poles exp(-exp(log_decays) + i·phases): within the unit circle whatever the values (arXiv 2303.06349).

        In the free form: exp(log_poles), or the complex poles themselves.
        """
        residues = self.filter.residues.float()
        if not self.complex:
            rate = self.filter.log_poles.float() if self.free else -torch.exp(self.filter.log_decays.float())
            return Modes(rate, None, residues, None)
        if self.free:
            poles = self.filter.poles.to(exact_dtype(residues.device))
            rate = 0.5 * torch.log(poles.square().sum(-1).clamp_min(1e-30))
            angle = torch.atan2(poles[..., 1], poles[..., 0])
        else:
            rate, angle = -torch.exp(self.filter.log_decays.float()), self.filter.phases.float()
        return Modes(rate, angle, residues[..., 0], residues[..., 1])

    def forward(self, x, state=None):
        p = self.channels_first(self.in_proj(x))
        with torch.autocast(x.device.type, enabled=False):
            s, tail = self.short_filter(p, state["tail"] if state else None)
            x2, x1, v = s.chunk(3, dim=1)
            u = x1 * v
            mixed = long_modal(u, self.modes(), self.filter.D.float(), state)
            y = (x2 * mixed).transpose(1, 2)
        if state is not None:
            state["tail"] = tail
        return self.out_proj(y)


def long_modal(u, modes, skip, state):
    """Convolution by modal filters with a skip, after the positions in `state`, which is advanced."""
    y = long_convolution(u, modes.filter(u.shape[-1]), skip)
    if state is not None:
        before, state["modes"] = modes.scan(u, state.get("modes"))
        y = y + before
    return y


class GatedConvolution(Fp32):
    """out_proj(x2·conv(x1·v)) with explicit filters: Hyena-SE and Hyena-MR (arXiv 2503.01868, section 2.1)."""

    def __init__(self, config, taps, groups, medium):
        super().__init__()
        d = self.width = config.d_model
        self.medium = medium
        into, out = projection_biases(config, "convolution_biases")
        self.in_proj = nn.Linear(d, 3 * d, bias=into)
        self.short_filter = Taps(3 * d, config.short_filter_order, config.short_filter_bias)
        self.filter = nn.Module()
        self.filter.h = nn.Parameter(torch.randn(groups, 1, taps) / math.sqrt(taps))
        if medium:
            self.filter.D = nn.Parameter(torch.randn(d))
        self.out_proj = nn.Linear(d, d, bias=out)

    def forward(self, x, state=None):
        p = self.channels_first(self.in_proj(x))
        with torch.autocast(x.device.type, enabled=False):
            s, tail = self.short_filter(p, state["tail"] if state else None)
            x2, x1, v = s.chunk(3, dim=1)
            u = x1 * v
            h = self.filter.h[:, 0].float()
            # In Hyena-MR the first tap multiplies the present, in Hyena-SE the last.
            h = (h if self.medium else h.flip(-1)).repeat_interleave(self.width // h.shape[0], dim=0)
            y, inputs = short_convolution(u, h, None, state["inputs"] if state else None)
            if self.medium:
                y = y + self.filter.D.float()[:, None] * u
            y = (x2 * y).transpose(1, 2)
        if state is not None:
            state.update(tail=tail, inputs=inputs)
        return self.out_proj(y)


class ShortConv(Fp32):
    """out_proj(C·conv(B·x)): the gated short convolution of LFM2."""

    def __init__(self, config):
        super().__init__()
        d = config.d_model
        self.in_proj = nn.Linear(d, 3 * d, bias=config.mixer_bias)
        self.conv = Taps(d, config.short_conv_length, config.mixer_bias)
        self.out_proj = nn.Linear(d, d, bias=config.mixer_bias)

    def forward(self, x, state=None):
        p = self.channels_first(self.in_proj(x))
        with torch.autocast(x.device.type, enabled=False):
            b, c, value = p.chunk(3, dim=1)
            y, inputs = self.conv(b * value, state["inputs"] if state else None)
            y = (c * y).transpose(1, 2)
        if state is not None:
            state["inputs"] = inputs
        return self.out_proj(y)


class H3(Fp32):
    """H3 (arXiv 2212.14052, algorithm 1): q · ssm(shift(k) · v), each head with its own diagonal state space."""

    def __init__(self, config):
        super().__init__()
        d, states, self.head_dim = config.d_model, config.ssm_state, config.h3_head_dim
        heads, modes = d // self.head_dim, states // 2
        self.heads = heads
        for name in ("q_proj", "k_proj", "v_proj"):
            self.add_module(name, nn.Linear(d, d, bias=config.mixer_bias))
        self.ssm_k_kernel = nn.Module()
        self.ssm_k_kernel.kernel = nn.Module()
        self.ssm_k_kernel.kernel.B = nn.Parameter(torch.zeros(d, states))
        self.ssm_k_kernel.kernel.C = nn.Parameter(torch.zeros(d, states))
        self.ssm_k_D = nn.Parameter(torch.randn(d))
        self.kernel = nn.Module()
        self.kernel.kernel = nn.Module()
        self.kernel.kernel.log_dt = nn.Parameter(torch.zeros(heads))
        self.kernel.kernel.inv_A_real = nn.Parameter(torch.zeros(heads, modes))
        self.kernel.kernel.A_imag = nn.Parameter(torch.zeros(heads, modes))
        self.kernel.kernel.C = nn.Parameter(torch.zeros(heads, modes, 2))
        self.kernel.kernel.B = nn.Parameter(torch.zeros(heads, modes, 2))
        self.D = nn.Parameter(torch.randn(heads))
        self.output_linear = nn.Linear(d, d, bias=config.mixer_bias)

    def shift_taps(self):
        """Tap l of the state space that shifts, the sum over m of B[m]·C[m + l]: [D, N], the present first."""
        b, c = self.ssm_k_kernel.kernel.B.float(), self.ssm_k_kernel.kernel.C.float()
        states = b.shape[-1]
        return torch.stack([(b[:, : states - l] * c[:, l:]).sum(-1) for l in range(states)], dim=-1)

    def forward(self, x, state=None):
        q, k, v = (self.channels_first(project(x)) for project in (self.q_proj, self.k_proj, self.v_proj))
        with torch.autocast(x.device.type, enabled=False):
            system = self.kernel.kernel
            modes = diagonal_modes(system.log_dt, system.inv_A_real, system.A_imag, system.C, system.B, "bilinear")
            keys, kept = short_convolution(k, self.shift_taps(), None, state["keys"] if state else None)
            keys = keys + self.ssm_k_D.float()[:, None] * k
            batch, _, length = q.shape
            h, e = self.heads, self.head_dim
            split = (batch, h, e, length)
            u = torch.einsum("bhil,bhjl->bhijl", keys.reshape(split), v.reshape(split)).reshape(batch, -1, length)
            many = e * e
            if many > 1:
                repeat = lambda part: None if part is None else part.repeat_interleave(many, dim=0)
                modes = Modes(repeat(modes.rate), repeat(modes.angle), repeat(modes.re), repeat(modes.im))
            y = long_modal(u, modes, self.D.float().repeat_interleave(many), state)
            # Read out as [head_dim][head], as the published files have it.
            y = torch.einsum("bhil,bhijl->bjhl", q.reshape(split), y.reshape(batch, h, e, e, length))
            y = y.reshape(batch, h * e, length).transpose(1, 2)
        if state is not None:
            state["keys"] = kept
        return self.output_linear(y)


class S4d(Fp32):
    """S4D (arXiv 2206.11893) or DSS (arXiv 2203.14343): a diagonal state space per channel, GELU, a gated projection."""

    def __init__(self, config):
        super().__init__()
        d, modes = config.d_model, config.ssm_state // 2
        self.D = nn.Parameter(torch.randn(d))
        self.kernel = nn.Module()
        self.kernel.log_dt = nn.Parameter(torch.zeros(d))
        self.kernel.log_A_real = nn.Parameter(torch.zeros(d, modes))
        self.kernel.A_imag = nn.Parameter(torch.zeros(d, modes))
        self.kernel.C = nn.Parameter(torch.zeros(d, modes, 2))
        self.rule = getattr(config, "ssm_softmax", None) or "zero-order-hold"
        self.output_linear = nn.Linear(d, 2 * d, bias=config.mixer_bias)

    def forward(self, x, state=None):
        u = self.channels_first(x)
        with torch.autocast(x.device.type, enabled=False):
            k = self.kernel
            modes = diagonal_modes(k.log_dt, k.log_A_real, k.A_imag, k.C, None, self.rule)
            y = F.gelu(long_modal(u, modes, self.D.float(), state)).transpose(1, 2)
        a, b = self.output_linear(y).chunk(2, dim=-1)
        return a * torch.sigmoid(b)


class Gss(Fp32):
    """Gated state spaces (arXiv 2206.13947, section 3.2): a state space in few channels, a gate in many."""

    def __init__(self, config):
        super().__init__()
        d, modes = config.d_model, config.gss_states
        channels, gate = config.gss_state_width or max(1, d // 4), config.gss_expand * d
        self.to_u = nn.Linear(d, channels, bias=config.mixer_bias)
        self.to_v = nn.Linear(d, gate, bias=config.mixer_bias)
        self.dss = nn.Module()
        self.dss.norm = Norm("layer_norm", channels, config.layer_norm_epsilon)
        self.dss.Lambda_re = nn.Parameter(torch.randn(modes))
        self.dss.Lambda_im = nn.Parameter(torch.randn(modes))
        self.dss.C = nn.Parameter(torch.randn(channels, modes, 2) / math.sqrt(modes))
        self.dss.D = nn.Parameter(torch.randn(channels))
        self.to_gate = nn.Linear(channels, gate, bias=config.mixer_bias)
        self.to_out = nn.Linear(gate, d, bias=config.mixer_bias)

    def modes(self):
        """Lambda is shared by all channels; time steps are one. Of conjugate pairs the rule counts both, here one."""
        re, im, c = self.dss.Lambda_re, torch.exp(self.dss.Lambda_im.float()), self.dss.C.float() / 2
        rows = lambda part: part.float().expand(c.shape[0], -1)
        return diagonal_modes(c.new_zeros(c.shape[0]), rows(re), rows(im), c, None, "zero-order-hold")

    def forward(self, x, state=None):
        v, u = self.to_v(x), self.to_u(x)
        with torch.autocast(x.device.type, enabled=False):
            u = self.channels_first(self.dss.norm(F.gelu(u.float())))
            y = long_modal(u, self.modes(), self.dss.D.float(), state).transpose(1, 2)
        return self.to_out(self.to_gate(y) * F.gelu(v))


class LongConv(Fp32):
    """Explicit long convolutions (arXiv 2302.06646): a squashed filter per channel, GELU, a gated projection."""

    def __init__(self, config):
        super().__init__()
        d = config.d_model
        self.squash = config.long_conv_squash
        self.D = nn.Parameter(torch.randn(d))
        self.kernel = nn.Module()
        self.kernel.kernel = nn.Parameter(0.02 * torch.randn(1, d, config.l_max))
        self.output_linear = nn.Linear(d, 2 * d, bias=config.mixer_bias)

    def forward(self, x, state=None):
        u = self.channels_first(x)
        with torch.autocast(x.device.type, enabled=False):
            h = F.softshrink(self.kernel.kernel[0].float(), self.squash)
            y, inputs = short_convolution(u, h, None, state["inputs"] if state else None)
            y = F.gelu(y + self.D.float()[:, None] * u).transpose(1, 2)
        if state is not None:
            state["inputs"] = inputs
        a, b = self.output_linear(y).chunk(2, dim=-1)
        return a * torch.sigmoid(b)


class Mega(Fp32):
    """A moving average, attention within chunks and gates (Mega, arXiv 2209.10655, section 3)."""

    def __init__(self, config):
        super().__init__()
        d, modes = config.d_model, config.mega_states
        self.chunk, self.values = config.mega_chunk, config.mega_expand * d
        self.keys = config.mega_key_width or max(1, d // 4)
        self.move = nn.Module()
        for name in ("delta", "alpha", "beta"):
            setattr(self.move, name, nn.Parameter(torch.randn(d, modes, 1)))
        self.move.gamma = nn.Parameter(torch.randn(d, modes))
        self.move.omega = nn.Parameter(torch.randn(d))
        self.v_proj = nn.Linear(d, self.values, bias=config.mixer_bias)
        self.mx_proj = nn.Linear(d, 2 * d + self.keys + self.values, bias=config.mixer_bias)
        self.gamma = nn.Parameter(0.02 * torch.randn(2, 1, self.keys))
        self.beta = nn.Parameter(torch.zeros(2, 1, self.keys))
        self.rel_pos_bias = nn.Module()
        self.rel_pos_bias.rel_pos_bias = nn.Parameter(0.02 * torch.randn(self.chunk))
        self.h_proj = nn.Linear(self.values, d, bias=config.mixer_bias)

    def modes(self):
        """gamma·alpha·beta·(1 - alpha·delta)^t/sqrt(N)."""
        m = self.move
        exact = exact_dtype(m.delta.device)
        alpha, delta = torch.sigmoid(m.alpha[..., 0].to(exact)), torch.sigmoid(m.delta[..., 0].to(exact))
        rate = torch.log1p(-alpha * delta)
        residue = m.gamma.to(exact) * alpha * m.beta[..., 0].to(exact) / math.sqrt(m.gamma.shape[1])
        return Modes(rate, None, residue.float(), None)

    def attend(self, q, k, v, state):
        """Each token over those of its chunk up to itself. A state has the keys and values of the chunk that is begun."""
        batch, length, _ = q.shape
        begun = state["keys"].shape[1] if state and "keys" in state else 0
        if begun:
            k, v = torch.cat([state["keys"], k], dim=1), torch.cat([state["values"], v], dim=1)
        total = begun + length
        if state is not None:
            first = total - total % self.chunk
            state.update(keys=k[:, first:], values=v[:, first:])
        size = min(self.chunk, total)
        chunks = -(-total // size)
        rest = chunks * size - total
        split = lambda x, before: F.pad(x, (0, 0, before, rest)).reshape(batch * chunks, size, -1)
        place = torch.arange(size, device=q.device)
        distance = place[:, None] - place
        bias = self.rel_pos_bias.rel_pos_bias.float()[self.chunk - 1 - distance.clamp(min=0)]
        scores = split(q, begun) @ split(k, 0).transpose(1, 2) + bias.masked_fill(distance < 0, -math.inf)
        mixed = torch.softmax(scores, dim=-1) @ split(v, 0)
        return mixed.reshape(batch, chunks * size, -1)[:, begun:total]

    def forward(self, x, state=None):
        v = F.silu(self.v_proj(x))
        with torch.autocast(x.device.type, enabled=False):
            averages = long_modal(self.channels_first(x), self.modes(), self.move.omega.float(), state)
            averages = F.silu(averages.transpose(1, 2))
        d = x.shape[-1]
        update, shared, reset, direct = self.mx_proj(averages).split([d, self.keys, self.values, d], dim=-1)
        with torch.autocast(x.device.type, enabled=False):
            shared = F.silu(shared.float())
            q, k = (shared * scale + shift for scale, shift in zip(self.gamma.float(), self.beta.float()))
            attended = self.attend(q / math.sqrt(self.keys), k, v.float(), state)
        candidate = F.silu(direct + self.h_proj(attended * F.silu(reset)))
        return torch.sigmoid(update) * (candidate - x)


class Wkv:
    """The average of RWKV-4 (arXiv 2305.13048, equation 14), whose exponents are relative to the largest so far."""

    LEAST = -1e30  # Below all exponents: of what was never seen.

    def __init__(self, rate, bonus):
        self.rate, self.bonus = rate, bonus

    def after(self, k, v, state):
        """Sums of each position and all before it, [B, 1 + L, D] each: `state` first, then one for each position.

        Doubled again and again: log2(L) rounds. Returns the sum of values, of weights, and the exponents.
        """
        total, weights, exponent = state
        total, weights = torch.cat([total, v], dim=1), torch.cat([weights, torch.ones_like(v)], dim=1)
        exponent = torch.cat([exponent, k], dim=1)
        step, length = 1, total.shape[1]
        while step < length:
            delayed = lambda x, fill: F.pad(x[:, : length - step], (0, 0, step, 0), value=fill)
            past = delayed(exponent, self.LEAST) - step * self.rate
            # The quotient is the same whatever they are relative to.
            top = torch.maximum(exponent, past).detach()
            kept, added = torch.exp(exponent - top), torch.exp(past - top)
            total = total * kept + delayed(total, 0.0) * added
            weights = weights * kept + delayed(weights, 0.0) * added
            exponent, step = top, 2 * step
        return total, weights, exponent

    def __call__(self, k, v, state):
        """y [B, L, D] and the state after; k and v [B, L, D], state three of [B, 1, D], or None."""
        if state is None:
            nothing = torch.zeros_like(k[:, :1])
            state = (nothing, nothing, nothing + self.LEAST)
        sums = self.after(k, v, state)
        total, weights, exponent = (part[:, :-1] for part in sums)
        present = k + self.bonus
        top = torch.maximum(exponent, present).detach()
        past, now = torch.exp(exponent - top), torch.exp(present - top)
        return (total * past + v * now) / (weights * past + now), tuple(part[:, -1:] for part in sums)


class Rwkv(Fp32):
    """RWKV-4's time mixing (arXiv 2305.13048, equations 11 to 16)."""

    def __init__(self, config):
        super().__init__()
        d = config.d_model
        self.time_decay = nn.Parameter(torch.zeros(d))
        self.time_first = nn.Parameter(torch.zeros(d))
        for name in ("k", "v", "r"):
            self.register_parameter(f"time_mix_{name}", nn.Parameter(torch.zeros(1, 1, d)))
        for name in ("key", "value", "receptance", "output"):
            self.add_module(name, nn.Linear(d, d, bias=config.mixer_bias))

    def forward(self, x, state=None):
        first = state["last"] if state else torch.zeros_like(x[:, :1])
        earlier = torch.cat([first, x[:, :-1]], dim=1)
        mixed = lambda mix: earlier + (x - earlier) * mix.to(x.dtype)
        k, v = self.key(mixed(self.time_mix_k)), self.value(mixed(self.time_mix_v))
        gate = self.receptance(mixed(self.time_mix_r))
        with torch.autocast(x.device.type, enabled=False):
            average = Wkv(torch.exp(self.time_decay.float()), self.time_first.float())
            y, sums = average(k.float(), v.float(), state["sums"] if state else None)
            y = torch.sigmoid(gate.float()) * y
        if state is not None:
            state.update(last=x[:, -1:], sums=list(sums))
        return self.output(y)


def selective_scan(x, decays, b, c, before, size=64):
    """h[t] = exp(decays[t])·h[t-1] + b[t]·x[t]ᵀ, y[t] = h[t]ᵀ·c[t], in chunks (SSD, arXiv 2405.21060, section 6).

    x [B, L, H, P], decays [B, L, H], b and c [B, L, N], before [B, H, N, P] or None.
    Returns y [B, L, H, P] and the last state.
    """
    batch, length, heads, width = x.shape
    state = x.new_zeros(batch, heads, b.shape[-1], width) if before is None else before
    parts = []
    for start in range(0, length, size):
        u, k, q = (part[:, start : start + size] for part in (x, b, c))
        sums = torch.cumsum(decays[:, start : start + size], dim=1)
        difference = (sums[:, :, None] - sums[:, None]).permute(0, 3, 1, 2)
        between = torch.exp(difference.clamp_max(0)).tril()
        products = torch.einsum("btn,bsn->bts", q, k)[:, None] * between
        y = torch.einsum("bhts,bshp->bthp", products, u)
        y = y + torch.einsum("btn,bth,bhnp->bthp", q, torch.exp(sums), state)
        rest = torch.exp(sums[:, -1:] - sums)
        state = torch.exp(sums[:, -1])[..., None, None] * state + torch.einsum("bsn,bsh,bshp->bhnp", k, rest, u)
        parts.append(y)
    return torch.cat(parts, dim=1), state


class Mamba2(Fp32):
    """Mamba-2 (arXiv 2405.21060, section 7): a short convolution, a selective state space, a gate and a norm."""

    def __init__(self, config):
        super().__init__()
        d = config.d_model
        self.inner, self.states = config.mamba_expand * d, config.mamba_state
        self.head_dim = config.mamba_head_dim or min(self.inner, 64)
        while self.inner % self.head_dim != 0:
            self.head_dim -= 1
        self.heads, self.convolved = self.inner // self.head_dim, self.inner + 2 * self.states
        self.in_proj = nn.Linear(d, self.inner + self.convolved + self.heads, bias=config.mixer_bias)
        self.conv1d = Taps(self.convolved, config.mamba_conv_length, True)
        for name in ("dt_bias", "A_log", "D"):
            self.register_parameter(name, nn.Parameter(torch.zeros(self.heads)))
        self.norm = Norm("rms_norm", self.inner, config.layer_norm_epsilon)
        self.out_proj = nn.Linear(self.inner, d, bias=config.mixer_bias)

    def forward(self, x, state=None):
        z, u, dt = self.in_proj(x).split([self.inner, self.convolved, self.heads], dim=-1)
        with torch.autocast(x.device.type, enabled=False):
            short, inputs = self.conv1d(self.channels_first(u), state["inputs"] if state else None)
            v, b, c = F.silu(short.transpose(1, 2)).split([self.inner, self.states, self.states], dim=-1)
            v = v.unflatten(-1, (self.heads, self.head_dim))
            step = F.softplus(dt.float() + self.dt_bias.float())
            decays = -torch.exp(self.A_log.float()) * step
            y, scanned = selective_scan(v * step[..., None], decays, b, c, state["state"] if state else None)
            y = (y + self.D.float()[:, None] * v).flatten(2)
            y = self.norm(y * F.silu(z.float()))
        if state is not None:
            state.update(inputs=inputs, state=scanned)
        return self.out_proj(y)


class Attention(Fp32):
    """Causal attention (arXiv 1706.03762), its heads grouped or not (arXiv 2305.13245), over a window or everything."""

    def __init__(self, config):
        super().__init__()
        d = config.d_model
        self.heads = config.n_head or usual_heads(d)
        self.kv_heads = config.n_kv_head or self.heads
        self.head_dim = d // self.heads
        self.window = config.attention_window
        self.rope = (config.rope_theta, config.rope_interpolation) if config.positions == "rotary" else None
        into, out = projection_biases(config, "attention_biases")
        self.Wqkv = nn.Linear(d, (self.heads + 2 * self.kv_heads) * self.head_dim, bias=into)
        if config.qk_norm:
            self.q_layernorm = Norm("rms_norm", self.head_dim, config.layer_norm_epsilon)
            self.k_layernorm = Norm("rms_norm", self.head_dim, config.layer_norm_epsilon)
        self.normalised = config.qk_norm
        self.out_proj = nn.Linear(d, d, bias=out)

    def forward(self, x, state=None):
        batch, length, _ = x.shape
        h, g, e = self.heads, self.kv_heads, self.head_dim
        q, k, v = self.Wqkv(x).split([h * e, g * e, g * e], dim=-1)
        q, k, v = (part.reshape(batch, length, -1, e).transpose(1, 2) for part in (q, k, v))
        first = state["position"] if state else 0
        dtype = v.dtype
        if self.normalised:
            q, k = self.q_layernorm(q), self.k_layernorm(k)
        if self.rope is not None:
            q, k = rotate(q, first, *self.rope), rotate(k, first, *self.rope)
        q, k = q.to(dtype), k.to(dtype)
        if state:
            k, v = torch.cat([state["keys"], k], dim=2), torch.cat([state["values"], v], dim=2)
        if state is not None:
            # Nothing sees what lies before the window any longer.
            kept = k.shape[2] if self.window is None else min(k.shape[2], self.window - 1)
            state.update(position=first + length, keys=k[:, :, k.shape[2] - kept :], values=v[:, :, v.shape[2] - kept :])
        mask = None
        if k.shape[2] > length or self.window is not None:
            offset = k.shape[2] - length
            rows = torch.arange(offset, offset + length, device=x.device)[:, None]
            columns = torch.arange(k.shape[2], device=x.device)[None]
            mask = columns <= rows
            if self.window is not None:
                mask &= columns > rows - self.window
        if h != g:
            k, v = k.repeat_interleave(h // g, dim=1), v.repeat_interleave(h // g, dim=1)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
        return self.out_proj(y.transpose(1, 2).reshape(batch, length, h * e))


def usual_heads(width):
    """The widest heads of at most 64 channels that divide the width: even ones, where it is even."""
    step = 2 if width % 2 == 0 else 1
    head_dim = min(width, 64)
    while width % head_dim != 0 or head_dim % step != 0:
        head_dim -= 1
    return width // head_dim


def filter_groups(width, groups):
    """Explicit filters: those that were asked for, or one for each 16 channels, rounded to a divisor of the width."""
    if groups is not None:
        return groups
    usual = max(1, width // 16)
    while width % usual != 0:
        usual -= 1
    return usual


MIXERS = {
    "hyena": Hyena,
    "hyena-li": HyenaLi,
    "hyena-se": lambda c: GatedConvolution(c, c.se_filter_length, filter_groups(c.d_model, c.se_filter_groups), False),
    "hyena-mr": lambda c: GatedConvolution(c, c.mr_filter_length, filter_groups(c.d_model, c.mr_filter_groups), True),
    "short-conv": ShortConv,
    "attention": Attention,
    "h3": H3,
    "s4d": S4d,
    "gss": Gss,
    "long-conv": LongConv,
    "mega": Mega,
    "rwkv": Rwkv,
    "mamba2": Mamba2,
}


def mixer_names(layers, count):
    """The mixer of each layer: a pattern as `hyena*3,attention`, repeated from the start."""
    pattern = []
    for part in layers.split(","):
        name, _, times = part.strip().partition("*")
        pattern += [name.strip()] * (int(times) if times else 1)
    return [pattern[layer % len(pattern)] for layer in range(count)]


# --- The model --------------------------------------------------------------------------------------------------------


def usual_dropout(x, rate, training, _place):
    return F.dropout(x, rate, training)


class Block(nn.Module):
    """x + mixer(norm1(x)), then x + mlp(norm2(x)), where it has an MLP."""

    def __init__(self, config, layer, mixer):
        super().__init__()
        self.layer, self.rate = layer, config.residual_dropout
        self.norm1 = Norm(config.norm, config.d_model, config.layer_norm_epsilon)
        self.mixer = MIXERS[mixer](config)
        self.mlp = None
        if config.mlp != "none":
            self.norm2 = Norm(config.norm, config.d_model, config.layer_norm_epsilon)
            self.mlp = Mlp(config, config.mlp if layer > 0 else optional(config, "first_mlp") or config.mlp)

    def forward(self, x, state=None, drop=usual_dropout):
        if isinstance(self.mixer, Hyena):
            mixed = self.mixer(
                self.norm1(x), state, lambda y, rate: drop(y, rate, self.training, (self.layer, "gate"))
            )
        else:
            mixed = self.mixer(self.norm1(x), state)
        x = x + drop(mixed, self.rate, self.training, (self.layer, "mixer")).float()
        if self.mlp is None:
            return x
        return x + drop(self.mlp(self.norm2(x)), self.rate, self.training, (self.layer, "mlp")).float()


class Cache:
    """What the layers keep of the positions so far; `reorder` serves beam search."""

    def __init__(self, layers):
        self.states = [{} for _ in range(layers)]
        self.length = 0

    def reorder(self, rows):
        def chosen(name, value):
            if name in ("filters", "position"):
                return value
            if isinstance(value, list):
                return [chosen(name, one) for one in value]
            return value.index_select(1 if name == "modes" else 0, rows.to(value.device))

        for state in self.states:
            for name, value in state.items():
                state[name] = chosen(name, value)

    def get_seq_length(self, *_):
        return self.length


class Backbone(nn.Module):
    """Embedding, blocks, final norm."""

    def __init__(self, config):
        super().__init__()
        self.rate = config.embedding_dropout
        self.embeddings = nn.Module()
        self.embeddings.word_embeddings = nn.Embedding(config.vocab_size, config.d_model)
        self.positions = config.positions == "learned"
        if self.positions:
            self.embeddings.position_embeddings = nn.Embedding(config.l_max, config.d_model)
        names = mixer_names(config.layers, config.n_layer)
        self.layers = nn.ModuleList(Block(config, layer, name) for layer, name in enumerate(names))
        last = optional(config, "final_norm_epsilon") or config.layer_norm_epsilon
        self.ln_f = Norm(config.norm, config.d_model, last)
        self.logit_scale = optional(config, "logit_scale", 1)
        self.checkpointing = False

    def forward(self, ids, cache=None, drop=usual_dropout):
        """ids [B, L]; returns the hidden states after the final norm times the logit scale, [B, L, D] in fp32."""
        x = self.embeddings.word_embeddings(ids).float()
        first = 0 if cache is None else cache.length
        if self.positions:
            places = torch.arange(first, first + ids.shape[1], device=ids.device)
            x = x + self.embeddings.position_embeddings(places).float()
        x = drop(x, self.rate, self.training, ("embedding",))
        for layer, block in enumerate(self.layers):
            if self.checkpointing and self.training and cache is None:
                x = torch.utils.checkpoint.checkpoint(block, x, None, drop, use_reentrant=False)
            else:
                x = block(x, None if cache is None else cache.states[layer], drop)
        if cache is not None:
            cache.length += ids.shape[1]
        return self.ln_f(x) * self.logit_scale


def head_weight(model):
    return model.backbone.embeddings.word_embeddings.weight if model.lm_head is None else model.lm_head.weight


class LanguageModel(nn.Module):
    """The model with torch alone: what the training program trains."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.backbone = Backbone(config)
        self.lm_head = None if config.tie_embeddings else nn.Linear(config.d_model, config.vocab_size, bias=False)

    def logits(self, ids, cache=None):
        """Scores of the next token after every position, [B, L, vocab_size]."""
        return F.linear(self.backbone(ids, cache), head_weight(self)).float()

    def forward(self, ids, targets, drop=usual_dropout, rows_at_once=1 << 26):
        """Cross entropy of each target, nats, [B, L] in fp32. Logits are made for `rows_at_once` values at a time."""
        hidden = self.backbone(ids, None, drop).flatten(0, 1)
        weight, flat = head_weight(self), targets.flatten()

        def losses(rows, wanted):
            return F.cross_entropy(F.linear(rows, weight).float(), wanted, reduction="none")

        count = max(1, rows_at_once // weight.shape[0])
        if hidden.shape[0] <= count:
            return losses(hidden, flat).view_as(targets)
        parts = []
        for start in range(0, hidden.shape[0], count):
            rows, wanted = hidden[start : start + count], flat[start : start + count]
            if torch.is_grad_enabled():
                parts.append(torch.utils.checkpoint.checkpoint(losses, rows, wanted, use_reentrant=False))
            else:
                parts.append(losses(rows, wanted))
        return torch.cat(parts).view_as(targets)


def read_config(folder):
    """config.json of a checkpoint or an exported folder, as a namespace."""
    return SimpleNamespace(**json.loads((Path(folder) / "config.json").read_text(encoding="utf-8")))


def use_flash_fft_conv(length, dtype=torch.bfloat16):
    """Lets FlashFFTConv (arXiv 2311.05908) compute long convolutions up to a length, where it is installed.

    Returns whether it does. It takes bf16 or fp16: results differ from the FFT in fp32 by their rounding.
    """
    global _flash
    try:
        from flashfftconv import FlashFFTConv
    except ImportError:
        return False
    size = max(256, 1 << (2 * length - 1).bit_length())
    convolution = FlashFFTConv(size, dtype=dtype).cuda()

    def flash(u, h):
        return convolution(u.to(dtype).contiguous(), h.float().contiguous()).float()

    _flash = flash
    return True


# --- transformers -----------------------------------------------------------------------------------------------------

if PreTrainedModel is not None:

    class HyenaStudioConfig(PretrainedConfig):
        """config.json of Hyena Studio: docs/mixers.md there explains the keys."""

        model_type = "hyena"
        attribute_map = {
            "hidden_size": "d_model",
            "num_hidden_layers": "n_layer",
            "max_position_embeddings": "l_max",
        }

        def __init__(self, **settings):
            for name, value in settings.items():
                if name in MODEL_KEYS:
                    setattr(self, name, value)
            rest = {name: value for name, value in settings.items() if name not in MODEL_KEYS}
            rest.setdefault("tie_word_embeddings", settings.get("tie_embeddings", True))
            super().__init__(**rest)

    MODEL_KEYS = frozenset(
        """vocab_size d_model n_layer layers d_inner l_max norm layer_norm_epsilon mlp mixer_bias mlp_bias positions
        tie_embeddings initializer_range embedding_dropout residual_dropout rope_theta rope_interpolation n_head
        n_kv_head attention_window qk_norm ssm_state h3_head_dim modal_poles modal_states short_filter_order
        short_filter_bias mr_filter_length mr_filter_groups se_filter_length se_filter_groups order emb_dim filter_order
        num_inner_mlps w fast_decay_pct slow_decay_pct decay_target modulation_shift ssm_spectrum ssm_softmax
        short_conv_length final_norm_epsilon first_mlp modulate train_positions modal_form convolution_biases
        attention_biases logit_scale filter_network filter_length short_filter_initial gate_dropout mamba_state mamba_expand mamba_head_dim mamba_conv_length
        gss_state_width gss_expand gss_states long_conv_squash mega_states mega_chunk mega_key_width mega_expand""".split()
    )

    class HyenaStudioForCausalLM(PreTrainedModel, GenerationMixin):
        """For `AutoModelForCausalLM`. Texts of a batch must have the same length: padding on the left is refused."""

        config_class = HyenaStudioConfig
        base_model_prefix = "backbone"
        main_input_name = "input_ids"
        supports_gradient_checkpointing = False
        _is_stateful = True  # The cache cannot be cut: no assisted generation.
        _no_split_modules = ["Block"]

        def __init__(self, config):
            super().__init__(config)
            self.backbone = Backbone(config)
            self.lm_head = None if config.tie_embeddings else nn.Linear(config.d_model, config.vocab_size, bias=False)
            self.post_init()

        def _init_weights(self, module):
            """New weights come from Hyena Studio; here all are read from the file."""

        def get_input_embeddings(self):
            return self.backbone.embeddings.word_embeddings

        def set_input_embeddings(self, value):
            self.backbone.embeddings.word_embeddings = value

        def get_output_embeddings(self):
            return self.lm_head

        def forward(
            self,
            input_ids,
            attention_mask=None,
            labels=None,
            past_key_values=None,
            use_cache=None,
            logits_to_keep=0,
            return_dict=None,
            **_,
        ):
            """Scores of the next token, [B, L, vocab_size]; with labels the mean loss of what they hold but -100."""
            if attention_mask is not None and past_key_values is None and not bool((attention_mask[:, 0] == 1).all()):
                raise ValueError("Padding on the left is not supported: a convolution would see it. Pad on the right.")
            cache = past_key_values
            if cache is None and use_cache:
                cache = Cache(self.config.n_layer)
            hidden = self.backbone(input_ids, cache)
            if labels is None and logits_to_keep:
                hidden = hidden[:, -logits_to_keep:]
            logits = F.linear(hidden, head_weight(self)).float()
            loss = None
            if labels is not None:
                loss = F.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), ignore_index=-100)
            output = CausalLMOutputWithPast(loss=loss, logits=logits, past_key_values=cache)
            return output if return_dict is not False else output.to_tuple()

        def prepare_inputs_for_generation(self, input_ids, past_key_values=None, attention_mask=None, **rest):
            """Only what the cache does not have yet."""
            if rest.get("use_cache", True) and not isinstance(past_key_values, Cache):
                past_key_values = Cache(self.config.n_layer)
            if past_key_values is not None and past_key_values.length > 0:
                input_ids = input_ids[:, past_key_values.length :]
                attention_mask = None
            return {
                "input_ids": input_ids,
                "past_key_values": past_key_values,
                "use_cache": rest.get("use_cache", True),
                "attention_mask": attention_mask,
                "logits_to_keep": 1,
            }

        def _prepare_cache_for_generation(self, generation_config, model_kwargs, *_, **__):
            """The cache is this file's own."""
            if generation_config.use_cache and not isinstance(model_kwargs.get("past_key_values"), Cache):
                model_kwargs["past_key_values"] = Cache(self.config.n_layer)

        @staticmethod
        def _reorder_cache(past_key_values, beam_idx):
            past_key_values.reorder(beam_idx)
            return past_key_values

# Copyright Hyena Studio contributors. Licensed under the Apache License, Version 2.0.
"""A language model with AdamW and Muon in PyTorch: gradients, steps, scores, weights and moments as checkpoint files.

The training program (train.py) and the device `torch` of Hyena Studio (device.py) train by this one class.
"""

import contextlib
import json
import math
from types import SimpleNamespace

import torch
import torch.distributed as dist

from modeling_hyena_studio import LanguageModel, use_flash_fft_conv
from run_files import Safetensors, write_safetensors

MASK32 = 0xFFFFFFFF


def mix(x):
    """A bijection of 32-bit integers (`lowbias32`, Ellis, hash-prospector), of numbers or of int64 tensors."""
    x = ((x ^ (x >> 16)) * 0x7FEB352D) & MASK32
    x = ((x ^ (x >> 15)) * 0x846CA68B) & MASK32
    return x ^ (x >> 16)


def random_key(seed):
    first = mix((seed & MASK32) ^ 0x9E3779B9)
    return first, mix((seed >> 32) ^ mix(first ^ 0x85EBCA6B))


def derived_seed(seed, *path):
    """A seed for something named, drawn from a seed: below 2^32."""
    first, second = random_key(seed)

    def absorb(value):
        nonlocal first, second
        first = mix(first ^ value)
        second = mix((second + first) & MASK32)

    for part in path:
        if isinstance(part, str):
            for byte in part.encode():
                absorb(byte)
            absorb(256)
        else:
            absorb(part & MASK32)
            absorb(part >> 32)
    return mix(first ^ second)


class CounterDropout:
    """Dropout whose masks depend on the seed of a batch, the place and the element alone: those of Hyena Studio.

    seeds: of the batch that each row belongs to; rows: its place there.
    """

    def __init__(self, seeds, rows):
        self.seeds, self.rows = seeds, rows

    def __call__(self, x, rate, training, place):
        if rate == 0 or not training:
            return x
        keys = [random_key(derived_seed(seed, *place)) for seed in self.seeds]
        shape = (-1,) + (1,) * (x.dim() - 1)
        first, second = (torch.tensor(part, device=x.device).view(shape) for part in zip(*keys))
        size = x[0].numel()
        base = torch.tensor([row * size for row in self.rows], device=x.device).view(shape)
        index = base + torch.arange(size, device=x.device).view(x.shape[1:])
        bits = mix(mix((index & MASK32) ^ first) ^ second)
        kept = (bits >> 8) >= round(rate * 2**24)
        return x * kept / (1 - rate)


def orthogonalised(x):
    """A matrix with the singular vectors of x and singular values near 1: five steps of Newton and Schulz.

    Coefficients: Jordan et al., Muon, kellerjordan.github.io/posts/muon.
    """
    a, b, c = 3.4445, -4.775, 2.0315
    tall = x.shape[0] > x.shape[1]
    y = x.T if tall else x
    y = y / (y.norm() + 1e-7)
    for _ in range(5):
        squares = y @ y.T
        y = a * y + (b * squares + c * squares @ squares) @ y
    return y.T if tall else y


class Learner:
    """
    config: the model's configuration (a dictionary); training: that of the run; groups: by the name of each trained
    parameter its optimizer, learning rate and weight decay; parallel: None, 'ddp' or 'fsdp'.
    """

    def __init__(self, config, training, groups, device, precision, parallel=None, compiled=False, flash=False):
        self.training, self.groups, self.device = SimpleNamespace(**training), groups, torch.device(device)
        self.world = dist.get_world_size() if parallel else 1
        self.parallel = parallel
        if precision == "f16-mixed":
            raise ValueError("PyTorch trains in fp32, tf32 or bf16-mixed here, not in f16-mixed.")
        tf32 = precision == "tf32"
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = tf32
        self.precision = precision
        self.model = LanguageModel(SimpleNamespace(**config)).to(self.device)
        self.model.backbone.checkpointing = self.training.gradient_checkpointing
        self.flash = bool(flash and self.device.type == "cuda" and use_flash_fft_conv(config["l_max"]))
        self.names = [name for name, _ in self.model.named_parameters()]
        for name, parameter in self.model.named_parameters():
            parameter.requires_grad_(name in groups)
        self.wrapped = self.model
        if parallel == "fsdp":
            from torch.distributed.fsdp import fully_shard

            for block in self.model.backbone.layers:
                fully_shard(block)
            fully_shard(self.model)
        if compiled:
            self.wrapped = torch.compile(self.wrapped)
        if parallel == "ddp":
            ids = [self.device.index] if self.device.type == "cuda" else None
            self.wrapped = torch.nn.parallel.DistributedDataParallel(self.wrapped, device_ids=ids)
        t = self.training
        self.parameters = {name: p for name, p in self.model.named_parameters() if p.requires_grad}
        muon = {name for name in self.parameters if groups[name]["optimizer"] == "muon"}
        self.momenta = {name: torch.zeros_like(p) for name, p in self.parameters.items() if name in muon}
        self.adamw = {name: p for name, p in self.parameters.items() if name not in muon}
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p], "lr": groups[name]["learningRate"], "weight_decay": groups[name]["weightDecay"]}
                for name, p in self.adamw.items()
            ],
            betas=(t.adam_beta1, t.adam_beta2),
            eps=t.adam_epsilon,
            foreach=True,
        )
        for p in self.adamw.values():
            self.optimizer.state[p] = {
                "step": torch.tensor(0.0),
                "exp_avg": torch.zeros_like(p),
                "exp_avg_sq": torch.zeros_like(p),
            }

    def count(self):
        return sum(p.numel() for p in self.parameters.values())

    def autocast(self):
        if self.precision != "bf16-mixed":
            return contextlib.nullcontext()
        return torch.autocast(self.device.type, dtype=torch.bfloat16)

    # --- a step -------------------------------------------------------------------------------------------------------

    def accumulate(self, ids, targets, weights, drop, last=True):
        """Adds the gradients of sum(weights · cross entropy). All [rows, L]; last: gradients are exchanged now.

        Returns this process's part of the loss, a tensor.
        """
        self.model.train()
        ids, targets, weights = (part.to(self.device, non_blocking=True) for part in (ids, targets, weights))
        if self.parallel == "fsdp":
            self.model.set_requires_gradient_sync(last)
        held = self.parallel == "ddp" and not last
        with self.wrapped.no_sync() if held else contextlib.nullcontext():
            with self.autocast():
                loss = (self.wrapped(ids, targets, drop) * weights).sum()
            # Processes' gradients are averaged; they are parts of one sum.
            (loss * self.world).backward()
        return loss.detach()

    def update(self, scale, step):
        """A step of the optimizers after clipping; a norm that is not finite changes nothing. Returns the norm."""
        gradients = [p.grad for p in self.parameters.values()]
        norm = torch.nn.utils.get_total_norm(gradients, foreach=True)
        norm = float(norm.full_tensor() if hasattr(norm, "full_tensor") else norm)
        if math.isfinite(norm):
            clip = self.training.grad_clip
            if clip is not None and norm + 1e-6 > clip:
                torch._foreach_mul_(gradients, clip / (norm + 1e-6))
            for group, name in zip(self.optimizer.param_groups, self.adamw):
                group["lr"] = self.groups[name]["learningRate"] * scale
            for state in self.optimizer.state.values():
                state["step"].fill_(step - 1)
            self.optimizer.step()
            self.step_muon(scale)
        self.discard()
        return norm

    @torch.no_grad()
    def step_muon(self, scale):
        """Momentum with Nesterov's look ahead, orthogonalised; scaled and decayed as in arXiv 2502.16982, eq. 4."""
        beta = self.training.muon_momentum if self.momenta else None
        for name, momentum in self.momenta.items():
            p, rate, decay = self.parameters[name], self.groups[name]["learningRate"] * scale, self.groups[name]["weightDecay"]
            momentum.lerp_(p.grad, 1 - beta)
            ahead = p.grad.lerp(momentum, beta)
            if hasattr(ahead, "full_tensor"):
                update = self.sharded(orthogonalised(ahead.full_tensor()), ahead)
            else:
                update = orthogonalised(ahead)
            p.mul_(1 - rate * decay).sub_(update, alpha=rate * 0.2 * math.sqrt(max(p.shape)))

    def discard(self):
        self.model.zero_grad(set_to_none=True)

    @torch.no_grad()
    def score(self, ids, targets):
        """Cross entropy of every target, nats, [rows, L]."""
        self.model.eval()
        with self.autocast():
            return self.model(ids.to(self.device), targets.to(self.device)).cpu()

    # --- files --------------------------------------------------------------------------------------------------------

    def tensors(self):
        """Parameters and buffers as a checkpoint names them."""
        return {**dict(self.model.named_parameters()), **dict(self.model.named_buffers())}

    def moments(self):
        for name, p in self.parameters.items():
            if name in self.momenta:
                yield f"first.{name}", self.momenta[name]
                continue
            state = self.optimizer.state[p]
            yield f"first.{name}", state["exp_avg"]
            yield f"second.{name}", state["exp_avg_sq"]

    def save(self, weights=None, optimizer=None, write=True):
        """Writes the files that are named; of several processes all have to call it, one with `write`."""
        files = []
        if self.parallel == "fsdp":
            # What a forward pass has left whole.
            for module in (self.model, *self.model.backbone.layers):
                module.reshard()
        if weights is not None:
            files.append((weights, list(self.tensors().items()), {"format": "pt"}))
        if optimizer is not None:
            files.append((optimizer, list(self.moments()), None))
        for path, tensors, metadata in files:
            if self.parallel == "fsdp":
                self.save_sharded(path, tensors, metadata, write)
            elif write:
                entries = [(name, tuple(value.shape), lambda value=value: value) for name, value in tensors]
                write_safetensors(path, entries, metadata)

    @staticmethod
    def save_sharded(path, tensors, metadata, write):
        def whole(value):
            return value.full_tensor() if hasattr(value, "full_tensor") else value

        if write:
            write_safetensors(path, [(n, tuple(v.shape), lambda v=v: whole(v)) for n, v in tensors], metadata)
        else:
            for _, value in tensors:
                whole(value)

    @torch.no_grad()
    def load(self, weights, optimizer=None):
        """Takes weights, and moments where they are given, from a checkpoint's files."""
        file = Safetensors(weights)
        for name, target in self.tensors().items():
            self.assign(target, file.read(name))
        moments = None if optimizer is None else Safetensors(optimizer)
        for name, target in self.moments():
            self.assign(target, torch.zeros(target.shape) if moments is None else moments.read(name))

    @staticmethod
    def assign(target, value):
        if tuple(target.shape) != tuple(value.shape):
            raise ValueError(f"A tensor of shape {tuple(value.shape)} does not fit {tuple(target.shape)}.")
        if hasattr(target, "full_tensor"):
            target._local_tensor.copy_(Learner.sharded(value, target)._local_tensor)
        else:
            target.copy_(value)

    @staticmethod
    def sharded(value, target):
        """A whole tensor, the same in all processes, divided as another one is."""
        from torch.distributed.tensor import distribute_tensor

        return distribute_tensor(value.to(target.device), target.device_mesh, target.placements, src_data_rank=None)


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)

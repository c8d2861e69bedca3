# Copyright Hyena Studio contributors. Licensed under the Apache License, Version 2.0.
"""Files of a run as Hyena Studio keeps them: safetensors, checkpoints with checksums, metrics.jsonl, shards of tokens."""

import hashlib
import json
import mmap
import os
import re
import secrets
import shutil
from pathlib import Path

import torch

# --- safetensors ------------------------------------------------------------------------------------------------------

DTYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


class Safetensors:
    """An open safetensors file: tensors are read when they are asked for."""

    def __init__(self, path):
        self.path = Path(path)
        with open(path, "rb") as file:
            size = int.from_bytes(file.read(8), "little")
            self.header = json.loads(file.read(size))
            self.header.pop("__metadata__", None)
            self.start = 8 + size
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __contains__(self, name):
        return name in self.header

    def read(self, name):
        entry = self.header[name]
        start, end = (self.start + at for at in entry["data_offsets"])
        if start == end:
            return torch.empty(entry["shape"])
        values = torch.frombuffer(bytearray(self.map[start:end]), dtype=DTYPES[entry["dtype"]])
        return values.reshape(entry["shape"]).float()


def write_safetensors(path, entries, metadata=None):
    """Writes fp32 tensors one at a time and flushes them. entries: (name, shape, function that gives the tensor)."""
    header, offset = ({"__metadata__": metadata} if metadata else {}), 0
    for name, shape, _ in entries:
        size = 4
        for extent in shape:
            size *= extent
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for _, _, value in entries:
            # A copy: storage that NumPy has seen can no longer be resized, which FSDP does.
            tensor = value().detach().to("cpu", torch.float32, copy=True).contiguous()
            file.write(memoryview(tensor.flatten().numpy()).cast("B"))
        file.flush()
        os.fsync(file.fileno())


# --- checkpoints ------------------------------------------------------------------------------------------------------


def summary(path):
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            size += len(piece)
    return {"bytes": size, "sha256": digest.hexdigest()}


def sync_folder(path):
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_text(path, text):
    """Replaces a file: after a loss of power it holds all of the old or all of the new text."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


def as_json(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


class Checkpoints:
    """`checkpoints/step-<n>` of which a run continues, and `best-<n>`, as Hyena Studio writes them."""

    def __init__(self, run, keep, interval):
        self.folder = Path(run) / "checkpoints"
        self.keep, self.interval = keep, interval
        self.folder.mkdir(exist_ok=True)

    def list(self, kind="step"):
        found = [(int(m[1]), one) for one in self.folder.iterdir() if (m := re.fullmatch(rf"{kind}-(\d+)", one.name))]
        return sorted(found)

    @staticmethod
    def sound(path):
        """Whether every file is as it was written."""
        try:
            files = json.loads((path / "manifest.json").read_text(encoding="utf-8"))["files"]
            return all(summary(path / name) == expected for name, expected in files.items())
        except (OSError, ValueError, KeyError):
            return False

    def newest(self):
        """The newest sound checkpoint, or None; damaged ones are set aside."""
        for leftover in self.folder.glob(".*.tmp"):
            shutil.rmtree(leftover, ignore_errors=True)
        for step, path in reversed(self.list()):
            if self.sound(path):
                return step, path
            aside = path.with_name(f"damaged-{path.name}")
            shutil.rmtree(aside, ignore_errors=True)
            path.rename(aside)
        return None

    def write(self, step, kind, fill):
        """Writes one that appears when all of it is on the disk. fill: writes its files into a folder."""
        path = self.folder / f"{kind}-{step}"
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
        temporary.mkdir()
        fill(temporary)
        files = {one.name: summary(one) for one in sorted(temporary.iterdir())}
        write_text(temporary / "manifest.json", as_json({"format": 1, "step": step, "files": files}))
        if path.exists():
            shutil.rmtree(path)
        temporary.rename(path)
        sync_folder(self.folder)
        return path

    def prune(self):
        steps = self.list()
        regular = [step for step, _ in steps if step % self.interval == 0][-self.keep :]
        for step, path in steps[:-1]:
            if step not in regular:
                shutil.rmtree(path)
        for _, path in self.list("best")[:-1]:
            shutil.rmtree(path)

    def remove_after(self, last):
        for step, path in self.list():
            if step > last:
                shutil.rmtree(path)


class Metrics:
    """`metrics.jsonl`: one event a line. What was written after a checkpoint is cut off when a run returns to it."""

    def __init__(self, run, size):
        self.path = Path(run) / "metrics.jsonl"
        self.path.touch()
        self.cut(size)
        self.file = open(self.path, "ab")

    def cut(self, size):
        content = self.path.read_bytes()
        if size < len(content):
            os.truncate(self.path, content.rfind(b"\n", 0, size) + 1 if size else 0)

    @property
    def size(self):
        return self.file.tell()

    def append(self, event):
        self.file.write(json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        self.file.flush()

    def sync(self):
        os.fsync(self.file.fileno())

    def rewind(self, size):
        """Cuts off what followed; what was written of recoveries stays."""
        after = self.path.read_bytes()[size:]
        self.file.close()
        self.cut(size)
        self.file = open(self.path, "ab")
        for line in after.splitlines():
            event = json.loads(line)
            if event["type"] in ("recovery", "notice"):
                self.append(event)


# --- data -------------------------------------------------------------------------------------------------------------


class Split:
    """Tokens of a split by range; the files are mapped, not loaded."""

    def __init__(self, folder, split, dtype):
        self.tokens = split["tokens"]
        self.width = 2 if dtype == "uint16" else 4
        self.dtype = torch.uint16 if dtype == "uint16" else torch.uint32
        self.shards = [(shard["tokens"], self.map(folder, shard["file"])) for shard in split["shards"]]
        self.masks = [self.map(folder, mask["file"]) for mask in split["masks"]]

    @staticmethod
    def map(folder, name):
        with open(Path(folder) / name, "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def pieces(self, start, count):
        first = 0
        for index, (tokens, _) in enumerate(self.shards):
            begin, end = max(start, first), min(start + count, first + tokens)
            if begin < end:
                yield index, begin - first, end - first
            first += tokens

    def read(self, start, count):
        """Ids start to start + count - 1, int64."""
        parts = [
            torch.frombuffer(bytearray(self.shards[i][1][a * self.width : b * self.width]), dtype=self.dtype).long()
            for i, a, b in self.pieces(start, count)
        ]
        return torch.cat(parts)

    def read_mask(self, start, count):
        """1 where a token counts in the loss, else 0, fp32."""
        if not self.masks:
            return torch.ones(count)
        parts = [torch.frombuffer(bytearray(self.masks[i][a:b]), dtype=torch.uint8) for i, a, b in self.pieces(start, count)]
        return torch.cat(parts).float()


MASK32 = 0xFFFFFFFF


def mix_bits(*values):
    """MurmurHash3's rounds and finalizer (Austin Appleby, public domain) over both halves of each number."""
    value = 0x9747B28C
    for one in values:
        for half in (one & MASK32, one >> 32):
            k = half * 0xCC9E2D51 & MASK32
            k = (k << 15 | k >> 17) & MASK32
            value ^= k * 0x1B873593 & MASK32
            value = (value << 13 | value >> 19) & MASK32
            value = (value * 5 + 0xE6546B64) & MASK32
    value ^= value >> 16
    value = value * 0x85EBCA6B & MASK32
    value ^= value >> 13
    value = value * 0xC2B2AE35 & MASK32
    return value ^ value >> 16


def permuted(index, size, key):
    """Where a permutation of 0 to size - 1 takes an index: a Feistel network, walked on until it lands within."""
    bits = max(2, (max(2, size) - 1).bit_length())
    half = 2 ** -(-bits // 2)
    value = index
    while True:
        left, right = divmod(value, half)
        for turn in range(6):
            left, right = right, (left + mix_bits(key, turn, right)) % half
        value = left * half + right
        if value < size:
            return value


class TrainingOrder:
    """Where the n-th training example begins: a function of the seed, n and the length alone, as in Hyena Studio.

    `around`: windows are laid around the learned tokens of chats instead of side by side.
    """

    def __init__(self, split, seed, around):
        self.split, self.seed, self.around = split, seed, around and bool(split.masks)
        self.spans = self.learned_spans() if self.around else None
        self.ranges = {}

    def learned_spans(self):
        mask = self.split.read_mask(0, self.split.tokens)
        mask[0] = 0
        edges = torch.diff(mask, prepend=torch.zeros(1), append=torch.zeros(1))
        return (edges == 1).nonzero()[:, 0].tolist(), (edges == -1).nonzero()[:, 0].tolist()

    def windows_around(self, length):
        if length in self.ranges:
            return self.ranges[length]
        starts, ends = self.spans
        earliest, latest = [], []
        last = self.split.tokens - 1 - length

        def add(begin, end):
            earliest.append(min(last, max(0, begin)))
            latest.append(min(last, max(0, end)))

        span = 0
        while span < len(starts):
            question = 0 if span == 0 else ends[span - 1]
            start, end = starts[span], ends[span]
            if end - 1 - question <= length:
                while span + 1 < len(ends) and ends[span + 1] - 1 - question <= length:
                    span += 1
                add(ends[span] - 1 - length, question)
            elif end - start <= length:
                add(end - 1 - length, end - 1 - length)
            else:
                play, begin = length // 4, max(question, start - 1 - length // 2)
                while end - 1 - begin > length:
                    add(max(question, begin - play), begin)
                    begin += length
                add(end - 1 - length, end - 1 - length)
            span += 1
        self.ranges[length] = earliest, latest
        return earliest, latest

    def start_of(self, example, length):
        if self.around:
            earliest, latest = self.windows_around(length)
            epoch, index = divmod(example, len(earliest))
            key = mix_bits(self.seed, epoch, length)
            window = permuted(index, len(earliest), key)
            return earliest[window] + mix_bits(key, 0x6F666673, window) % (latest[window] - earliest[window] + 1)
        windows = max(1, (self.split.tokens - length) // length)
        epoch, index = divmod(example, windows)
        slack = self.split.tokens - 1 - windows * length
        key = mix_bits(self.seed, epoch, length)
        return mix_bits(key, 0x6F666673) % (slack + 1) + permuted(index, windows, key) * length

# Copyright Hyena Studio contributors. Licensed under the Apache License, Version 2.0.
"""The device `torch` of Hyena Studio: trains a model for the compute process that started this program.

Requests come on stdin, answers go to stdout, one by one: a line of JSON whose key `bytes` says how many bytes follow.
Ids are int32, all else fp32. The program ends when its stdin does.
"""

import json
import math
import os
import sys
import traceback

import torch

from learner import CounterDropout, Learner


def accelerator():
    if torch.cuda.is_available():
        return "cuda"
    mps = getattr(torch.backends, "mps", None)
    return "mps" if mps is not None and mps.is_available() else "cpu"


def number(value):
    """JSON has neither NaN nor infinity."""
    return value if math.isfinite(value) else str(value)


class Device:
    def __init__(self):
        self.learner = None

    def open(self, request, _):
        if request.get("threads"):
            torch.set_num_threads(request["threads"])
        device = request.get("device") or accelerator()
        flash = request.get("flash", False)
        self.learner = Learner(
            request["model"], request["training"], request["parameters"], device, request["precision"], flash=flash
        )
        return {"parameters": self.learner.count()}, b""

    def load(self, request, _):
        self.learner.load(request["weights"], request.get("optimizer"))
        return {}, b""

    def save(self, request, _):
        self.learner.save(request.get("weights"), request.get("optimizer"))
        return {}, b""

    @staticmethod
    def batch(request, payload):
        rows, length = request["rows"], request["length"]
        size = rows * length
        ids, targets = (
            torch.frombuffer(payload, dtype=torch.int32, count=size, offset=4 * size * part).view(rows, length).long()
            for part in range(2)
        )
        if not request.get("masked"):
            return ids, targets, torch.ones(rows, length)
        mask = torch.frombuffer(payload, dtype=torch.float32, count=size, offset=8 * size)
        return ids, targets, mask.view(rows, length).clone()

    def accumulate(self, request, payload):
        """Adds `share` times the gradients of the batch's mean loss over what counts."""
        ids, targets, mask = self.batch(request, payload)
        share, counted = request["share"], float(mask.sum())
        seed = request["dropoutSeed"]
        rows = ids.shape[0]
        drop = CounterDropout([seed] * rows, range(rows)) if seed is not None else lambda x, *_: x
        loss = self.learner.accumulate(ids, targets, mask * (share / counted), drop)
        return {"loss": number(float(loss) / share)}, b""

    def update(self, request, _):
        return {"norm": number(self.learner.update(request["scale"], request["step"]))}, b""

    def discard(self, *_):
        self.learner.discard()
        return {}, b""

    def score(self, request, payload):
        ids, targets, _ = self.batch(request, payload)
        return {}, self.learner.score(ids, targets).contiguous().numpy().tobytes()


def main():
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What libraries print must not be taken for an answer.
    os.dup2(2, 1)
    device = Device()
    while line := requests.readline():
        request = json.loads(line)
        payload = bytearray(requests.read(request.get("bytes", 0)))
        try:
            answer, data = getattr(device, request["do"])(request, payload)
        except torch.OutOfMemoryError as error:
            device.learner.discard()
            answer, data = {"error": "out-of-memory", "message": str(error)}, b""
        except Exception as error:
            traceback.print_exc()
            answer, data = {"error": "device", "message": f"{type(error).__name__}: {error}"}, b""
        answers.write(json.dumps({**answer, "bytes": len(data)}, allow_nan=False).encode() + b"\n" + data)
        answers.flush()


if __name__ == "__main__":
    main()

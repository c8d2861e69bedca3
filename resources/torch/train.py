# Copyright Hyena Studio contributors. Licensed under the Apache License, Version 2.0.
"""Continues a run of Hyena Studio with PyTorch, on as many processes as torchrun starts.

    torchrun --standalone --nproc-per-node gpu train.py

Same model, data order, schedule, clipping, evaluation, recovery and checkpoints as in Hyena Studio: `run/` next to this
file is a run folder, of which the run continues wherever it was stopped. The data order does not depend on the number of
processes: it may change from start to start. README.md explains the options.
"""

import argparse
import math
import os
import random
import shutil
import signal
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import torch
import torch.distributed as dist

from learner import CounterDropout, Learner, derived_seed, read_json
from run_files import Checkpoints, Metrics, Split, TrainingOrder, as_json, write_text

HERE = Path(__file__).resolve().parent


class Plan:
    """How long the run is, how long its sequences are, and its learning rate at each step."""

    def __init__(self, training, plan):
        self.t = training
        self.total = plan["totalSteps"]
        self.limit = None if training["max_minutes"] is None else training["max_minutes"] * 60
        self.length = plan["sequenceLength"]
        self.stages = self.stages_of()

    def stages_of(self):
        steps, start = self.t["sequence_length_warmup_steps"], self.t["sequence_length_start"]
        if steps == 0 or start >= self.length:
            return [(0, self.length)]
        doublings = math.ceil(math.log2(self.length / start))
        stages = []
        for stage in range(doublings + 1):
            begin = math.floor(steps * stage / doublings + 0.5)
            if stages and stages[-1][0] == begin:
                stages.pop()
            stages.append((begin, min(self.length, start * 2**stage)))
        return stages

    def length_at(self, step):
        return max((stage for stage in self.stages if stage[0] <= step), default=(0, self.length))[1]

    def progress(self, step, seconds):
        of_steps = 0 if self.total is None else step / self.total
        of_time = 0 if self.limit is None else seconds / self.limit
        return min(1, max(of_steps, of_time))

    def seconds_left(self, state, pace):
        of_time = None if self.limit is None else max(0, self.limit - state["seconds"])
        if self.total is None or pace is None:
            return of_time
        per_step = self.t["batch_size"] * self.t["gradient_accumulation_steps"]
        tokens, step = 0, state["step"]
        for index, (begin, length) in enumerate(self.stages):
            end = self.stages[index + 1][0] if index + 1 < len(self.stages) else self.total
            tokens += max(0, min(end, self.total) - max(begin, step)) * length * per_step
        return min(tokens * pace, math.inf if of_time is None else of_time)

    def warmup(self):
        if self.t["warmup_steps"] is not None:
            return self.t["warmup_steps"]
        return None if self.total is None else math.floor(self.t["warmup_ratio"] * self.total + 0.5)

    def in_warmup(self, step, progress):
        warmup = self.warmup()
        return progress < self.t["warmup_ratio"] if warmup is None else step < warmup

    def learning_rate(self, step, progress, warmup_end):
        t, warmup = self.t, self.warmup()
        rate, start, floor = t["learning_rate"], t["warmup_start_learning_rate"], t["min_learning_rate_ratio"]
        if self.in_warmup(step, progress):
            risen = progress / t["warmup_ratio"] if warmup is None else (step + 1) / warmup
            return start + (rate - start) * risen
        end = t.get("decay_steps")
        if end is None and self.limit is None:
            end = self.total
        if end is not None:
            fallen = (step - (warmup or 0)) / max(1, end - (warmup or 0))
        else:
            begin = progress if warmup_end is None else warmup_end
            fallen = 1 if begin >= 1 else (progress - begin) / (1 - begin)
        fallen = min(1, max(0, fallen))
        schedule = t["schedule"]
        if schedule == "cosine":
            return rate * (floor + (1 - floor) / 2 * (1 + math.cos(math.pi * fallen)))
        if schedule == "linear":
            return rate * (1 - (1 - floor) * fallen)
        if schedule == "inverse_sqrt":
            if warmup is not None:
                return rate * max(floor, math.sqrt(max(1, warmup) / (step + 1)))
            share = t["warmup_ratio"] or 0.01
            return rate * max(floor, math.sqrt(share / max(share, progress)))
        return rate


def initial_state():
    return {
        "format": 1,
        "step": 0,
        "batches": 0,
        "windows": "around-answers",
        "tokens": 0,
        "seconds": 0,
        "warmupEnd": None,
        "learningRateScale": 1,
        "recoveries": 0,
        "failures": 0,
        "lossAverage": {"sum": 0, "weight": 0, "count": 0},
        "loss": None,
        "validationLoss": None,
        "fullValidationLoss": None,
        "best": None,
        "evaluationsWithoutImprovement": 0,
        "evaluatedAt": -1,
        "fullyEvaluatedAt": -1,
        "sampledAt": -1,
        "pace": {"secondsPerToken": {"sum": 0, "weight": 0, "count": 0}, "stepSeconds": 0, "otherSeconds": 0},
        "metricsBytes": 0,
    }


class Processes:
    """The processes of torchrun; without it, this one."""

    def __init__(self, device):
        self.world, self.rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
        local = int(os.environ.get("LOCAL_RANK", 0))
        if device == "auto":
            mps = getattr(torch.backends, "mps", None)
            device = "cuda" if torch.cuda.is_available() else "mps" if mps and mps.is_available() else "cpu"
        if device == "cuda":
            torch.cuda.set_device(local)
            device = f"cuda:{local}"
        self.device = torch.device(device)
        self.distributed = "RANK" in os.environ
        if self.distributed:
            # Workers that were restarted must not find the addresses of those before them.
            store, _, _ = next(dist.rendezvous("env://", self.rank, self.world))
            attempt = dist.PrefixStore(f"attempt-{os.environ.get('TORCHELASTIC_RESTART_COUNT', 0)}", store)
            backend = "nccl" if self.device.type == "cuda" else "gloo"
            dist.init_process_group(backend, store=attempt, rank=self.rank, world_size=self.world)

    @property
    def first(self):
        return self.rank == 0

    def total(self, *values):
        """Sums over all processes, in fp64."""
        sums = torch.tensor(values, dtype=torch.float64)
        if self.distributed:
            sums = sums.to(self.device)
            dist.all_reduce(sums)
        return sums.tolist()

    def from_first(self, *values):
        """The numbers of the first process."""
        numbers = torch.tensor(values, dtype=torch.float64)
        if self.distributed:
            numbers = numbers.to(self.device)
            dist.broadcast(numbers, 0)
        return numbers.tolist()

    def wait(self):
        if self.distributed:
            dist.barrier()


class Run:
    def __init__(self, options):
        self.options = options
        self.folder = HERE / "run"
        self.plan_file = read_json(HERE / "hyena.json")
        self.name = self.plan_file["run"]
        configuration = self.plan_file["configuration"]
        self.t = configuration["training"]
        self.dataset = configuration["dataset"]
        self.plan = Plan(self.t, self.plan_file)
        self.processes = Processes(options.device)
        data = self.plan_file["data"]
        self.splits = {name: Split(HERE / "data", split, data["dtype"]) for name, split in data["splits"].items()}
        self.token_bytes = torch.frombuffer(bytearray((HERE / "data" / "token-bytes.bin").read_bytes()), dtype=torch.int32)
        if options.threads:
            torch.set_num_threads(options.threads)
        parallel = options.parallel if self.processes.distributed else None
        self.learner = Learner(
            self.plan_file["model"],
            self.t,
            self.plan_file["parameters"],
            self.processes.device,
            options.precision or {"f16-mixed": "bf16-mixed"}.get(self.t["precision"], self.t["precision"]),
            parallel,
            options.compile,
            options.flash_fft_conv,
        )
        self.checkpoints = Checkpoints(self.folder, self.t["keep_checkpoints"], self.t["checkpoint_interval"])
        self.stopping = False
        for name in ("SIGTERM", "SIGINT", "SIGUSR1"):
            signal.signal(getattr(signal, name), self.stop)
        self.resume()

    def stop(self, *_):
        """The step is finished, a checkpoint written, then the program ends."""
        self.stopping = True

    def resume(self):
        found = self.checkpoints.newest() if self.processes.first else None
        [step] = self.processes.from_first(-1 if found is None else found[0])
        if step < 0:
            raise SystemExit("There is no sound checkpoint in run/checkpoints. Export the run again.")
        path = self.checkpoints.folder / f"step-{int(step)}"
        self.constants = path
        self.take(path)
        if self.state.get("batchSize", self.t["batch_size"]) != self.t["batch_size"]:
            self.state["batches"] = self.state["batches"] * self.state["batchSize"] // self.t["batch_size"]
        self.state["batchSize"] = self.t["batch_size"]
        self.order = TrainingOrder(self.splits["train"], self.t["seed"], self.state.get("windows") is not None)
        self.metrics = Metrics(self.folder, self.state["metricsBytes"]) if self.processes.first else None
        if self.processes.first:
            self.checkpoints.remove_after(self.state["step"])
        self.changed = False
        self.clock = time.monotonic()
        cards = f"{self.processes.world} x " if self.processes.world > 1 else ""
        kind = torch.cuda.get_device_name() if self.processes.device.type == "cuda" else self.processes.device.type
        self.device_name = f"torch ({cards}{kind})"
        self.emit(
            type="start",
            run=self.name,
            dataset=self.dataset,
            device=self.device_name,
            deviceReason="Started by torchrun.",
            parameters=self.learner.count(),
            step=self.state["step"],
            totalSteps=self.plan.total,
            vocabularySize=self.plan_file["model"]["vocab_size"],
            resumed=True,
        )
        self.record(status="running", device=self.device_name, deviceReason="Started by torchrun.", reason=None, error=None)

    def take(self, path):
        self.learner.load(path / "model.safetensors", path / "optimizer.safetensors")
        self.state = {**initial_state(), **read_json(path / "state.json")}

    def emit(self, **event):
        if self.processes.first:
            self.metrics.append(event)
            if event["type"] == "step":
                print(f"step {event['step']}  loss {event['loss']:.4f}  {event['tokensPerSecond']:.0f} tokens/s", flush=True)
            elif event["type"] == "evaluation":
                print(f"validation loss {event['loss']:.4f}", flush=True)

    def record(self, **changes):
        """Keeps run.json as Hyena Studio would."""
        if not self.processes.first:
            return
        path = self.folder / "run.json"
        record = read_json(path)
        keys = ("step", "tokens", "seconds", "loss", "validationLoss", "fullValidationLoss", "best")
        record.update({key: self.state[key] for key in keys})
        record.update(updated=datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z", owner=None)
        record.update(parameters=self.learner.count(), totalSteps=self.plan.total, **changes)
        write_text(path, as_json(record))

    def lap(self):
        now = time.monotonic()
        seconds, self.clock = now - self.clock, now
        self.state["seconds"] += seconds
        return seconds

    # --- the loop -----------------------------------------------------------------------------------------------------

    def train(self):
        while True:
            # All processes go by the clock of the first; any of them may be asked to stop.
            [self.state["seconds"]] = self.processes.from_first(self.state["seconds"])
            stopping = self.processes.total(float(self.stopping))[0] > 0
            if not stopping and self.options.stop_at is not None and self.state["step"] >= self.options.stop_at:
                stopping = True
            ending = "stopped" if stopping else self.ending()
            best = self.after_step(ending)
            regular = self.state["step"] % self.t["checkpoint_interval"] == 0 and self.changed
            if regular or best or (ending is not None and self.changed):
                self.save(regular or ending is not None, best)
            self.state["pace"]["otherSeconds"] += self.lap()
            if ending is not None:
                return self.end(ending)
            self.step()

    def ending(self):
        patience = self.t["early_stopping_patience"]
        if patience is not None and self.state["evaluationsWithoutImprovement"] >= patience:
            return "early-stopping"
        return "budget" if self.plan.progress(self.state["step"], self.state["seconds"]) >= 1 else None

    def after_step(self, ending):
        step, best = self.state["step"], False
        if step == 0 or ending == "stopped":
            return False
        # Before the sequences grow, the model is scored as it was on the shorter ones.
        grows = self.plan.length_at(step) != self.plan.length_at(step - 1)
        if step % self.t["eval_interval"] == 0 or grows:
            best = self.evaluate(False)
        if ending is not None:
            best = self.evaluate(True) or best
        every = self.t["sample_interval"]
        if every is not None and (ending is not None or step % every == 0):
            self.sample()
        return best

    def end(self, reason):
        s = self.state
        self.emit(
            type="done", step=s["step"], reason=reason, loss=s["loss"], validationLoss=s["validationLoss"], seconds=s["seconds"]
        )
        if self.processes.first:
            self.metrics.sync()
        self.record(status="stopped" if reason == "stopped" else "done", reason=reason)
        print(f"Ended at step {s['step']}: {reason}.", flush=True) if self.processes.first else None

    def draw(self, length):
        """The rows of the next step: of each the draw it belongs to, its place there and its first token."""
        size, count = self.t["batch_size"], self.t["gradient_accumulation_steps"]
        for _ in range(10_000):
            first = self.state["batches"]
            rows, counted = [], 0
            for draw in range(first, first + count):
                starts = [self.order.start_of(draw * size + row, length) for row in range(size)]
                learned = [self.learned(start, length) for start in starts]
                # A batch that holds nothing to learn is not computed.
                if sum(learned) > 0:
                    rows += [(draw, row, start) for row, start in enumerate(starts)]
                    counted += sum(learned)
            if rows:
                return rows, counted, count
            self.state["batches"] = first + count
        raise SystemExit("10000 consecutive batches had no tokens that count in the loss.")

    def learned(self, start, length):
        split = self.splits["train"]
        return float(split.read_mask(start + 1, length).sum()) if split.masks else float(length)

    def step(self):
        state, t, processes = self.state, self.t, self.processes
        length = self.plan.length_at(state["step"])
        rows, counted, drawn = self.draw(length)
        mine = rows[processes.rank :: processes.world]
        most = -(-len(rows) // processes.world)
        micro = min(most, self.options.micro_batch or t["batch_size"])
        split = self.splits["train"]
        loss = torch.zeros((), device=processes.device)
        for begin in range(0, most, micro):
            part = mine[begin : begin + micro]
            # A process without rows computes one that counts for nothing: the others wait for its gradients.
            idle = not part
            part = part or rows[:1]
            windows = torch.stack([split.read(start, length + 1) for _, _, start in part])
            weights = torch.stack([split.read_mask(start + 1, length) for _, _, start in part]) * (0 if idle else 1 / counted)
            seeds = [derived_seed(t["seed"], "dropout", draw) for draw, _, _ in part]
            drop = CounterDropout(seeds, [row for _, row, _ in part])
            loss += self.learner.accumulate(windows[:, :-1], windows[:, 1:], weights, drop, begin + micro >= most)
        [loss] = processes.total(float(loss))
        trouble = self.anomaly(loss)
        if trouble:
            return self.recover(trouble)
        [elapsed] = processes.from_first(time.monotonic() - self.clock)
        progress = self.plan.progress(state["step"] + 1, state["seconds"] + elapsed)
        rate = self.plan.learning_rate(state["step"], progress, state["warmupEnd"]) * state["learningRateScale"]
        norm = self.learner.update(rate / t["learning_rate"], state["step"] + 1)
        if not math.isfinite(norm):
            return self.recover(("not-finite", f"the gradient norm is {norm}"))
        self.accept(rows, loss, norm, rate, progress, length, drawn)

    def accept(self, rows, loss, norm, rate, progress, length, drawn):
        state, average = self.state, self.state["lossAverage"]
        tokens = len(rows) * length
        seconds = self.lap()
        warm = state["warmupEnd"] is None and not self.plan.in_warmup(state["step"], progress)
        pace = state["pace"]
        pace["stepSeconds"] += seconds
        per_token = pace["secondsPerToken"]
        kept = 0.8 if per_token["weight"] > 0 else 0
        value = per_token["sum"] / per_token["weight"] if kept else 0
        value = kept * value + (1 - kept) * seconds / tokens
        pace["secondsPerToken"] = {"sum": value, "weight": 1, "count": per_token["count"] + 1}
        if warm:
            state["warmupEnd"] = self.plan.progress(state["step"], state["seconds"])
        state.update(step=state["step"] + 1, batches=state["batches"] + drawn, tokens=state["tokens"] + tokens)
        state.update(failures=0, loss=loss)
        state["lossAverage"] = {
            "sum": 0.98 * average["sum"] + 0.02 * loss,
            "weight": 0.98 * average["weight"] + 0.02,
            "count": average["count"] + 1,
        }
        self.changed = True
        memory = torch.cuda.max_memory_allocated() if self.processes.device.type == "cuda" else peak_memory()
        self.emit(
            type="step",
            step=state["step"],
            loss=loss,
            learningRate=rate,
            gradientNorm=norm,
            tokensPerSecond=1 / value if value else 0,
            tokens=state["tokens"],
            secondsLeft=self.plan.seconds_left(state, value),
            milliseconds=seconds * 1000,
            seconds=state["seconds"],
            memoryMiB=memory / 2**20,
        )

    # --- what goes wrong ----------------------------------------------------------------------------------------------

    def anomaly(self, loss):
        average = self.state["lossAverage"]
        if not math.isfinite(loss):
            return "not-finite", "the loss is NaN" if math.isnan(loss) else "the loss is infinite"
        if average["count"] < 10:
            return None
        usual = average["sum"] / average["weight"]
        if loss <= self.t["spike_factor"] * usual or loss <= usual + 0.5:
            return None
        return "spike", f"the loss jumped to {loss:.3f}, {loss / usual:.1f} times its average of {usual:.3f}"

    def recover(self, trouble):
        """Drops the step; the second in a row, or a spike, leads back to the last regular checkpoint at a lower rate."""
        kind, reason = trouble
        self.learner.discard()
        self.lap()
        state, t = self.state, self.t
        recoveries = state["recoveries"] + 1
        if recoveries > t["max_recoveries"]:
            message = f"At step {state['step'] + 1} {reason}, after {t['max_recoveries']} earlier recoveries."
            self.emit(type="error", code="numerical", message=message)
            self.record(status="failed", error={"code": "numerical", "message": message})
            raise SystemExit(message)
        batches = state["batches"] + t["gradient_accumulation_steps"]
        attempted = state["step"] + 1
        if kind == "not-finite" and state["failures"] == 0:
            state.update(batches=batches, recoveries=recoveries, failures=1)
            self.changed = True
            return self.tell_recovery(attempted, "skipped", f"{reason}; the batch was skipped")
        scale = state["learningRateScale"] * t["recovery_learning_rate_factor"]
        carried = dict(batches=batches, recoveries=recoveries, learningRateScale=scale, failures=0)
        carried.update(seconds=state["seconds"], pace=state["pace"], batchSize=state["batchSize"])
        regular = [one for one in self.checkpoints.list() if one[0] % t["checkpoint_interval"] == 0]
        before = [one for one in regular if one[0] < state["step"]] or [one for one in regular if one[0] == state["step"]]
        if before:
            best = state["best"]
            step, path = before[-1]
            self.take(path)
            if best is not None and best["step"] > step:
                self.state["best"] = best
            self.processes.wait()
            if self.processes.first:
                self.metrics.rewind(self.state["metricsBytes"])
                self.checkpoints.remove_after(step)
        self.state.update(carried)
        self.changed = True
        self.tell_recovery(attempted, "rolled-back", reason)

    def tell_recovery(self, step, action, reason):
        self.emit(
            type="recovery",
            step=step,
            action=action,
            reason=reason,
            toStep=self.state["step"],
            learningRateScale=self.state["learningRateScale"],
        )

    # --- evaluation, samples, checkpoints -----------------------------------------------------------------------------

    def windows(self):
        split, length = self.splits["validation"], self.plan.length
        predictions = max(0, split.tokens - 1)
        windows = [(index * length, length) for index in range(predictions // length)]
        if not windows and predictions > 0:
            windows = [(0, predictions)]
        if split.masks:
            windows = [(start, count) for start, count in windows if float(split.read_mask(start + 1, count).sum()) > 0]
        return windows

    def evaluate(self, full):
        """Scores the validation text: the same windows every time, at the end also all. Returns whether it is the best."""
        state, t, processes = self.state, self.t, self.processes
        step = state["step"]
        windows = self.windows()
        will_be_full = not full and self.plan.progress(step, state["seconds"]) >= 1
        if not windows or will_be_full or state["fullyEvaluatedAt" if full else "evaluatedAt"] == step:
            return False
        limit = t["eval_windows"]
        chosen = range(len(windows)) if limit is None or limit >= len(windows) else [
            index * len(windows) // limit for index in range(limit)
        ]
        usual = set(chosen)
        wanted = list(range(len(windows))) if full or limit is None else list(chosen)
        split, sums = self.splits["validation"], [0.0] * 6
        size = max(t["batch_size"], 4096 // windows[0][1])
        for begin in range(0, len(wanted), size * processes.world):
            group = wanted[begin : begin + size * processes.world]
            mine = group[processes.rank :: processes.world]
            rows = mine or group[:1]
            texts = torch.stack([split.read(windows[i][0], windows[i][1] + 1) for i in rows])
            losses = self.learner.score(texts[:, :-1], texts[:, 1:]).double()
            for row, index in enumerate(mine):
                mask = split.read_mask(windows[index][0] + 1, windows[index][1])
                nats = float((losses[row] * mask).sum())
                size_in_bytes = float((self.token_bytes[texts[row, 1:]] * mask).sum())
                for place, value in enumerate((nats, float(mask.sum()), size_in_bytes)):
                    sums[place] += value
                    sums[3 + place] += value if index in usual else 0
        sums = processes.total(*sums)

        def figures(nats, tokens, size_in_bytes):
            loss = nats / tokens if tokens else 0
            bits = nats / math.log(2) / size_in_bytes if size_in_bytes else 0
            perplexity = math.exp(loss) if loss < 700 else None
            return {"loss": loss, "perplexity": perplexity, "bitsPerByte": bits, "tokens": int(tokens)}

        sampled, whole = figures(*sums[3:]), figures(*sums[:3])
        loss, previous = sampled["loss"], state["best"]
        finite = math.isfinite(loss) and math.isfinite(whole["loss"])
        before = math.inf if previous is None else previous["loss"]
        best = finite and loss < before
        improved = finite and loss < before - t["early_stopping_min_delta"]
        again = state["evaluatedAt"] == step
        waited = state["evaluationsWithoutImprovement"] + (0 if again else 1)
        state.update(
            validationLoss=loss if finite else None,
            fullValidationLoss=whole["loss"] if finite and full else None,
            evaluatedAt=step,
            fullyEvaluatedAt=step if full else state["fullyEvaluatedAt"],
            best={"step": step, "loss": loss} if best else previous,
            evaluationsWithoutImprovement=0 if improved else waited,
        )
        self.changed = True
        if finite:
            self.emit(type="evaluation", step=step, best=best, **sampled, **({"full": whole} if full else {}))
        else:
            self.emit(type="notice", message=f"After step {step} the validation loss is not finite.")
        return best

    @torch.no_grad()
    def sample(self):
        """A text after the sample prompt, where the package tokenizers is installed. All processes compute it."""
        state, t = self.state, self.t
        try:
            from tokenizers import Tokenizer
        except ImportError:
            return
        if state["sampledAt"] == state["step"] or self.learner.parallel == "fsdp":
            return
        prompt = self.plan_file["sample"]
        state["sampledAt"] = state["step"]
        self.changed = True
        if self.processes.first:
            model, limit = self.learner.model.eval(), self.plan_file["model"]["l_max"]
            ids = list(prompt["ids"])[-limit // 2 :]
            written, generator = [], random.Random(derived_seed(t["seed"], "sample", state["step"]))
            while len(written) < t["sample_tokens"] and len(ids) + len(written) < limit:
                text = torch.tensor([ids + written], device=self.processes.device)
                scores = model.logits(text)[0, -1].double().cpu()
                token = pick(scores, t["sample_temperature"], generator)
                if token == self.plan_file["endOfText"]:
                    break
                written.append(token)
            tokenizer = Tokenizer.from_file(str(HERE / "data" / "tokenizer.json"))
            self.emit(type="sample", step=state["step"], prompt=prompt["text"], text=tokenizer.decode(written))
        self.processes.wait()

    def save(self, step, best):
        state, first = self.state, self.processes.first
        if first:
            name = f"{'step' if step else 'best'}-{state['step']}"
            self.metrics.append({"type": "checkpoint", "step": state["step"], "path": f"checkpoints/{name}", "best": best})
            self.metrics.sync()
            state["metricsBytes"] = self.metrics.size

        def fill(folder):
            self.learner.save(folder / "model.safetensors", folder / "optimizer.safetensors")
            for name in ("config.json", "generation_config.json", "tokenizer.json"):
                shutil.copyfile(self.constants / name, folder / name)
            write_text(folder / "state.json", as_json(state))

        for kind in [kind for kind, wanted in (("step", step), ("best", best)) if wanted]:
            if first:
                path = self.checkpoints.write(state["step"], kind, fill)
                self.constants = path
            else:
                self.learner.save("", "", write=False)
        if first:
            self.checkpoints.prune()
        self.processes.wait()
        if step:
            self.changed = False
        self.record()


def pick(scores, temperature, generator):
    if temperature == 0:
        return int(scores.argmax())
    shares = torch.softmax(scores / temperature, 0).cumsum(0)
    return min(int((shares < generator.random()).sum()), len(scores) - 1)


def peak_memory():
    import resource  # Windows has none.

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parallel", choices=["ddp", "fsdp"], default="ddp", help="replicate the model (ddp), or shard it with its optimizer over the processes (FSDP2)")
    parser.add_argument("--precision", choices=["fp32", "tf32", "bf16-mixed"], help="of matrix products; default: the run's (f16-mixed: bf16-mixed)")
    parser.add_argument("--micro-batch", type=int, help="rows computed together by one process; default: the batch size")
    parser.add_argument("--compile", action="store_true", help="compile the model with torch.compile")
    parser.add_argument("--flash-fft-conv", action="store_true", help="long convolutions by FlashFFTConv, if it is installed (CUDA; their rounding is that of bf16)")
    parser.add_argument("--device", default="auto", help="cuda, mps or cpu; default: the best that is there")
    parser.add_argument("--threads", type=int, help="CPU threads of a process")
    parser.add_argument("--stop-at", type=int, help="stop with a checkpoint at this step")
    run = Run(parser.parse_args())
    run.train()
    if dist.is_initialized():
        dist.destroy_process_group()


if __name__ == "__main__":
    main()

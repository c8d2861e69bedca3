"""Compares exported folders with their expected logits; prints one JSON object per folder.

Usage: compare_models.py FOLDER... Each holds an exported model, `ids.bin` (int32, [2, L]) and `logits.bin` (float32).
"""

import importlib.util
import json
import sys
from pathlib import Path

import torch


def load_module(folder):
    spec = importlib.util.spec_from_file_location("modeling", Path(folder) / "modeling_hyena_studio.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_safetensors(path):
    raw = Path(path).read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = (8 + size + at for at in entry["data_offsets"])
            tensors[name] = torch.frombuffer(bytearray(raw[start:end]), dtype=torch.float32).reshape(entry["shape"])
    return tensors


def error(actual, expected):
    """The largest difference, as a share of the largest logit."""
    if actual.shape != expected.shape or not torch.isfinite(actual).all():
        return None
    return ((actual - expected).abs().max() / expected.abs().max()).item()


def compare(folder):
    module = load_module(folder)
    config = module.read_config(folder)
    model = module.LanguageModel(config)
    tensors = read_safetensors(Path(folder) / "model.safetensors")
    missing, unexpected = model.load_state_dict(tensors, strict=False)
    result = {"folder": folder, "missing": list(missing), "unexpected": list(unexpected)}
    model.eval()
    ids = torch.frombuffer(bytearray((Path(folder) / "ids.bin").read_bytes()), dtype=torch.int32).reshape(2, -1).long()
    expected = torch.frombuffer(bytearray((Path(folder) / "logits.bin").read_bytes()), dtype=torch.float32)
    expected = expected.reshape(2, ids.shape[1], -1)
    with torch.no_grad():
        result["whole"] = error(model.logits(ids), expected)
        # A prompt, then several tokens together, then one by one.
        cache = module.Cache(config.n_layer)
        cuts = [0, 5, 9] + list(range(10, ids.shape[1] + 1))
        parts = [model.logits(ids[:, a:b], cache) for a, b in zip(cuts, cuts[1:])]
        result["cached"] = error(torch.cat(parts, dim=1), expected)
    model.train()
    model(ids, ids).sum().backward()
    result["gradients"] = all(p.grad is not None and bool(torch.isfinite(p.grad).all()) for p in model.parameters())
    if module.PreTrainedModel is None:
        return result
    from transformers import AutoModelForCausalLM

    loaded = AutoModelForCausalLM.from_pretrained(folder, trust_remote_code=True).eval()
    with torch.no_grad():
        result["transformers"] = error(loaded(ids).logits, expected)
    settings = dict(max_new_tokens=8, do_sample=False, pad_token_id=0, eos_token_id=None)
    prompt = ids[:, :6]
    cached = loaded.generate(prompt, **settings)
    result["generates"] = cached.shape[1] == 14
    result["same with a cache"] = bool((cached == loaded.generate(prompt, use_cache=False, **settings)).all())
    beams = loaded.generate(prompt, num_beams=2, **settings)
    result["same beams"] = bool((beams == loaded.generate(prompt, num_beams=2, use_cache=False, **settings)).all())
    return result


# Small models: threads would cost more than they give.
torch.set_num_threads(1)
for one in sys.argv[1:]:
    print(json.dumps(compare(one)), flush=True)

#!/bin/sh
# All GPUs of this machine; without one, a process on the CPU. Options of train.py follow: ./launch/one-node.sh --compile
cd "$(dirname "$0")/.." || exit 1
count=$(python -c 'import torch; print(max(1, torch.cuda.device_count()))') || exit 1
exec torchrun --standalone --nproc-per-node "$count" --max-restarts 3 train.py "$@"

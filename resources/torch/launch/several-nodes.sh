#!/bin/sh
# Run this on every node, with the address of the first and the number of nodes:
#   HEAD=10.0.0.1:29500 NODES=4 ./launch/several-nodes.sh --parallel fsdp
# The folder must lie on a file system that all nodes share.
cd "$(dirname "$0")/.." || exit 1
: "${HEAD:?Set HEAD to HOST:PORT of the first node}" "${NODES:?Set NODES to the number of nodes}"
count=$(python -c 'import torch; print(max(1, torch.cuda.device_count()))') || exit 1
exec torchrun --nnodes "$NODES" --nproc-per-node "$count" --max-restarts 3 \
  --rdzv-id hyena --rdzv-backend c10d --rdzv-endpoint "$HEAD" train.py "$@"

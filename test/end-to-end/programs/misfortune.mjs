// Loaded into a compute process (node --import): a while after its start something happens to it.
import { createRequire } from 'node:module';

const [kind, detail] = (process.env.HYENA_TEST_MISFORTUNE ?? '').split('=');
const after = 4000;
if (kind === 'stall')
  setTimeout(() => {
    for (;;);
  }, after);
if (kind === 'wait') setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), after);
if (kind === 'memory')
  setTimeout(() => {
    const kept = [];
    // Large pieces: the heap is full before collecting garbage could take long.
    for (;;) kept.push(new Array(2_000_000).fill(0.5 + kept.length));
  }, after);
if (kind === 'fault') createRequire(import.meta.url)(detail);

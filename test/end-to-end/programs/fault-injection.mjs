// Loaded into a compute process (node --import): when a file appears something happens to the process.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const [kind, detail] = (process.env.HYENA_TEST_MISFORTUNE ?? '').split('=');
const trigger = process.env.HYENA_TEST_TRIGGER ?? '';

const misfortunes = {
  stall() {
    for (;;);
  },
  wait: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  memory() {
    const kept = [];
    // Large pieces: the heap is full before collecting garbage could take long.
    for (;;) kept.push(new Array(2_000_000).fill(0.5 + kept.length));
  },
  fault: () => createRequire(import.meta.url)(detail),
};

const looking = setInterval(() => {
  if (!existsSync(trigger)) return;
  clearInterval(looking);
  misfortunes[kind]?.();
}, 50);
looking.unref();

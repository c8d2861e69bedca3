import { cpus, tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import type { SystemUse } from '../../../../../main/contract/views.ts';
import { coreShares, followSystemUse } from '../../../../../main/host/window/system-use.ts';

it('shares are of the time between two looks, and never beyond their bounds', () => {
  const before = [
    { busy: 100, all: 1000 },
    { busy: 50, all: 1000 },
  ];
  const now = [
    { busy: 150, all: 1100 },
    { busy: 40, all: 1100 },
  ];
  expect(coreShares(before, now)).toEqual([0.5, 0]);
  // A clock that did not move, and a core that was switched on.
  expect(coreShares(before, [before[0], { busy: 60, all: 1010 }, { busy: 30, all: 60 }])).toEqual([0, 1, 0.5]);
});

it('tells at once what needs no time, and then what the CPU did in a moment', async () => {
  const stop = new AbortController();
  const looks = followSystemUse(tmpdir(), stop.signal);
  const began = performance.now();
  const first = (await looks.next()).value as SystemUse;
  expect(performance.now() - began).toBeLessThan(150);
  expect(first.cpu.share).toBeNull();
  expect(first.cpu.cores).toHaveLength(cpus().length);
  expect(first.memory.usedMiB).toBeGreaterThan(0);
  expect(first.disk!.total).toBeGreaterThan(0);
  const { cpu } = (await looks.next()).value as SystemUse;
  expect(cpu.share).toBeGreaterThanOrEqual(0);
  stop.abort();
  expect((await looks.next()).done).toBe(true);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { findAddon } from '../../worker/devices/native/addon.ts';
import { TestLibrary } from './command.ts';
import { trainBeyondMemory, writePages } from './full-memory.ts';

let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.make();
  await writePages(place);
});
afterAll(() => place.remove());

it('a run whose memory is full says what to do, and goes on with it', async ({ skip }) => {
  if (findAddon() === undefined) return skip('the native device is not built here');
  await trainBeyondMemory(place, 'native', 2, /cannot allocate \d+ MiB more; \d+ MiB in use, limit 2 MiB/);
  const refused = await place.hyena('resume', 'narrow', '--set', 'd_model=32');
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('d_model cannot be changed after a run has started.');
});

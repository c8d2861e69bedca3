import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Files with a clock in them: a test beside them would change what they measure. */
const timed = {
  numerics: 'native-device',
  'end-to-end': 'stopping',
  window: 'first-start|long-document|streaming',
};

/** Files that mock modules, which they must be the first to import: each has a process. */
const mocking = 'test/unit/**/*.mocking.test.ts';

/**
 * A browser on a busy machine: what a page shows is waited for, as a person would, and a test may be tried again; the
 * report says that it was.
 */
const inBrowser = { retry: 2, testTimeout: 60_000, hookTimeout: 120_000, expect: { poll: { timeout: 15_000 } } };

/** A GPU, and the software that stands for one, computes in threads of its own: one worker waits while two compute. */
const workers = process.env['HYENA_ONLY_DEVICES'] === 'webgpu' ? 3 : 2;

/**
 * Files of one worker share the modules that they import, which else takes as long as many of the tests; each puts back
 * what it changes of the environment, of clocks and of tfjs.
 */
const together = { isolate: false, maxWorkers: workers };
/** Those wait for a browser or for processes much of the time. */
const waiting = { isolate: false, maxWorkers: 4 };
const ofUnits = { testTimeout: 30_000, hookTimeout: 60_000 };

/**
 * Groups of tests; only files that measure no time run beside each other: two that compute, four that wait for a browser
 * or for processes most of the time.
 */
export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      {
        test: {
          ...together,
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: ['test/unit/renderer/**', mocking],
          ...ofUnits,
        },
      },
      { test: { name: 'unit-mocking', include: [mocking], maxWorkers: 2, ...ofUnits } },
      { test: { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000 } },
      { test: { name: 'words', include: ['test/words/**/*.test.ts'] } },
      { test: { name: 'translations', include: ['test/translations/**/*.test.ts'] } },
      {
        plugins: [svelte({ configFile: 'renderer/svelte.config.js' })],
        resolve: { conditions: ['browser'] },
        test: {
          ...together,
          name: 'renderer',
          include: ['test/unit/renderer/**/*.test.ts'],
          environment: 'jsdom',
          setupFiles: ['test/unit/renderer/page.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...together,
          name: 'numerics',
          include: [`test/numerics/!(${timed.numerics}).test.ts`],
          testTimeout: 120_000,
          // A device may have hundreds of megabytes to load.
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'numerics-timed',
          include: [`test/numerics/@(${timed.numerics}).test.ts`],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...together,
          name: 'webgpu',
          include: ['test/webgpu/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: [`test/end-to-end/!(${timed['end-to-end']}).test.ts`],
          globalSetup: ['test/end-to-end/build-first.ts'],
          testTimeout: 300_000,
          ...waiting,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'end-to-end-timed',
          include: [`test/end-to-end/@(${timed['end-to-end']}).test.ts`],
          globalSetup: ['test/end-to-end/build-first.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'torch',
          include: ['test/torch/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'desktop',
          include: ['test/desktop/**/*.test.ts'],
          globalSetup: ['test/desktop/build-first.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...inBrowser,
          ...waiting,
          name: 'window',
          include: [`test/window/!(${timed.window}).test.ts`],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...inBrowser,
          name: 'window-timed',
          include: [`test/window/@(${timed.window}).test.ts`],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

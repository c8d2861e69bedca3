import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Files with a clock in them: a test beside them would change what they measure. */
const timed = ['chats', 'data', 'robustness', 'stopping', 'training'].map((name) => `test/end-to-end/${name}.test.ts`);

/** Groups of tests; only files that measure no time and leave processor cores idle run beside each other. */
export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      {
        plugins: [svelte({ configFile: 'renderer/svelte.config.js' })],
        resolve: { conditions: ['browser'] },
        test: { name: 'renderer', include: ['test/renderer/**/*.test.ts'], environment: 'jsdom', testTimeout: 30_000 },
      },
      {
        test: {
          name: 'numerics',
          include: ['test/numerics/**/*.test.ts'],
          testTimeout: 120_000,
          // A device may have hundreds of megabytes to load.
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'webgpu',
          include: ['test/webgpu/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'end-to-end',
          include: ['test/end-to-end/**/*.test.ts'],
          exclude: timed,
          globalSetup: ['test/end-to-end/build-first.ts'],
          testTimeout: 300_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'end-to-end-timed',
          include: timed,
          globalSetup: ['test/end-to-end/build-first.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
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
          name: 'window',
          // A browser on a busy machine: a test may be tried again, and the report says that it was.
          retry: 2,
          include: ['test/window/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

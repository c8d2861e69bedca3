import { z } from 'zod';
import type { Browser, Page } from 'playwright-core';

/** A task of a page's main thread, in milliseconds. */
export interface MainThreadTask {
  /** Of the processor: what the task costs on a machine that does nothing else. */
  cpu: number;
  /** By the clock: with whatever else the machine did meanwhile. */
  wall: number;
}

const traceSchema = z.object({
  traceEvents: z.array(
    z.looseObject({
      name: z.string(),
      ph: z.string(),
      pid: z.number(),
      tid: z.number(),
      dur: z.number().optional(),
      tdur: z.number().optional(),
      args: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

/** All tasks that the main threads of pages did while something was done, the longest first; by Chromium's own trace. */
export async function mainThreadTasks(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<MainThreadTask[]> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  let buffer: Buffer | undefined;
  try {
    await work();
  } finally {
    buffer = await browser.stopTracing();
  }
  const { traceEvents } = traceSchema.parse(JSON.parse(buffer.toString('utf8')));
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, ph, pid, tid }) => ph === 'X' && name === 'RunTask' && mainThreads.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur }) => ({ cpu: (tdur ?? dur) / 1000, wall: dur / 1000 }))
    .sort((a, b) => b.cpu - a.cpu);
}

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { readRunRecord, runFolder, updateRunRecord } from '../../main/library/runs/run-folder.ts';
import { openPage, startBrowser, temporaryLibrary, until } from './browser.ts';
import { mainThreadTasks } from './main-thread.ts';
import { serveLibrary, type ServedWindow } from './serve-library.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** A long run that goes on quickly: nothing that the window does may hold up a person's next key or click. */
const history = 100_000;
const eventsASecond = 20;
const tracedSeconds = 8;
const seconds = Number(process.env.HYENA_STREAM_SECONDS ?? tracedSeconds);
let browser: Browser;
let server: ServedWindow;
let cleanUp: () => Promise<void>;

/** What such a run had told before. */
function longHistory(): string {
  const lines: string[] = [];
  for (let step = 1; step <= history; step++) {
    const noise = Math.sin(step * 12.9898) * 0.12;
    const loss = 1.6 + 3.9 * Math.exp(-step / 9000) + noise;
    lines.push(
      JSON.stringify({
        ...{ type: 'step', step, loss, learningRate: 2e-3, gradientNorm: 0.6 + Math.abs(noise), tokensPerSecond: 9e4 },
        ...{ tokens: step * 4096, secondsLeft: 5000, milliseconds: 50, memoryMiB: 280 },
      }),
    );
    if (step % 500 === 0)
      lines.push(
        JSON.stringify({
          ...{ type: 'evaluation', step, loss: loss - noise, perplexity: Math.exp(loss), bitsPerByte: loss / 0.69 },
          ...{ tokens: 10_000, best: true },
        }),
        JSON.stringify({ type: 'sample', step, prompt: 'The whale', text: ` swam on, for the ${step}th time.` }),
      );
  }
  return `${lines.join('\n')}\n`;
}

beforeAll(async () => {
  const { library, remove } = await temporaryLibrary();
  cleanUp = remove;
  server = await serveLibrary(library, fakeWindowJobs({ pace: 1000 / eventsASecond }));
  const { requests } = server.windows;
  const { grant } = await requests['files.sample']({});
  const data = { name: 'book', grants: [grant], tokenizer: 'bytes', validation: 0.05, field: null };
  await requests['datasets.add'](data);
  await until(async () => (await requests['datasets.list']({})).length === 1);
  const configuration = runConfigurationSchema.parse({ dataset: 'book', training: { max_steps: 10 * history } });
  const annotations = { tags: [], notes: '' };
  await requests['runs.create']({ configuration, name: 'long', annotations, start: false });
  await writeFile(path.join(runFolder(library, 'long'), 'metrics.jsonl'), longHistory());
  await updateRunRecord(library, await readRunRecord(library, 'long'), { step: history, status: 'stopped' });
  await requests['preferences.set']({ welcomed: true });
  await requests['runs.start']({ run: 'long' });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await cleanUp?.();
});

describe('a run of a hundred thousand steps that tells twenty more every second', () => {
  it(
    'keeps no task of the window busy for over a tenth of a second',
    { timeout: 60_000 + seconds * 3000 },
    async () => {
      const { page, complaints } = await openPage(browser, server.address);
      const points = async () => Number(await page.getByTestId('chart-loss').getAttribute('data-points'));
      const chart = page.getByRole('slider', { name: /^Loss/ });
      /** What a person does meanwhile: reads along the line, looks closer, at another axis, at all of it again. */
      const look = async () => {
        const until = Date.now() + tracedSeconds * 1000;
        for (let pass = 0; Date.now() < until; pass++) {
          await chart.hover({ position: { x: 150 + ((pass * 40) % 300), y: 60 } });
          if (pass % 8 === 2) await page.getByRole('button', { name: 'Log', exact: true }).first().click();
          if (pass % 8 === 4) await chart.press('+');
          if (pass % 8 === 5) await chart.press('0');
          if (pass % 8 === 6) await page.getByRole('button', { name: 'Linear' }).click();
          await page.waitForTimeout(250);
        }
      };
      const tasks = await mainThreadTasks(browser, page, async () => {
        const opening = Date.now();
        await page.goto(`http://127.0.0.1:${server.port}/#/training/long`);
        await expect.poll(() => points().catch(() => 0), { timeout: 40_000 }).toBeGreaterThan(history);
        console.log(`The history was there after ${((Date.now() - opening) / 1000).toFixed(1)} s.`);
        const before = await points();
        await look();
        await expect.poll(() => points()).toBeGreaterThan(before + (tracedSeconds * eventsASecond) / 2);
      });
      // A trace grows quickly: of a longer time, some seconds of every minute are traced.
      for (const until = Date.now() + (seconds - tracedSeconds) * 1000; Date.now() < until;) {
        await page.waitForTimeout(52_000);
        tasks.push(...(await mainThreadTasks(browser, page, look)));
      }
      tasks.sort((a, b) => b.cpu - a.cpu);
      const longest = tasks
        .slice(0, 5)
        .map(({ cpu, wall }) => `${cpu.toFixed(0)} ms (${wall.toFixed(0)} by the clock)`);
      console.log(`${tasks.length} tasks; the longest took ${longest.join(', ')}.`);
      expect(tasks.length).toBeGreaterThan(100);
      expect(tasks[0].cpu).toBeLessThan(100);
      expect(complaints).toEqual([]);
    },
  );
});

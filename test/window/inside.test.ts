import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { until, picture } from './browser.ts';
import { english } from './english.ts';
import { faultsOf } from './faults.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** Into a hybrid that was trained for a few steps, with real compute processes. */
const text = 'the whale came up for air';
let folder: string;
let opened: OpenWindow;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-inside-'));
  const file = path.join(folder, 'whale.md');
  await writeFile(file, 'The whale came up for air, and the ship turned to the wind. '.repeat(60));
  opened = await openWindow(startJob, async ({ windows }, library) => {
    await startJob(
      {
        ...{ kind: 'add-dataset', library, name: 'pages', paths: [file] },
        ...{ tokenizer: 'bytes', validation: 0.1, field: null },
      },
      () => undefined,
    ).result;
    const model = { layers: 'hyena,attention,s4d', n_layer: 3, d_model: 16, l_max: 32, n_head: 2 };
    await windows.requests['runs.create']({
      configuration: runConfigurationSchema.parse({
        ...{ dataset: 'pages', device: 'portable', model },
        training: { max_steps: 60, batch_size: 4, learning_rate: 0.01, warmup_steps: 5 },
      }),
      ...{ name: 'hybrid', start: true, annotations: { tags: [], notes: '' } },
    });
    await until(async () => (await windows.requests['runs.show']({ run: 'hybrid' })).phase === 'done');
  });
  ({ page } = opened);
}, 120_000);
afterAll(async () => {
  await opened?.close();
  await rm(folder, { recursive: true, force: true });
});

const dialog = () => page.getByRole('dialog');
const look = async (layer: number) => {
  const region = dialog();
  await region.getByRole('combobox', { name: english('filters.layer') }).selectOption(String(layer + 1));
  await region.getByRole('button', { name: english('inside.do') }).waitFor();
};

describe('the inside of a model', { sequential: true }, () => {
  it('shows losses, a matrix that is read by pointer and keys, and filters before and after training', async () => {
    await page.goto(`http://127.0.0.1:${opened.server.port}/#/models/hybrid`);
    await page.getByRole('button', { name: english('models.inside') }).click();
    await dialog().getByRole('textbox').fill(text);
    await dialog()
      .getByRole('button', { name: english('inside.do') })
      .click();
    const matrix = dialog().getByRole('slider', { name: english('inside.matrix') });
    await matrix.waitFor({ timeout: 60_000 });
    await expect.poll(() => dialog().locator('.tokens span').count()).toBe(text.length);
    await matrix.press('ArrowUp');
    await expect.poll(() => matrix.getAttribute('aria-valuetext')).toContain(`r (${text.length})`);
    await matrix.press('ArrowLeft');
    await expect.poll(() => matrix.getAttribute('aria-valuetext')).toContain(`i (${text.length - 1})`);
    const box = (await matrix.boundingBox())!;
    await page.mouse.move(box.x + 2, box.y + box.height - 2);
    await expect.poll(() => matrix.getAttribute('aria-valuetext')).toMatch(/: r \(25\) takes from t \(1\)/);
    // Something is drawn below the diagonal, nothing but the frame above it.
    const drawn = await matrix.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
      const counts = { below: 0, above: 0 };
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const off = y - x;
          if (Math.abs(off) > (1.1 * width) / 25 && data[4 * (y * width + x) + 3] > 0)
            counts[off > 0 ? 'below' : 'above']++;
        }
      return counts;
    });
    expect(drawn.below).toBeGreaterThan(1000);
    expect(drawn.above).toBe(0);
    await dialog().getByText(english('inside.filters.both')).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await picture(page, `inside-hyena-${colorScheme}`);
      await dialog().getByText(english('inside.filters.both')).scrollIntoViewIfNeeded();
      await picture(page, `inside-filters-${colorScheme}`);
    }
    expect(await faultsOf(page)).toEqual([]);
  });

  it('shows the heads of attention, and says where a layer has no matrix', async () => {
    await look(1);
    const matrices = dialog().getByRole('combobox', { name: english('inside.matrix') });
    await dialog()
      .getByText(english('inside.matrix.title', { n: 2, mixer: 'Attention' }))
      .waitFor({ timeout: 60_000 });
    await expect.poll(() => matrices.locator('option').count()).toBe(3);
    await matrices.selectOption({ label: english('inside.head', { n: 1 }) });
    await picture(page, 'inside-attention-dark');
    await look(2);
    await dialog()
      .getByText(english('inside.same', { mixer: 'S4D' }))
      .waitFor({ timeout: 60_000 });
    expect(await faultsOf(page)).toEqual([]);
  });

  it('reports what is wrong with a text, and keeps what was shown', async () => {
    await dialog().getByRole('textbox').fill('whale '.repeat(40));
    await dialog()
      .getByRole('button', { name: english('inside.do') })
      .click();
    await page.getByText(/The text has 240 tokens; at most 32 are shown/).waitFor({ timeout: 60_000 });
    await expect.poll(() => dialog().locator('.tokens span').count()).toBe(text.length);
  });
});

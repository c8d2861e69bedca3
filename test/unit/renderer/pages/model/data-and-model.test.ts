import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import { allFields } from '../../../../../main/contract/fields.ts';
import type { Grant } from '../../../../../main/contract/grants.ts';
import type { EstimateView, Inspection } from '../../../../../main/contract/views.ts';
import { msg } from '../../../../../main/contract/message.ts';
import AddPanel from '../../../../../renderer/pages/data/AddPanel.svelte';
import { AddData } from '../../../../../renderer/pages/data/add-data.svelte.ts';
import Settings from '../../../../../renderer/pages/settings/Settings.svelte';
import EstimatePanel from '../../../../../renderer/pages/model/EstimatePanel.svelte';
import FieldRow from '../../../../../renderer/pages/model/FieldRow.svelte';
import TaskProgress from '../../../../../renderer/parts/TaskProgress.svelte';
import { AppState } from '../../../../../renderer/state/app-state.svelte.ts';
import { FakeHost, show } from '../../fake-host.ts';

const grant: Grant = { grant: 'g1', name: 'My notes.txt', bytes: 18_000, files: 1 };
const inspection: Inspection = {
  ...{ files: 2, bytes: 18_000, sampledBytes: 4000, problemCount: 3 },
  documents: [{ source: 'My notes.txt', text: 'The quick brown fox', truncated: true }],
  problems: [
    { source: 'photo.jpg', message: msg`This is a picture, not text.`, severity: 'skipped' },
    { source: 'page.html', message: msg`It ended in the middle of a tag.`, severity: 'partly-read' },
  ],
  tokenizers: [
    { tokenizer: 'bytes', vocabularySize: 256, bytesPerToken: 1, tokens: [{ id: 84, text: 'T' }] },
    { tokenizer: 'gpt2', vocabularySize: 50_257, bytesPerToken: 4.2, tokens: [{ id: 464, text: 'The' }] },
  ],
};

describe('adding data', () => {
  async function adding(host: FakeHost) {
    const app = new AppState(host.client);
    const state = new AddData(app);
    await state.choose([grant]);
    return state;
  }

  it('shows how tokenizers compress the text, what was left out and why, and sends what was chosen', async () => {
    const host = new FakeHost({ 'files.inspect': () => inspection, 'datasets.add': () => ({ task: 't1' }) });
    const onadded = vi.fn();
    show(host, AddPanel, { adding: await adding(host), onadded });
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Name/ }).value).toBe('My-notes');
    expect(screen.getByRole('row', { name: /GPT-2/ }).textContent).toMatch(/50,257.*4\.20/s);
    expect(screen.getByText('3 issues')).toBeTruthy();
    expect(screen.getByText('This is a picture, not text.')).toBeTruthy();
    expect(screen.getByText('Skipped')).toBeTruthy();
    expect(screen.getByText('and 1 more')).toBeTruthy();
    await fireEvent.click(screen.getByRole('radio', { name: 'GPT-2' }));
    expect(screen.getByTitle('464').textContent).toBe('The');
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Show tokens' }));
    expect(screen.getByText(/The quick brown fox …/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(onadded).toHaveBeenCalledWith('My-notes', false));
    expect(host.of('datasets.add')).toEqual([
      { name: 'My-notes', grants: ['g1'], tokenizer: 'gpt2', validation: 0.05, field: null },
    ]);
  });

  it('takes no name that a system refuses', async () => {
    const host = new FakeHost({ 'files.inspect': () => inspection });
    show(host, AddPanel, { adding: await adding(host), onadded: vi.fn() });
    const name = screen.getByRole('textbox', { name: /^Name/ });
    for (const refused of ['', '../up', 'con', 'a/b']) {
      await fireEvent.input(name, { target: { value: refused } });
      expect([refused, name.getAttribute('aria-invalid')]).toEqual([refused, 'true']);
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add' }).disabled).toBe(true);
    }
  });

  it('can go on where the files could not be looked at', async () => {
    const host = new FakeHost({ 'files.inspect': () => ({ code: 'bad-input', message: msg`It cannot be read.` }) });
    show(host, AddPanel, { adding: await adding(host), onadded: vi.fn() });
    expect(screen.getByText('The preview failed. You can still add the files.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add' }).disabled).toBe(false);
  });
});

describe('progress of work', () => {
  it('tells the phase, the amount and the time left', () => {
    const task = {
      ...{ id: 't', kind: 'add-dataset' as const, subject: 'book', status: 'running' as const, phase: 'tokenizing' },
      ...{ done: 500_000, total: 2_000_000, unit: 'bytes', documents: 3, tokens: 9, secondsLeft: 61 },
      ...{ problems: [], problemCount: 0, error: null, outcome: null },
    };
    const { container } = show(new FakeHost(), TaskProgress, { task });
    expect(container.textContent).toMatch(/Tokenizing.*500 kB \/ 2 MB.*1 min 1 sec left/s);
    expect(screen.getByRole('progressbar', { name: 'book' }).getAttribute('aria-valuenow')).toBe('25');
  });
});

describe('a field of the form', () => {
  const field = allFields().find(({ key }) => key === 'd_model')!;

  it('has its unit and explanation, and says what is wrong with a value', async () => {
    const onchange = vi.fn();
    show(new FakeHost(), FieldRow, { field, value: 'wide', problem: 'A whole number', onchange });
    const input = screen.getByRole('textbox', { name: 'Width' });
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const described = input.getAttribute('aria-describedby')!.split(' ');
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
      'Channels of the residual stream (D).',
      'A whole number',
    ]);
    expect(screen.getByText('channels')).toBeTruthy();
    await fireEvent.input(input, { target: { value: '256' } });
    expect(onchange).toHaveBeenCalledWith('256');
  });
});

describe('what a configuration costs', () => {
  const estimate: EstimateView = {
    parameters: { total: 1_300_000_000, parts: [{ part: 'mlps', count: 900_000_000 }] },
    trainingMemory: { totalMiB: 40_000, parts: [{ part: 'weights', MiB: 5000 }] },
    generationMemoryMiB: 6000,
    availableMemoryMiB: 24_000,
    fit: 'too-big',
    flopsPerToken: { model: 6e9, gpt: 9e9 },
    tokensPerStep: 4096,
    steps: 100,
    tokensPerSecond: 12,
    seconds: 7200,
    basis: 'calculated',
    advice: [
      { path: 'training.batch_size', value: 2, memoryMiB: 20_000 },
      { path: 'training.gradient_checkpointing', value: true, memoryMiB: 15_000 },
    ],
  };
  const configuration = runConfigurationSchema.parse({ dataset: 'book', training: { max_steps: 10 } });

  it('says that it does not fit, and what to change', async () => {
    const apply = vi.fn();
    show(new FakeHost({ 'model.estimate': () => estimate }), EstimatePanel, { configuration, dataset: null, apply });
    await screen.findByText('Does not fit');
    expect(screen.getByText('67% of an equal-size GPT')).toBeTruthy();
    expect(screen.getByText('≈ 2 hr')).toBeTruthy();
    expect(screen.getByText('Batch size 2: 20 GiB')).toBeTruthy();
    const [first, second] = screen.getAllByRole('button', { name: 'Apply' });
    await fireEvent.click(first);
    await fireEvent.click(second);
    expect(apply.mock.calls).toEqual([
      ['training.batch_size', 2],
      ['training.gradient_checkpointing', true],
    ]);
  });

  it('asks to correct values first where some are wrong', async () => {
    show(new FakeHost(), EstimatePanel, { configuration: null, dataset: null, apply: vi.fn() });
    await tick();
    expect(screen.getByText('Correct the marked values to see the estimate.')).toBeTruthy();
  });
});

describe('settings', () => {
  it('are kept as they are changed; what is no number is not', async () => {
    const host = new FakeHost();
    show(host, Settings, {});
    await fireEvent.click(screen.getByRole('button', { name: 'High contrast' }));
    await fireEvent.change(screen.getByLabelText('Language'), { target: { value: 'ja' } });
    const threads = screen.getByLabelText('Threads');
    for (const value of ['4', 'many', '0', '']) await fireEvent.change(threads, { target: { value } });
    await waitFor(() =>
      expect(host.of('preferences.set')).toEqual([
        { theme: 'contrast' },
        { language: 'ja' },
        { threads: 4 },
        { threads: null },
      ]),
    );
  });

  it('offer every language under its own name', () => {
    show(new FakeHost(), Settings, {});
    const names = screen.getAllByRole('option').map(({ textContent }) => textContent);
    expect(names).toEqual(['System', 'English', 'Deutsch', 'español', 'italiano', '日本語']);
  });
});

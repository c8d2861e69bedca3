import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { TaskView } from '../../../../../main/contract/views.ts';
import BackupSettings from '../../../../../renderer/pages/settings/BackupSettings.svelte';
import StorageSettings from '../../../../../renderer/pages/settings/StorageSettings.svelte';
import { FakeHost, idle, show } from '../../fake-host.ts';

const nothing = { runs: 0, datasets: 0, documents: 0, chats: 0 };
const contents = {
  ...{ created: '2026-01-01T00:00:00.000Z', bytes: 5_000_000 },
  items: { runs: 2, datasets: 1, documents: 0, chats: 1 },
  present: { ...nothing, runs: 1 },
  names: { runs: ['swift-heron'], datasets: [] },
};
const task: TaskView = {
  ...{ id: 'one', kind: 'backup-library', subject: 'hyena-library.zip', outcome: null, status: 'running' },
  ...{ phase: 'library-backup', done: 5, total: 10, unit: 'bytes', documents: 0, tokens: 0, secondsLeft: 3 },
  ...{ problems: [], problemCount: 0, error: null },
};

describe('the room of the library', () => {
  it('is told by kind, the largest first, and what can be made again is deleted', async () => {
    let downloads = 3_000_000;
    const host = new FakeHost({
      'library.storage': () => ({
        parts: [
          { kind: 'runs', bytes: 1000, files: 1 },
          { kind: 'checkpoints', bytes: 9_000_000, files: 3 },
          { kind: 'downloads', bytes: downloads, files: 1 },
          { kind: 'other', bytes: 0, files: 0 },
        ],
        bytes: 9_001_000 + downloads,
        disk: { available: 1e9, total: 2e9 },
      }),
      'library.clean': () => {
        downloads = 0;
        return { bytes: 3_000_000 };
      },
    });
    const { app } = show(host, StorageSettings, {});
    await screen.findByText('12 MB in the library, 1 GB free on this disk');
    expect(screen.getAllByRole('listitem').map((one) => one.textContent.trim().replace(/\s+/g, ' '))).toEqual([
      'Checkpoints 9 MB',
      'Downloads 3 MB',
      'Runs: metrics and samples 1 kB',
    ]);
    await fireEvent.click(screen.getByRole('button', { name: 'Free 3 MB' }));
    await screen.findByText('9 MB in the library, 1 GB free on this disk');
    expect(app.notices.all.map(({ text }) => text)).toContain('3 MB freed.');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Free 0 bytes' }).disabled).toBe(true);
  });
});

describe('a backup', () => {
  it('is written with progress, can be cancelled, and says where it is', async () => {
    const host = new FakeHost({ 'library.backup': () => ({ task: 'one' }), 'tasks.stop': () => ({}) });
    show(host, BackupSettings, {});
    await fireEvent.input(await screen.findByLabelText('Folder'), { target: { value: ' /disk/backups ' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Back up' }));
    expect(host.of('library.backup')).toEqual([{ folder: null, place: '/disk/backups' }]);
    await waitFor(() => expect(host.joined.map(({ stream }) => stream)).toContain('activity'));
    host.emit('activity', { ...idle, tasks: [task] });
    const bar = await screen.findByRole('progressbar');
    expect(bar.getAttribute('aria-valuenow')).toBe('50');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Back up' }).disabled).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(host.of('tasks.stop')).toEqual([{ task: 'one' }]);
    host.emit('activity', { ...idle, tasks: [{ ...task, status: 'done', outcome: '/disk/hyena-library.zip' }] });
    await screen.findByText('Backup written: /disk/hyena-library.zip');
  });

  it('is restored once it is known what is in it, here or in a new folder', async () => {
    const host = new FakeHost({
      'files.choose': () => [{ grant: 'g', name: 'mine.zip', bytes: 10, files: 1 }],
      'library.describe': () => contents,
      'library.restore': () => ({ task: 'two' }),
    });
    vi.stubGlobal('hyena', { onCommand: () => () => undefined });
    try {
      show(host, BackupSettings, {});
      const choose = await screen.findByRole('button', { name: 'Restore from a file …' });
      await fireEvent.click(choose);
      await screen.findByText('2 runs, 1 data set, and 1 chat (5 MB)');
      expect(screen.getByText(/Already in this library, and not changed: 1 run\./).textContent).toContain(
        'swift-heron',
      );
      await fireEvent.click(screen.getByRole('radio', { name: /new library/ }));
      const restore = screen.getByRole<HTMLButtonElement>('button', { name: 'Restore' });
      expect(restore.disabled).toBe(true);
      await fireEvent.input(screen.getByLabelText('New or empty folder'), { target: { value: ' /disk/new ' } });
      await fireEvent.click(restore);
      await waitFor(() => expect(host.of('library.restore')).toEqual([{ grant: 'g', folder: '/disk/new' }]));
      await waitFor(() => expect(screen.queryByText('mine.zip')).toBeNull());
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

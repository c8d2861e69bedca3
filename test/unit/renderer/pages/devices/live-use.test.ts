import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { SystemUse } from '../../../../../main/contract/views.ts';
import LiveUse from '../../../../../renderer/pages/devices/LiveUse.svelte';
import { lineOf, withUse } from '../../../../../renderer/pages/devices/use-history.ts';
import { FakeHost, show } from '../../fake-host.ts';

const use: SystemUse = {
  cpu: { share: 0.5, cores: [0.25, 0.75], temperature: 61.4 },
  memory: { usedMiB: 2048, totalMiB: 8192 },
  disk: { available: 4e11, total: 1e12, readPerSecond: 2e6, writtenPerSecond: null },
  gpus: [{ name: 'RTX 4090', share: 0.9, usedMiB: 1024, totalMiB: 24_576, temperature: null, watts: 310.2 }],
};

describe('the use of the computer', () => {
  it('is shown as meters with what the system reports of each', async () => {
    const host = new FakeHost({});
    show(host, LiveUse, {});
    await screen.findByText('Measuring …');
    await waitFor(() => expect(host.joined.map(({ stream }) => stream)).toContain('devices.use'));
    host.emit('devices.use', use);
    await waitFor(() => expect(screen.getByRole('meter', { name: 'CPU' }).getAttribute('aria-valuenow')).toBe('50'));
    expect(screen.getByText('2 cores · 61°C')).toBeTruthy();
    expect(screen.getByText('2.0 GiB / 8.0 GiB')).toBeTruthy();
    expect(screen.getByText('400 GB free · 2 MB/s read')).toBeTruthy();
    expect(screen.getByText('1.0 GiB / 24 GiB · 310 W')).toBeTruthy();
    expect(screen.getByRole('meter', { name: 'RTX 4090' }).getAttribute('aria-valuenow')).toBe('90');
  });

  it('is asked for only while the page can be seen', async () => {
    const host = new FakeHost({});
    const sent = vi.spyOn(host.client, 'join');
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    show(host, LiveUse, {});
    expect(sent.mock.calls.filter(([stream]) => stream === 'devices.use')).toEqual([]);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await waitFor(() => expect(sent.mock.calls.filter(([stream]) => stream === 'devices.use')).toHaveLength(1));
    hidden.mockRestore();
    sent.mockRestore();
  });

  it('keeps a minute, drawn with the newest at the right', () => {
    let history = withUse(new Map(), use);
    for (let second = 0; second < 100; second++) history = withUse(history, { ...use, gpus: [] });
    expect(history.get('cpu')).toHaveLength(60);
    expect(history.get('gpu 0')).toHaveLength(1);
    const points = lineOf(history.get('cpu')!).split(' ');
    expect([points[0], points.at(-1)]).toEqual(['0.0,12.0', '100.0,12.0']);
    expect(lineOf([2])).toBe('100.0,1.0');
  });
});

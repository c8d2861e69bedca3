import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Settings from '../../../../../renderer/pages/settings/Settings.svelte';
import { FakeHost, information, preferences, show } from '../../fake-host.ts';

describe('the folder of the library', () => {
  it('is chosen for the next start, and given back to the system', async () => {
    const host = new FakeHost({
      'app.information': () => information,
      'preferences.get': () => preferences,
      'datasets.list': () => [],
      'runs.list': () => [],
      'app.library': ({ folder }) => ({ ...information, nextLibrary: folder ?? '/system' }),
    });
    const { app } = show(host, Settings, {});
    await app.start();
    const field = await screen.findByLabelText<HTMLInputElement>('Library');
    await fireEvent.input(field, { target: { value: ' /elsewhere ' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Use this folder' }));
    await screen.findByText('After the next start: /elsewhere');
    await waitFor(() => expect(field.value).toBe(''));
    await fireEvent.click(screen.getByRole('button', { name: 'Use the default folder' }));
    await screen.findByText('After the next start: /system');
    expect(host.of('app.library')).toEqual([{ folder: '/elsewhere' }, { folder: null }]);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Use the default folder' })).toBeNull());
  });
});

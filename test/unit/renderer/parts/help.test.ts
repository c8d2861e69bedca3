import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Tour from '../../../../renderer/frame/Tour.svelte';
import Help from '../../../../renderer/parts/Help.svelte';
import { FakeHost, show } from '../fake-host.ts';

describe('help beside a term', () => {
  it('opens and closes by its button, Escape and a press elsewhere', async () => {
    show(new FakeHost(), Help, { term: 'Perplexity', text: 'How many tokens it hesitates between.' });
    const button = screen.getByRole('button', { name: 'What does “Perplexity” mean?' });
    expect(screen.queryByText(/hesitates/)).toBeNull();
    await fireEvent.click(button);
    expect(screen.getByText(/hesitates/)).toBeTruthy();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    await fireEvent.keyDown(button, { key: 'Escape' });
    expect(screen.queryByText(/hesitates/)).toBeNull();
    await fireEvent.click(button);
    await fireEvent.pointerDown(document.body);
    expect(screen.queryByText(/hesitates/)).toBeNull();
  });
});

describe('the tour', () => {
  it('shows three pages in turn, goes back, and is skipped at any step', async () => {
    let closed = 0;
    const { app } = show(new FakeHost(), Tour, { onclose: () => closed++ });
    await screen.findByText('Step 1 of 3');
    expect(app.router.route.page).toBe('data');
    await fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(app.router.route.page).toBe('training');
    await fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(app.router.route.page).toBe('chat');
    await fireEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(app.router.route.page).toBe('training');
    await fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(screen.queryByRole('button', { name: 'Next' })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    expect(closed).toBe(1);
    await fireEvent.click(screen.getByRole('button', { name: 'Skip the tour' }));
    await fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    expect(closed).toBe(3);
  });
});

import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import ChatList from '../../../../../renderer/pages/chat/ChatList.svelte';
import { FakeHost, show } from '../../fake-host.ts';

describe('a list of thousands of chats', () => {
  const chats = Array.from({ length: 2000 }, (_, index) => ({
    ...{ id: `chat-${index}`, name: `Chat ${index}`, run: null, document: null, messages: 1, writing: false },
    ...{ created: '2026-01-01T00:00:00.000Z', updated: '2026-01-01T00:00:00.000Z' },
  }));
  const names = () => screen.getAllByRole('link').map((link) => link.querySelector('strong')?.textContent);

  it('draws the first ones, says how many there are, and shows more', async () => {
    show(new FakeHost(), ChatList, { chats, openId: null });
    expect(names()).toHaveLength(100);
    await fireEvent.click(screen.getByRole('button', { name: 'Show more (100 of 2,000 shown)' }));
    expect(names()).toHaveLength(500);
    expect(screen.getByRole('button', { name: 'Show more (500 of 2,000 shown)' })).toBeTruthy();
  });

  it('leaves out a document that nothing was asked in yet', () => {
    const about = { ...chats[0], document: 'doc-1', name: '', messages: 0 };
    const listed = [
      { ...about, id: 'only-read' },
      { ...about, id: 'asked', name: 'What of it?', messages: 2 },
      { ...about, id: 'named', name: 'My notes' },
      { ...about, id: 'answering', writing: true },
      { ...about, id: 'no-document', document: null },
    ];
    show(new FakeHost(), ChatList, { chats: listed, openId: null });
    const ids = screen.getAllByRole('link').map((link) => link.getAttribute('href')?.split('/').at(-1));
    expect(ids).toEqual(['asked', 'named', 'answering', 'no-document']);
  });

  it('draws the open one wherever it stands', () => {
    show(new FakeHost(), ChatList, { chats, openId: 'chat-300' });
    expect(names().at(-1)).toBe('Chat 300');
    expect(screen.getByRole('link', { current: true }).textContent).toContain('Chat 300');
  });
});

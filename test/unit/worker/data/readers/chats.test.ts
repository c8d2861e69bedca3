import { describe, expect, it } from 'vitest';
import { useFiles } from './samples.ts';

const { read } = useFiles();
const question = 'How full is the east kettle?';
const answer = 'It is four fifths full.';
const asked = { role: 'user', content: question };
const answered = { role: 'assistant', content: answer };
const plain = `### Instruction:\n${question}\n\n### Response:\n${answer}`;
const lines = (...rows: unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n');

async function readRows(...rows: unknown[]) {
  const { documents, problems } = await read('rows.jsonl', lines(...rows));
  return {
    texts: documents.map(({ text }) => text),
    learned: documents.map(({ text, learned }) => learned.map(({ start, end }) => text.slice(start, end))),
    said: problems.map(({ message }) => message).join('\n'),
  };
}

describe('roles', () => {
  it.each([
    [
      'ai',
      {
        messages: [
          { role: 'human', content: question },
          { role: 'ai', content: answer },
        ],
      },
    ],
    [
      'type',
      {
        messages: [
          { type: 'human', content: question },
          { type: 'ai', content: answer },
        ],
      },
    ],
    [
      'data',
      {
        messages: [
          { type: 'human', data: { content: question } },
          { type: 'ai', data: { content: answer } },
        ],
      },
    ],
    [
      'capitals',
      {
        conversation: [
          { role: 'USER', content: question },
          { role: 'Assistant', content: answer },
        ],
      },
    ],
    [
      'sender',
      {
        chat_messages: [
          { sender: 'human', text: question },
          { sender: 'assistant', text: answer },
        ],
      },
    ],
    [
      'parts',
      {
        contents: [
          { role: 'user', parts: [{ text: question }] },
          { role: 'model', parts: [{ text: answer }] },
        ],
      },
    ],
    [
      'author',
      {
        messages: [
          { author: { role: 'user' }, content: { parts: [question] } },
          { author: { role: 'assistant' }, content: { parts: [answer] } },
        ],
      },
    ],
    ['turns of both', { conversation: [{ human: question, assistant: answer }] }],
    ['pairs', { conversation: [[question, answer]] }],
    ['JSON in a string', { messages: JSON.stringify([asked, answered]) }],
    ['query and response', { query: question, response: answer }],
    ['capital names', { Question: question, Answer: answer }],
  ])('roles by the name or place that its program uses: %s', async (_, row) => {
    const { texts, learned } = await readRows(row);
    expect(texts).toEqual([plain]);
    expect(learned).toEqual([[answer]]);
  });

  it('are found in each row, whatever the first ones have', async () => {
    const { texts, said: messages } = await readRows(
      { messages: [asked, answered] },
      { conversation: [asked, answered] },
      { text: 'A text.' },
    );
    expect(texts).toEqual([plain, plain, 'A text.']);
    expect(messages).toMatch(/1 row .*conversation|2 rows .*conversation/);
  });

  it('roles that are guessed, or none of a chat, are counted and named', async () => {
    const { learned, said: messages } = await readRows({
      messages: [
        { role: 'customer', content: question },
        { role: 'agent', content: answer },
        { role: 'narrator', content: 'A pause.' },
      ],
    });
    expect(learned).toEqual([[answer]]);
    expect(messages).toMatch(/guessed in 2 messages: customer = user, agent = assistant/);
    expect(messages).toMatch(/1 message has a role other than user or assistant: narrator/);
  });

  it('roles that are missing alternate, which is said', async () => {
    const { learned, said: messages } = await readRows({ dialog: [question, answer] });
    expect(learned).toEqual([[answer]]);
    expect(messages).toMatch(/1 chat has no roles/);
  });
});

describe('calls of tools', () => {
  const call = '<tool_call>\n{"name": "level", "arguments": {"kettle": "east"}}\n</tool_call>';
  const whole = `### Instruction:\n${question}\n\n### Response:\n${call}\n\n### Tool:\n80 percent\n\n### Response:\n${answer}`;
  const fn = { name: 'level', arguments: '{"kettle": "east"}' };

  it.each([
    [
      'tool_calls',
      [
        asked,
        { role: 'assistant', content: null, tool_calls: [{ id: 'c', type: 'function', function: fn }] },
        { role: 'tool', content: '80 percent' },
        answered,
      ],
    ],
    [
      'no content at all',
      [asked, { role: 'assistant', tool_calls: [{ function: fn }] }, { role: 'tool', content: '80 percent' }, answered],
    ],
    [
      'function_call',
      [
        asked,
        { role: 'assistant', content: '', function_call: fn },
        { role: 'function', name: 'level', content: '80 percent' },
        answered,
      ],
    ],
  ])('are learned, what tools answer is not: %s', async (_, messages) => {
    const { texts, learned } = await readRows({ messages });
    expect(texts).toEqual([whole]);
    expect(learned).toEqual([[call, answer]]);
  });

  it('come as parts of messages', async () => {
    const { learned, texts } = await readRows({
      messages: [
        asked,
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Let me see.' },
            { type: 'tool_use', id: 't', name: 'level', input: { kettle: 'east' } },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: '80 percent' }] }],
        },
        answered,
      ],
    });
    expect(learned).toEqual([
      ['Let me see.\n<tool_call>\n{"name": "level", "arguments": {"kettle":"east"}}\n</tool_call>', answer],
    ]);
    expect(texts[0]).toContain('### Tool:\n80 percent');
  });

  it('calls of tools as roles of their own, with the system and the tools beside the chat', async () => {
    const { texts, learned } = await readRows({
      system: 'You are a caretaker.',
      tools: '[{"name": "level"}]',
      conversations: [
        { from: 'human', value: question },
        { from: 'function_call', value: '{"name": "level", "arguments": {"kettle": "east"}}' },
        { from: 'observation', value: '80 percent' },
        { from: 'gpt', value: answer },
      ],
    });
    expect(texts).toEqual([`### System:\nYou are a caretaker.\n\n### Tools:\n[{"name": "level"}]\n\n${whole}`]);
    expect(learned).toEqual([[call, answer]]);
  });
});

describe('what a chat holds beside text', () => {
  it('is counted and named', async () => {
    const { texts, said: messages } = await readRows({
      id: 7,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: question },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
          ],
        },
        { role: 'assistant', content: answer, reasoning_content: 'Let me think.' },
        { role: 'user', content: null },
      ],
    });
    expect(texts).toEqual([plain]);
    expect(messages).toMatch(/Ignored fields: 'id'/);
    expect(messages).toMatch(/1 message part is not text and was skipped: image_url/);
    expect(messages).toMatch(/unsupported fields, which were ignored: reasoning_content/);
    expect(messages).toMatch(/1 message without text was skipped/);
  });

  it('may be a refusal, or several answers of which the first is learned', async () => {
    const refused = await readRows({ messages: [asked, { role: 'assistant', content: null, refusal: answer }] });
    expect(refused.texts).toEqual([plain]);
    const { texts, said: messages } = await readRows({ prompt: question, response: [answer, 'Another.', 'A third.'] });
    expect(texts).toEqual([plain]);
    expect(messages).toMatch(/2 alternative answers were skipped/);
  });

  it('is told apart: chats without answers hold text', async () => {
    const { said: messages } = await readRows({ messages: [asked] }, { messages: [asked, answered] });
    expect(messages).toMatch(/1 of 2 rows contains chats without answers and was skipped \(first: row 1\)/);
  });

  it('stands before it: system and history of a question', async () => {
    const { texts, learned } = await readRows({
      instruction: question,
      input: '',
      output: answer,
      system: 'Be brief.',
      history: [['What colour?', 'Blue.']],
    });
    expect(texts).toEqual([
      `### System:\nBe brief.\n\n### Instruction:\nWhat colour?\n\n### Response:\nBlue.\n\n${plain}`,
    ]);
    expect(learned).toEqual([['Blue.', answer]]);
  });
});

describe('preferred answers', () => {
  const marked = (last: string) => `\n\nHuman: Hello\n\nAssistant: Hi.\n\nHuman: ${question}\n\nAssistant: ${last}`;
  it.each([
    ['strings', { prompt: question, chosen: answer, rejected: 'No.' }],
    ['lists', { prompt: [asked], chosen: [answered], rejected: [{ role: 'assistant', content: 'No.' }] }],
    [
      'whole chats',
      {
        prompt: question,
        chosen: [asked, answered],
        rejected: [asked, { role: 'assistant', content: 'No.' }],
        score: 1,
      },
    ],
    [
      'a message',
      {
        conversations: [{ from: 'human', value: question }],
        chosen: { from: 'gpt', value: answer },
        rejected: { from: 'gpt', value: 'No.' },
      },
    ],
    [
      'outputs',
      {
        input: { messages: [asked] },
        preferred_output: [answered],
        non_preferred_output: [{ role: 'assistant', content: 'No.' }],
      },
    ],
    ['two responses', { question, response_j: answer, response_k: 'No.' }],
  ])('are learned with their question, the rejected ones are left out: %s', async (_, row) => {
    const { texts, learned, said: messages } = await readRows(row);
    expect(texts).toEqual([plain]);
    expect(learned).toEqual([[answer]]);
    expect(messages).toMatch(/1 rejected answer \((rejected|non_preferred_output|response_k)\) was skipped/);
  });

  it('preferred answers within whole chats in a string are taken apart', async () => {
    const { texts, learned } = await readRows({ chosen: marked(answer), rejected: marked('No.') });
    expect(texts).toEqual([`### Instruction:\nHello\n\n### Response:\nHi.\n\n${plain}`]);
    expect(learned).toEqual([['Hi.', answer]]);
  });

  it('preferred answers that are marked as undesirable are left out', async () => {
    const { texts, said: messages } = await readRows(
      { prompt: question, completion: answer, label: true },
      { prompt: question, completion: 'No.', label: false },
    );
    expect(texts).toEqual([plain]);
    expect(messages).toMatch(/1 of 2 rows .*undesirable .*\(first: row 2\)/);
  });
});

describe('exports of chats', () => {
  it('exports of chats of people become one text with their names, and that is said', async () => {
    const messages = [
      { id: 1, type: 'service', actor: 'Ada', action: 'create_group', text: '' },
      { id: 2, type: 'message', from: 'Ada', from_id: 'u1', text: 'Did it boil?', text_entities: [] },
      { id: 3, type: 'message', from: 'Bo', text: ['It did, see ', { type: 'bold', text: 'the steam' }, ' there.'] },
    ];
    const one = { name: 'Ada', type: 'personal_chat', id: 7, messages };
    for (const content of [one, { about: 'x', chats: { about: 'y', list: [one] } }]) {
      const { documents, problems } = await read('result.json', JSON.stringify(content));
      expect(documents.map(({ text }) => text)).toEqual(['Ada: Did it boil?\nBo: It did, see the steam there.']);
      expect(problems.map(({ message }) => message).join()).toMatch(/1 conversation has no assistant answers.*Ada, Bo/);
    }
  });

  it('exports of chats that begin with the newest message are read from the oldest', async () => {
    const { texts, said: messages } = await readRows({
      participants: [{ name: 'Ada' }],
      messages: [
        { sender_name: 'Bo', timestamp_ms: 2, content: 'It did.' },
        { sender_name: 'Ada', timestamp_ms: 1, content: 'Did it boil?' },
      ],
    });
    expect(texts).toEqual(['Ada: Did it boil?\nBo: It did.']);
    expect(messages).toMatch(/1 conversation is stored newest first/);
  });

  it('exports of chats as trees are read along their last branch', async () => {
    const node = (id: string, parent: string | null, children: string[], role?: string, text?: string) => ({
      ...{ id, parent, children },
      message: role === undefined ? null : { author: { role }, content: { content_type: 'text', parts: [text] } },
    });
    const nodes = [
      node('r', null, ['q']),
      node('q', 'r', ['old', 'new'], 'user', question),
      node('old', 'q', [], 'assistant', 'No.'),
      node('new', 'q', [], 'assistant', answer),
    ];
    const { texts, said: messages } = await readRows({
      title: 'Kettle',
      mapping: Object.fromEntries(nodes.map((one) => [one.id, one])),
      current_node: 'new',
    });
    expect(texts).toEqual([plain]);
    expect(messages).toMatch(/1 message on another branch/);
  });

  it('exports of chats with a message in each row are joined', async () => {
    const whole = await read('chat.json', JSON.stringify([asked, answered]));
    expect(whole.documents.map(({ text }) => text)).toEqual([plain]);
    const table = await read(
      'chat.csv',
      `chat_id,role,content\n1,user,${question}\n1,assistant,${answer}\n2,user,Again?\n2,assistant,Yes.\n`,
    );
    expect(table.documents.map(({ text }) => text)).toEqual([plain, '### Instruction:\nAgain?\n\n### Response:\nYes.']);
    expect(table.problems.map(({ message }) => message).join()).toMatch(
      /4 rows are single messages; they were joined into 2 chats/,
    );
    const ranked = await readRows(
      { message_id: '1', parent_id: null, message_tree_id: '1', role: 'prompter', text: question },
      { message_id: '2', parent_id: '1', message_tree_id: '1', role: 'assistant', text: answer, rank: 0 },
      { message_id: '3', parent_id: '1', message_tree_id: '1', role: 'assistant', text: 'No.', rank: 1 },
    );
    expect(ranked.texts).toEqual([plain]);
  });
});

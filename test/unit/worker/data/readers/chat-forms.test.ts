import { describe, expect, it } from 'vitest';
import { useFiles } from './samples.ts';

const { read } = useFiles();
const question = 'What does the keeper eat?';
const answer = 'He eats smoked herring.';
const second = 'And on Sundays?';
const cake = 'There is plum cake as well.';
const chat = `### Instruction:\n${question}\n\n### Response:\n${answer}`;
const longChat = `${chat}\n\n### Instruction:\n${second}\n\n### Response:\n${cake}`;
const asked = { role: 'user', content: question };
const answered = { role: 'assistant', content: answer };
const wrong = { role: 'assistant', content: 'Nothing at all.' };

async function readFile(name: string, content: string) {
  const { documents, problems } = await read(name, content);
  return {
    texts: documents.map(({ text }) => text),
    learned: documents.flatMap(({ text, learned }) => learned.map(({ start, end }) => text.slice(start, end))),
    said: problems.map(({ message }) => message).join('\n'),
  };
}
const readRow = (row: unknown) => readFile('rows.jsonl', [row, row].map((one) => JSON.stringify(one)).join('\n'));

describe('chats as other programs store them', () => {
  it.each<[string, unknown, string]>([
    ['a list for each key', { conversations: { from: ['human', 'gpt'], value: [question, answer] } }, chat],
    [
      "LangChain's objects",
      {
        messages: [
          { lc: 1, id: ['langchain', 'schema', 'messages', 'HumanMessage'], kwargs: { content: question } },
          { lc: 1, id: ['langchain', 'schema', 'messages', 'AIMessage'], kwargs: { content: answer } },
        ],
      },
      chat,
    ],
    [
      'flags',
      {
        conversation: [
          { message: question, is_human: true },
          { message: answer, is_human: false },
        ],
      },
      chat,
    ],
    [
      'roles as keys',
      { dialogue: [{ Human: question }, { Assistant: answer }, { Human: second }, { Assistant: cake }] },
      longChat,
    ],
    [
      'capital letters',
      {
        Messages: [
          { Role: 'User', Content: question },
          { Role: 'Assistant', Content: answer },
        ],
      },
      chat,
    ],
    ['a name that nobody knows', { items: [asked, answered] }, chat],
    [
      'replies within',
      {
        message_tree_id: 'a',
        prompt: {
          role: 'prompter',
          text: question,
          replies: [
            { role: 'assistant', text: 'Nothing at all.', rank: 1, replies: [] },
            {
              role: 'assistant',
              text: answer,
              rank: 0,
              replies: [{ role: 'prompter', text: second, replies: [{ role: 'assistant', text: cake }] }],
            },
          ],
        },
      },
      longChat,
    ],
    [
      'calls among the messages',
      {
        input: [
          asked,
          { type: 'function_call', name: 'menu', arguments: '{"day": 1}', call_id: 'c' },
          { type: 'function_call_output', call_id: 'c', output: 'herring' },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: answer }] },
        ],
      },
      `### Instruction:\n${question}\n\n### Response:\n<tool_call>\n{"name": "menu", "arguments": {"day": 1}}\n</tool_call>` +
        `\n\n### Tool:\nherring\n\n### Response:\n${answer}`,
    ],
    [
      'an answer of a tool that is data',
      { messages: [asked, { role: 'tool', content: { fish: 'herring' } }, answered] },
      `### Instruction:\n${question}\n\n### Tool:\n{"fish":"herring"}\n\n### Response:\n${answer}`,
    ],
  ])('%s', async (_, row, expected) => {
    const { texts, learned } = await readRow(row);
    expect(texts).toEqual([expected, expected]);
    expect(learned).toContain(answer);
  });

  it('a dialogue system answers its users', async () => {
    const { learned, said } = await readRow({
      turns: [
        { speaker: 'USER', utterance: question },
        { speaker: 'SYSTEM', utterance: answer },
      ],
    });
    expect(learned).toEqual([answer, answer]);
    expect(said).toContain('Roles were guessed in 2 messages: SYSTEM = assistant.');
  });

  it.each([
    [
      'as Python writes them',
      `[{'role': 'user', 'content': '${question}'}, {'role': 'assistant', 'content': None}, {'role': 'assistant', 'content': ""It's fish.""}]`,
    ],
    [
      'as NumPy writes them',
      `array([{'role': 'user', 'content': '${question}'}\n {'role': 'assistant', 'content': ""It's fish.""}], dtype=object)`,
    ],
  ])('lists in a table, %s', async (_, cell) => {
    const { texts, learned } = await readFile('a.csv', `id,messages\n1,"${cell}"\n2,"${cell}"\n`);
    expect(texts).toEqual(Array<string>(2).fill(`### Instruction:\n${question}\n\n### Response:\nIt's fish.`));
    expect(learned).toEqual(["It's fish.", "It's fish."]);
  });

  it('the same text as text and as parts is not named as left out', async () => {
    const { said } = await readRow({
      chat_messages: [
        { sender: 'human', text: question, content: [{ type: 'text', text: question }] },
        { sender: 'assistant', text: answer, content: [{ type: 'text', text: answer }] },
      ],
    });
    expect(said).not.toContain('unsupported fields');
  });

  it('a weight of 0 counts in whatever form', async () => {
    for (const mark of [{ weight: '0' }, { trainable: false }, { loss: false }])
      expect((await readRow({ messages: [asked, { ...answered, ...mark }] })).learned).toEqual([]);
  });

  it('chats by their ids are a chat each', async () => {
    const { texts } = await readFile(
      'a.json',
      JSON.stringify({ a: [asked, answered], b: [{ role: 'user', content: second }, answered] }),
    );
    expect(texts).toEqual([chat, chat.replace(question, second)]);
  });
});

describe('rows of one message each', () => {
  it('chats whose messages stand between those of others', async () => {
    const rows = [
      { conversation_id: 1, ...asked },
      { conversation_id: 2, role: 'user', content: second },
      { conversation_id: 1, ...answered },
      { conversation_id: 2, role: 'assistant', content: cake },
    ];
    const { texts } = await readFile('rows.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(texts).toEqual([chat, chat.replace(question, second).replace(answer, cake)]);
  });

  it('messages in the wrong order are put in order by their numbers', async () => {
    const { texts, said } = await readFile(
      'rows.csv',
      `chat_id,turn,role,content\n7,2,assistant,${answer}\n7,1,user,${question}\n8,1,user,${question}\n8,2,assistant,${answer}\n`,
    );
    expect(texts).toEqual([chat, chat]);
    expect(said).toContain('1 chat was not in the order of the turn numbers or times and was reordered.');
  });

  it('a chat that goes on behind a thousand others is divided and said to be', async () => {
    const others = Array.from({ length: 1001 }, (_, id) => [
      { chat_id: `x${id}`, ...asked },
      { chat_id: `x${id}`, ...answered },
    ]).flat();
    const rows = [{ chat_id: 'a', ...asked }, ...others, { chat_id: 'a', ...answered }];
    const { said } = await readFile('rows.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(said).toContain('1 chat is interleaved with more than 1000 others and was divided. Sort the file by chat.');
  });
});

describe('preferences', () => {
  it('an answer that a table marks as false is not learned', async () => {
    const { learned, said } = await readFile(
      'a.csv',
      `prompt,completion,label\n${question},${answer},True\n${second},"Go away, now.",False\n`,
    );
    expect(learned).toEqual([answer]);
    expect(said).toContain('1 of 2 rows has answers marked as undesirable');
  });

  it('a label that is no verdict is named as left out', async () => {
    const { said } = await readRow({ prompt: question, completion: answer, label: 'fish' });
    expect(said).toContain("Ignored fields: 'label'.");
  });

  it.each<[string, unknown]>([
    [
      'two chats and a winner',
      { conversation_a: [asked, wrong], conversation_b: [asked, answered], winner: 'model_b' },
    ],
    [
      'two answers in lists and a flag for each',
      {
        prompt: `["${question}"]`,
        response_a: `["${wrong.content}"]`,
        response_b: `["${answer}"]`,
        ...{ winner_model_a: 0, winner_model_b: 1, winner_tie: 0 },
      },
    ],
    [
      'a flag',
      {
        prompt: question,
        responses: [
          { text: wrong.content, chosen: false },
          { text: answer, chosen: true },
        ],
      },
    ],
    [
      'a rank',
      {
        prompt: question,
        responses: [
          { text: wrong.content, rank: 2 },
          { text: answer, rank: 1 },
        ],
      },
    ],
  ])('%s', async (_, row) => {
    expect((await readRow(row)).texts).toEqual([chat, chat]);
  });
});

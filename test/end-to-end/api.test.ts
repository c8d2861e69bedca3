import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, pages, smallest, TestLibrary, type Running } from './command.ts';

/** The interface of other programs, asked by the official client, with a model that was trained a moment ago. */
let place: TestLibrary;
let server: Running;
let client: OpenAI;
let address: string;
let token: string;

beforeAll(async () => {
  place = await TestLibrary.make();
  await writeFile(path.join(place.folder, 'pages.txt'), pages);
  await place.json('data', 'add', 'pages.txt', '--name', 'pages');
  await place.json(
    'train',
    '--data',
    'pages',
    '--run',
    'little',
    ...smallest,
    '--set',
    'l_max=128',
    '--set',
    'max_steps=4',
  );
  server = place.begin('serve', '--api', '--run', 'little', '--allow-origin', 'https://chat.example', '--json');
  await server.printed(/"address":"[^"]+"/);
  [{ address, token }] = jsonLines(server.stdout()) as [{ address: string; token: string }];
  client = new OpenAI({ baseURL: address, apiKey: token, maxRetries: 0 });
}, 240_000);
afterAll(async () => {
  server.signal('SIGINT');
  expect((await server.outcome).code).toBe(0);
  await place.remove();
}, 60_000);

const messages = [{ role: 'user' as const, content: 'Name a colour.' }];

describe('likelihood', () => {
  const score = async (prompt: string | string[] | number[] | number[][], max_tokens = 0) =>
    (await client.completions.create({ model: 'little', prompt, max_tokens, echo: true, logprobs: 1, temperature: 0 }))
      .choices;

  it('likelihood of a text is the same by tokens, in a batch, with a token after it, and as it is generated', async () => {
    const text = 'The kettle é';
    const ids = Array.from(Buffer.from(text));
    const [alone] = await score(text);
    expect(alone.text).toBe(text);
    expect(alone.finish_reason).toBe('length');
    const { tokens, token_logprobs, top_logprobs, text_offset } = alone.logprobs!;
    expect(tokens).toHaveLength(ids.length);
    expect(token_logprobs![0]).toBeNull();
    expect(top_logprobs![0]).toBeNull();
    expect(text_offset).toEqual([...Array.from({ length: 12 }, (_, place) => place), 11]);
    expect(token_logprobs!.slice(1).every((one) => one < 0)).toBe(true);
    const batch = await score([ids, Array.from(Buffer.from('Other')), ids]);
    expect(batch.map((choice) => choice.text)).toEqual([text, 'Other', text]);
    expect(batch[2].logprobs).toEqual(alone.logprobs);
    const [withOne] = await score(ids, 1);
    expect(withOne.logprobs!.tokens).toHaveLength(ids.length + 1);
    expect(withOne.logprobs!.token_logprobs!.slice(1, -1)).toEqual(token_logprobs!.slice(1));
    // What is generated is judged as what is given.
    const written = await client.completions.create({
      model: 'little',
      prompt: 'The',
      max_tokens: 8,
      temperature: 0,
      logprobs: 1,
    });
    const [given] = await score(`The${written.choices[0].text}`);
    const judged = given.logprobs!.token_logprobs!.slice(3);
    for (const [index, one] of written.choices[0].logprobs!.token_logprobs!.entries())
      expect(Math.abs(one - judged[index])).toBeLessThan(1e-3);
  });

  it.each([[[1, 256]], [[1, 2 ** 32 + 1]], [[1, -1]], [[[1], [999]]]])(
    'likelihood of tokens that are not in the vocabulary is refused: %j',
    async (prompt) => {
      await expect(score(prompt)).rejects.toMatchObject({
        status: 400,
        param: 'prompt',
        type: 'invalid_request_error',
      });
    },
  );
});

describe('a prompt that is too long', () => {
  it.each([true, false])('is refused before anything is answered (streamed: %s)', async (stream) => {
    const long = 'kettle '.repeat(100);
    const refused = { status: 400, code: 'context_length_exceeded', type: 'invalid_request_error' };
    await expect(client.completions.create({ model: 'little', prompt: long, stream })).rejects.toMatchObject({
      ...refused,
      param: 'prompt',
    });
    await expect(
      client.chat.completions.create({
        model: 'little',
        messages: [...messages, { role: 'user', content: long }],
        stream,
      }),
    ).rejects.toMatchObject({ ...refused, param: 'messages' });
  });

  it('leaves an answer as much room as there is, and says where it ended', async () => {
    const { choices, usage } = await client.completions.create({
      model: 'little',
      prompt: 'x'.repeat(120),
      max_tokens: -1,
      logit_bias: { 0: -100 },
    });
    expect(choices[0].finish_reason).toBe('length');
    expect(usage?.total_tokens).toBe(128);
  });
});

describe('a format', () => {
  const schema = {
    type: 'object',
    properties: { colour: { type: 'string', enum: ['red', 'blue'] }, count: { type: 'integer' } },
    required: ['colour', 'count'],
    additionalProperties: false,
  };

  it('is kept to, streamed or not, even by a model that knows nothing', async () => {
    const json_schema = { name: 'colour', strict: true, schema };
    const whole = await client.chat.completions.create({
      model: 'little',
      messages,
      max_tokens: 60,
      response_format: { type: 'json_schema', json_schema },
    });
    const value = JSON.parse(whole.choices[0].message.content!) as { colour: string; count: number };
    expect(['red', 'blue']).toContain(value.colour);
    expect(Number.isInteger(value.count)).toBe(true);
    expect(whole.choices[0].finish_reason).toBe('stop');
    const stream = client.chat.completions.stream({
      model: 'little',
      messages,
      max_tokens: 60,
      seed: 3,
      response_format: { type: 'json_object' },
    });
    expect(typeof JSON.parse((await stream.finalContent())!)).toBe('object');
  });
});

it('twenty likely tokens are twenty, whatever their bytes', async () => {
  const { choices } = await client.completions.create({
    model: 'little',
    prompt: 'An emoji: 😀',
    max_tokens: 3,
    temperature: 0,
    logprobs: 20,
  });
  for (const top of choices[0].logprobs!.top_logprobs!) expect(Object.keys(top)).toHaveLength(20);
  const chat = await client.chat.completions.create({
    model: 'little',
    messages,
    max_tokens: 3,
    temperature: 0,
    logprobs: true,
    top_logprobs: 20,
  });
  for (const { top_logprobs } of chat.choices[0].logprobs!.content!)
    expect(new Set(top_logprobs.map(({ bytes, token: name }) => `${name} ${bytes?.join()}`)).size).toBe(20);
});

it('turns of tools are answered, and pages elsewhere may ask where the setting says so', async () => {
  const call = { id: 'c1', type: 'function' as const, function: { name: 'level', arguments: '{"of":"kettle"}' } };
  const { choices } = await client.chat.completions.create({
    model: 'little',
    max_tokens: 2,
    messages: [
      ...messages,
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: '80%' },
    ],
  });
  expect(choices).toHaveLength(1);
  const reply = await fetch(`${address}/chat/completions`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://chat.example', 'Access-Control-Request-Method': 'POST' },
  });
  expect(reply.status).toBe(204);
  expect(reply.headers.get('access-control-allow-origin')).toBe('https://chat.example');
});

it('an origin that is none is refused on the command line', async () => {
  const { code, stderr } = await place.hyena('serve', '--api', '--allow-origin', 'chat.example');
  expect(code).not.toBe(0);
  expect(stderr).toContain('origin');
});

import { request as httpRequest } from 'node:http';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServedModel } from '../../../../../main/host/serving.ts';
import { serveApi, type RunningApi } from '../../../../../main/shells/api/server.ts';
import { echoing } from './fake-model.ts';

let stand: ReturnType<typeof echoing>;
let model: ServedModel;
let api: RunningApi;
let client: OpenAI;
beforeEach(async () => {
  stand = echoing();
  model = new ServedModel(stand.startJob, { library: '/', run: 'little', device: 'auto', report: () => undefined });
  api = await serveApi({ model, port: 0, template: 'dialogue', report: () => undefined });
  client = new OpenAI({ baseURL: api.address, apiKey: api.token, maxRetries: 0 });
});
afterEach(async () => {
  await api.close();
  await model.close();
});

describe("the official client of OpenAI's interface", () => {
  it('lists the model', async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toEqual(['little']);
    expect((await client.models.retrieve('little')).object).toBe('model');
  });

  it('completes a text, with usage, probabilities and all settings', async () => {
    const completion = await client.completions.create({
      model: 'little',
      prompt: 'abc',
      max_tokens: 2,
      temperature: 0.5,
      seed: 7,
      stop: ['x', 'y'],
      logprobs: 1,
      logit_bias: { 5: -3 },
      frequency_penalty: 0.25,
    });
    expect(completion.choices).toEqual([
      {
        index: 0,
        text: 'cb',
        finish_reason: 'length',
        logprobs: {
          tokens: ['c', 'b'],
          token_logprobs: [-0.5, -0.5],
          top_logprobs: [{ c: -0.5 }, { b: -0.5 }],
          text_offset: [0, 1],
        },
      },
    ]);
    expect(completion.usage).toEqual({
      ...{ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
      prompt_tokens_details: { cached_tokens: 1 },
    });
    expect(stand.asked[0]).toMatchObject({
      sampling: { temperature: 0.5, seed: 7, stop: ['x', 'y'], logit_bias: { 5: -3 }, frequency_penalty: 0.25, n: 1 },
      logprobs: 1,
    });
  });

  it('completes several prompts, several answers each', async () => {
    const { choices } = await client.completions.create({ model: 'little', prompt: ['ab', 'cd'], n: 2, echo: true });
    expect(choices.map(({ index, text }) => [index, text])).toEqual([
      [0, 'abba'],
      [1, 'abba'],
      [2, 'cddc'],
      [3, 'cddc'],
    ]);
  });

  it('streams a completion', async () => {
    const stream = await client.completions.create({
      model: 'little',
      prompt: 'abc',
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const part of stream) chunks.push(part);
    expect(chunks.map(({ choices }) => choices[0]?.text ?? null)).toEqual(['c', 'b', 'a', '', null]);
    expect(chunks.at(-2)?.choices[0].finish_reason).toBe('stop');
    expect(chunks.at(-1)?.usage?.total_tokens).toBe(6);
  });

  it('chats, streaming and not', async () => {
    const messages = [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
    ] as const;
    const whole = await client.chat.completions.create({
      model: 'little',
      messages: [...messages] as never,
      logprobs: true,
      top_logprobs: 1,
    });
    const turns = [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
    ];
    expect(stand.asked[0]).toMatchObject({
      prompt: { turns, template: 'dialogue', document: null },
      sampling: { max_tokens: 512 },
    });
    expect(whole.choices[0].message).toMatchObject({ role: 'assistant', content: 'iH' });
    expect(whole.choices[0].logprobs?.content?.[0]).toMatchObject({ token: 'i', bytes: [105] });
    const stream = client.chat.completions.stream({ model: 'little', messages: [...messages] as never });
    expect(await stream.finalContent()).toBe(whole.choices[0].message.content);
  });

  it('is told what is wrong', async () => {
    const wrong = new OpenAI({ baseURL: api.address, apiKey: 'wrong', maxRetries: 0 });
    await expect(wrong.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });
    await expect(client.models.retrieve('other')).rejects.toMatchObject({ status: 404 });
    await expect(client.completions.create({ model: 'little', prompt: 'a', top_p: 7 })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('top_p') as unknown,
    });
  });

  it('frees the work of a client that hangs up', async () => {
    const controller = new AbortController();
    const hanging = client.completions.create({ model: 'little', prompt: 'hang' }, { signal: controller.signal });
    await expect.poll(() => stand.asked.length).toBe(1);
    controller.abort();
    await expect(hanging).rejects.toThrow();
    await expect.poll(() => stand.asked.at(-1)?.type).toBe('cancel');
  });

  it('fails for the requests of a process that dies, and starts another for the next', async () => {
    const hanging = client.completions.create({ model: 'little', prompt: 'hang' });
    await expect.poll(() => stand.asked.length).toBe(1);
    stand.crash();
    await expect(hanging).rejects.toMatchObject({
      status: 500,
      message: expect.stringContaining('crashed') as unknown,
    });
    expect((await client.completions.create({ model: 'little', prompt: 'ab' })).choices[0].text).toBe('ba');
    expect(stand.starts).toBe(2);
  });
});

it('answers nobody who names another host', async () => {
  const { port } = new URL(api.address);
  const status = await new Promise((resolve) => {
    const headers = { host: 'evil.example', authorization: `Bearer ${api.token}` };
    httpRequest({ port, path: '/v1/models', headers }, ({ statusCode }) => resolve(statusCode)).end();
  });
  expect(status).toBe(403);
});

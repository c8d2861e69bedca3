import { connect } from 'node:net';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HyenaError } from '../../../../../main/contract/errors.ts';
import { ServedModel } from '../../../../../main/host/serving.ts';
import { readOrigin } from '../../../../../main/shells/api/cors.ts';
import { serveApi, type ApiOptions, type RunningApi } from '../../../../../main/shells/api/server.ts';
import { echoing } from './fake-model.ts';

interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  error: { message: string; type: string; param: string | null; code: string | null };
}

let stand: ReturnType<typeof echoing>;
let model: ServedModel;
let api: RunningApi;
let reported: HyenaError[];

async function serve(more: Partial<ApiOptions> = {}): Promise<void> {
  stand = echoing();
  reported = [];
  model = new ServedModel(stand.startJob, { library: '/', run: 'little', device: 'auto', report: () => undefined });
  const library = '/home/ada/secret library';
  api = await serveApi({ model, port: 0, template: 'dialogue', library, report: (one) => reported.push(one), ...more });
}
beforeEach(() => serve({ allowOrigins: ['https://chat.example'] }));
afterEach(async () => {
  await api.close();
  await model.close();
});

/** A request as it goes over the wire. */
function ask(
  path: string,
  body?: string | Buffer | object,
  headers: Record<string, string> = {},
  method?: string,
): Promise<Reply> {
  const { port } = new URL(api.address);
  const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        ...{ port, path, method: method ?? (bytes === undefined ? 'GET' : 'POST') },
        headers: {
          ...{
            Authorization: `Bearer ${api.token}`,
            ...(bytes !== undefined && { 'Content-Type': 'application/json' }),
          },
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => {
          const error = text.startsWith('{') ? (JSON.parse(text) as Partial<Reply>).error : undefined;
          resolve({ status: response.statusCode!, headers: response.headers, text, error: error! });
        });
      },
    );
    request.on('error', reject);
    request.end(bytes);
  });
}
const complete = (body: object) => ask('/v1/completions', { model: 'little', prompt: 'abc', ...body });
const chat = (body: object) =>
  ask('/v1/chat/completions', { model: 'little', messages: [{ role: 'user', content: 'Hi' }], ...body });
const message = (more: object) => chat({ messages: [{ role: 'user', content: 'Hi', ...more }] });

describe('the addresses', () => {
  it('addresses of the API that are unknown, and methods that are not allowed, are refused in the form of OpenAI', async () => {
    expect(await ask('/v1/embeddings', {})).toMatchObject({
      status: 404,
      error: { type: 'invalid_request_error', code: 'unknown_url' },
    });
    const wrong = await ask('/v1/completions', undefined, {}, 'GET');
    expect(wrong).toMatchObject({
      status: 405,
      headers: { allow: 'POST, OPTIONS' },
      error: { code: 'method_not_allowed' },
    });
    expect(await ask('/v1/models', {}, {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, OPTIONS' } });
    expect(await ask('/v1/models/other')).toMatchObject({
      status: 404,
      error: { param: 'model', code: 'model_not_found' },
    });
    expect(await ask('/v1/models/little/?x=1')).toMatchObject({ status: 200 });
    expect(await ask('/v1/models', undefined, {}, 'HEAD')).toMatchObject({ status: 200, text: '' });
    expect((await ask('/v1/models')).headers['x-request-id']).toMatch(/^req-/);
  });

  it.each(['//', '/v1/%E0%A4%A', 'http://[', '///v1//'])(
    'addresses of the API that are malformed (%s) are no failure of the server',
    async (path) => {
      expect((await ask(path)).status).toBeOneOf([400, 404]);
      expect(reported).toEqual([]);
    },
  );

  it('are answered with 401 without the key', async () => {
    const reply = await ask('/v1/models', undefined, { Authorization: 'Bearer x' });
    expect(reply).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
      error: { code: 'invalid_api_key' },
    });
  });

  it('answer what is no HTTP, and go on', async () => {
    const messages = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(new URL(api.address).port), '127.0.0.1', () => socket.write('BLAH\r\n\r\n'));
      socket.on('data', (piece) => (text += piece.toString())).on('close', () => resolve(text));
    });
    expect(messages).toMatch(/^HTTP\/1\.1 400 /);
    expect(messages).toContain('"type":"invalid_request_error"');
    expect((await ask('/v1/models')).status).toBe(200);
  });
});

describe('bodies', () => {
  const text = JSON.stringify({ model: 'little', prompt: 'abc' });

  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', Buffer.from(text)],
  ])('may be compressed (%s)', async (encoding, body) => {
    const reply = await ask('/v1/completions', body, { 'Content-Encoding': encoding });
    expect(reply.status).toBe(200);
    expect(reply.text).toContain('"text":"cba"');
  });

  it('bodies that are not what they say they are, are refused', async () => {
    const gzip = { 'Content-Encoding': 'gzip' };
    expect(await ask('/v1/completions', text, gzip)).toMatchObject({ status: 400, error: { code: 'invalid_body' } });
    expect(await ask('/v1/completions', gzipSync(text).subarray(0, 20), gzip)).toMatchObject({ status: 400 });
    const other = await ask('/v1/completions', text, { 'Content-Encoding': 'zstd' });
    expect(other).toMatchObject({ status: 415, headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(await ask('/v1/completions', text, { 'Content-Type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await ask('/v1/completions', text, { 'Content-Type': 'application/json; charset=utf-16' })).toMatchObject({
      status: 415,
    });
    expect(await ask('/v1/completions', text, { 'Content-Type': 'application/json; charset="UTF-8"' })).toMatchObject({
      status: 200,
    });
    expect(await ask('/v1/completions', '{"prompt":')).toMatchObject({ status: 400, error: { code: 'invalid_json' } });
    expect(await ask('/v1/completions', Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({
      status: 400,
      error: { code: 'invalid_body' },
    });
    for (const body of ['[]', 'null', '7', '"x"'])
      expect(await ask('/v1/completions', body)).toMatchObject({ status: 400, error: { code: 'invalid_type' } });
  });

  it('are bounded, also when they are inflated', async () => {
    await api.close();
    await model.close();
    await serve({ largestBody: 64 * 1024 });
    const large = JSON.stringify({ model: 'little', prompt: 'a'.repeat(1 << 20) });
    const refused = { status: 413, error: { code: 'request_too_large', type: 'invalid_request_error' } };
    expect(await ask('/v1/completions', large)).toMatchObject(refused);
    const bomb = gzipSync(large);
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(await ask('/v1/completions', bomb, { 'Content-Encoding': 'gzip' })).toMatchObject(refused);
    expect((await ask('/v1/models')).status).toBe(200);
    // One whose length is not told before is answered too, while it is still being sent.
    const { port } = new URL(api.address);
    const headers = { Authorization: `Bearer ${api.token}`, 'Content-Type': 'application/json' };
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest({ port, path: '/v1/completions', method: 'POST', headers }, ({ statusCode }) =>
        resolve(statusCode),
      );
      request.on('error', reject);
      for (let piece = 0; piece < 64; piece++) request.write(Buffer.alloc(64 * 1024, 32));
      request.end();
    });
    expect(status).toBe(413);
  });
});

describe('what is asked', () => {
  it.each([
    ['top_p', { top_p: 7 }, 'decimal_above_max_value'],
    ['temperature', { temperature: -1 }, 'decimal_below_min_value'],
    ['n', { n: 0 }, 'integer_below_min_value'],
    ['n', { n: '2' }, 'invalid_type'],
    ['max_tokens', { max_tokens: -2 }, 'integer_below_min_value'],
    ['max_tokens', { max_tokens: 1.5 }, 'invalid_type'],
    ['logprobs', { logprobs: 21 }, 'integer_above_max_value'],
    ['prompt', { prompt: 7 }, 'invalid_type'],
    ['prompt', { prompt: [] }, 'array_below_min_length'],
    ['prompt[1]', { prompt: [1, 'a'] }, 'invalid_type'],
    ['prompt[1][0]', { prompt: [[1], [null, 2]] }, 'invalid_type'],
    ['prompt', { prompt: [1, 999] }, 'invalid_value'],
    ['prompt', { prompt: [[1], [999]] }, 'invalid_value'],
    ['prompt', { prompt: 'long' }, 'context_length_exceeded'],
    ['stop', { stop: 7 }, 'invalid_type'],
    ['logit_bias', { logit_bias: { 300: 5 } }, 'invalid_value'],
    ['suffix', { suffix: 'end' }, 'unsupported_value'],
    ['best_of', { best_of: 3 }, 'unsupported_value'],
    ['mirostat', { mirostat: 2 }, 'unknown_parameter'],
    ['messages', { messages: [{ role: 'user', content: 'Hi' }] }, 'unknown_parameter'],
    ['constructor', { constructor: 1 }, 'unknown_parameter'],
    ['model', { model: 'gpt-4' }, 'model_not_found'],
  ])('and cannot be done is refused by name: %s of %j', async (param, body, code) => {
    const reply = await complete(body);
    expect(reply.error).toMatchObject({ param, code, type: 'invalid_request_error' });
    expect(reply.status).toBe(code === 'model_not_found' ? 404 : 400);
    const streamed = await complete({ ...body, stream: true });
    expect(streamed).toMatchObject({ status: reply.status, error: { param, code } });
  });

  it.each([
    ['messages', { messages: undefined }, 'missing_required_parameter'],
    ['messages', { messages: [] }, 'array_below_min_length'],
    ['messages[0].role', { messages: [{ role: 'robot', content: 'x' }] }, 'invalid_value'],
    ['messages[0].role', { messages: [{ content: 'x' }] }, 'invalid_value'],
    ['messages[0].content', { messages: [{ role: 'user', content: 7 }] }, 'invalid_type'],
    ['messages[0].shout', { messages: [{ role: 'user', content: 'x', shout: true }] }, 'unknown_parameter'],
    [
      'messages[0].tool_calls',
      {
        messages: [
          { role: 'user', content: 'x', tool_calls: [{ type: 'function', function: { name: 'f', arguments: '{}' } }] },
        ],
      },
      'unsupported_value',
    ],
    ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }, 'unsupported_parameter'],
    ['functions', { functions: [{ name: 'f' }] }, 'unsupported_parameter'],
    ['tool_choice', { tool_choice: 'required' }, 'unsupported_parameter'],
    ['modalities', { modalities: ['text', 'audio'] }, 'unsupported_parameter'],
    ['reasoning_effort', { reasoning_effort: 'high' }, 'unsupported_parameter'],
    ['top_logprobs', { top_logprobs: 5 }, 'invalid_value'],
    ['echo', { echo: true }, 'unknown_parameter'],
    ['response_format.type', { response_format: { type: 'xml' } }, 'unsupported_value'],
    ['stream_options.chunks', { stream: true, stream_options: { chunks: 5 } }, 'unknown_parameter'],
    [
      'response_format.json_schema.schema.enum',
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'k', schema: { enum: Array.from({ length: 20_000 }, (_, index) => `value ${index}`) } },
        },
      },
      'unsupported_value',
    ],
    ['response_format.json_schema', { response_format: { type: 'json_schema' } }, 'missing_required_parameter'],
    [
      'response_format.json_schema.schema.properties.a.pattern',
      {
        response_format: {
          type: 'json_schema',
          json_schema: {
            name: 'k',
            schema: { type: 'object', properties: { a: { type: 'string', pattern: '(?=x)' } } },
          },
        },
      },
      'unsupported_value',
    ],
  ])('a chat request that cannot be served is refused by name: %s of %j', async (param, body, code) => {
    const reply = await chat(body);
    expect(reply).toMatchObject({ status: 400, error: { param, code, type: 'invalid_request_error' } });
    expect(stand.asked).toEqual([]);
  });

  it.each(['image_url', 'input_image', 'input_audio', 'file', 'video_url', 'hologram'])(
    'a request with a part of the type %s is refused by its name',
    async (type) => {
      const reply = await message({
        content: [
          { type: 'text', text: 'What is this?' },
          { type, [type]: {} },
        ],
      });
      expect(reply).toMatchObject({
        status: 400,
        error: { param: 'messages[0].content[1].type', code: 'unsupported_value' },
      });
      expect(reply.error.message).toContain(type);
    },
  );

  it.each([
    { top_p: 0 },
    { max_tokens: -1 },
    { max_tokens: null },
    { model: null },
    { model: undefined },
    { prompt: [97, 98] },
    { prompt: [[97], [98, 99]] },
    { prompt: null },
    { best_of: 1, suffix: null, user: 'x', logit_bias: null },
    { n: 2, best_of: 2 },
    { top_k: -1 },
    { typical_p: 0 },
    { store: true, metadata: { a: 'b' }, service_tier: 'auto', stream_options: null },
    { unheard_of: null },
    { stop: [] },
    { response_format: { type: 'text' } },
  ])('a request as other servers take it is answered: %j', async (body) => {
    expect(await complete(body)).toMatchObject({ status: 200 });
  });

  it.each([
    { tools: [] },
    { tools: [], tool_choice: 'auto', parallel_tool_calls: true },
    { tools: [{ type: 'function', function: { name: 'f' } }], tool_choice: 'none' },
    { modalities: ['text'], audio: null, reasoning_effort: null },
    { max_tokens: -1, temperature: 0.7, stream: false },
    { response_format: { type: 'json_object' } },
    { safety_identifier: 'x', prompt_cache_key: 'y', prediction: { type: 'content', content: 'x' } },
  ])('a chat request as other servers take it is answered: %j', async (body) => {
    expect(await chat(body)).toMatchObject({ status: 200 });
  });

  it('is asked of the model as it was said', async () => {
    await complete({ top_p: 0, max_tokens: -1, logit_bias: { 97: 3 } });
    const { sampling, ...requested } = stand.asked[0] as Extract<(typeof stand.asked)[0], { type: 'complete' }>;
    expect(requested).toMatchObject({ whole: true, generate: true, echo: false, format: null });
    expect(sampling).toMatchObject({ max_tokens: 1 << 24, logit_bias: { 97: 3 } });
    expect(sampling.top_p).toBeGreaterThan(0);
    expect(sampling.top_p).toBeLessThan(1e-9);
    await chat({ response_format: { type: 'json_schema', json_schema: { name: 'k', schema: { type: 'object' } } } });
    expect(stand.asked.at(-1)).toMatchObject({ format: { type: 'json_schema', schema: { type: 'object' } } });
  });

  it('a request of turns keeps roles, calls, names, refusals and parts', async () => {
    const call = { id: 'c1', type: 'function', function: { name: 'level', arguments: '{}' } };
    const reply = await chat({
      messages: [
        { role: 'developer', content: 'Be kind.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'text', text: '!' },
          ],
          name: 'ada',
        },
        { role: 'assistant', content: null, tool_calls: [call], refusal: null, annotations: [] },
        { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: '80%' }] },
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }] },
        { role: 'user', content: [] },
        { role: 'assistant', function_call: { name: 'level', arguments: '{}' } },
        { role: 'function', name: 'level', content: '90%' },
        { role: 'user' },
      ],
    });
    expect(reply.status).toBe(200);
    const { prompt } = stand.asked[0] as Extract<(typeof stand.asked)[0], { type: 'complete' }>;
    expect((prompt as { turns: unknown[] }).turns).toEqual([
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hi!', name: 'ada' },
      { role: 'assistant', content: '', tool_calls: [call] },
      { role: 'tool', content: '80%', tool_call_id: 'c1' },
      { role: 'assistant', content: 'no' },
      { role: 'user', content: '' },
      { role: 'assistant', content: '', tool_calls: [{ type: 'function', function: call.function }] },
      { role: 'tool', content: '90%', name: 'level' },
      { role: 'user', content: '' },
    ]);
  });
});

describe('pages in browsers', () => {
  const preflight = (origin: string, more: Record<string, string> = {}) =>
    ask(
      '/v1/chat/completions',
      undefined,
      { Origin: origin, Authorization: '', 'Access-Control-Request-Method': 'POST', ...more },
      'OPTIONS',
    );

  it.each(['https://chat.example', 'http://localhost:5173', 'http://127.0.0.1', 'https://[::1]:8443'])(
    'pages in browsers of %s may ask, and are told so without a key',
    async (origin) => {
      const reply = await preflight(origin, {
        'Access-Control-Request-Headers': 'authorization, x-stainless-lang',
        'Access-Control-Request-Private-Network': 'true',
      });
      expect(reply).toMatchObject({
        status: 204,
        headers: {
          'access-control-allow-origin': origin,
          'access-control-allow-headers': 'authorization, x-stainless-lang',
          'access-control-allow-private-network': 'true',
        },
      });
      expect(reply.headers['access-control-allow-methods']).toContain('POST');
      expect(reply.headers.vary).toContain('Origin');
      // Answers too, streams and errors among them; the key is needed all the same.
      for (const answer of [
        await ask('/v1/models', undefined, { Origin: origin }),
        await ask('/v1/models', undefined, { Origin: origin, Authorization: '' }),
        await ask('/v1/completions', { prompt: 'ab', stream: true }, { Origin: origin }),
        await ask('/v1/completions', '{', { Origin: origin }),
      ])
        expect(answer.headers['access-control-allow-origin'], String(answer.status)).toBe(origin);
      expect((await ask('/v1/models', undefined, { Origin: origin, Authorization: '' })).status).toBe(401);
    },
  );

  it.each([
    'https://evil.example',
    'https://chat.example.evil',
    'http://chat.example',
    'null',
    'http://localhost.evil',
  ])('pages in browsers of %s are refused', async (origin) => {
    const reply = await preflight(origin);
    expect(reply).toMatchObject({ status: 403, error: { code: 'origin_not_allowed' } });
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    expect(
      (await ask('/v1/models', undefined, { Origin: origin })).headers['access-control-allow-origin'],
    ).toBeUndefined();
  });

  it('are all allowed where the setting says so', async () => {
    await api.close();
    await model.close();
    await serve({ allowOrigins: ['*'] });
    expect((await preflight('https://any.example')).headers['access-control-allow-origin']).toBe('https://any.example');
  });

  it('are named by their origins alone', () => {
    expect(readOrigin('https://Chat.example/')).toBe('https://chat.example');
    expect(readOrigin('http://192.0.2.7:3000')).toBe('http://192.0.2.7:3000');
    expect(readOrigin('*')).toBe('*');
    for (const wrong of ['chat.example', 'https://chat.example/path', 'https://a@b.example', ''])
      expect(readOrigin(wrong), wrong).toBeNull();
  });
});

describe('streams', () => {
  const events = ({ text }: Reply) =>
    text
      .split('\n\n')
      .filter((line) => line.startsWith('data: {'))
      .map(
        (line) =>
          JSON.parse(line.slice(6)) as {
            choices: {
              index: number;
              text: string;
              logprobs: { tokens: string[]; text_offset: number[]; token_logprobs: (number | null)[] } | null;
            }[];
          },
      );

  it('tell the prompt first, with probabilities and places that go on from piece to piece', async () => {
    const reply = await complete({ prompt: 'ab', echo: true, logprobs: 1, n: 2, stream: true });
    const choices = events(reply).flatMap((event) => event.choices);
    for (const index of [0, 1]) {
      const own = choices.filter((one) => one.index === index);
      expect(own.map(({ text }) => text).join('')).toBe('abba');
      expect(own.flatMap(({ logprobs }) => logprobs?.tokens ?? [])).toEqual(['a', 'b', 'b', 'a']);
      expect(own.flatMap(({ logprobs }) => logprobs?.text_offset ?? [])).toEqual([0, 1, 2, 3]);
      expect(own.flatMap(({ logprobs }) => logprobs?.token_logprobs ?? [])).toEqual([null, -1, -0.5, -0.5]);
    }
    const silent = await complete({ prompt: 'ab', max_tokens: 0, echo: true, logprobs: 1, stream: true });
    expect(events(silent).map(({ choices: [one] }) => one.text)).toEqual(['ab', '']);
  });

  it('begin before the prompt is read, and show signs of life', async () => {
    await api.close();
    await model.close();
    await serve({ times: { quiet: 20, stalled: 1000 } });
    const controller = new AbortController();
    const response = await fetch(`${api.address}/completions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${api.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ prompt: 'hang', stream: true }),
      signal: controller.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while ((text.match(/^: /gm) ?? []).length < 4) text += (await reader.read()).value ?? '';
    expect(text).toMatch(/^(: .+\n\n)+$/);
    controller.abort();
    await expect.poll(() => stand.asked.at(-1)?.type).toBe('cancel');
  });

  it('end where the client does not take them: little waits, and the work is freed', async () => {
    await api.close();
    await model.close();
    await serve({ times: { quiet: 1000, stalled: 300 } });
    const body = JSON.stringify({ prompt: 'flood', stream: true });
    const socket = connect(Number(new URL(api.address).port), '127.0.0.1', () => {
      socket.pause();
      socket.write(
        `POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    });
    socket.on('error', () => undefined);
    await expect.poll(() => stand.asked.at(-1)?.type, { timeout: 10_000 }).toBe('cancel');
    expect(stand.sent).toBeLessThan(64 * 1024 * 1024);
    socket.destroy();
    expect((await ask('/v1/models')).status).toBe(200);
  });
});

describe('failures', () => {
  it('are reported whole, and to clients without the places of files', async () => {
    const reply = await complete({ prompt: 'break' });
    expect(reply).toMatchObject({ status: 500, error: { type: 'server_error', code: 'internal' } });
    expect(reply.text).not.toContain('ada');
    expect(reply.text).not.toContain('model.safetensors');
    expect(reported[0].message).toContain('/home/ada/secret library');
  });

  it('failures of one prompt end the work for the others', async () => {
    expect(await complete({ prompt: ['hang', 'long'] })).toMatchObject({
      status: 400,
      error: { code: 'context_length_exceeded' },
    });
    await expect.poll(() => stand.asked.some(({ type }) => type === 'cancel')).toBe(true);
  });
});

it('too many prompts are refused as too many, not as of a wrong type', async () => {
  expect(await complete({ prompt: Array<string>(1025).fill('a') })).toMatchObject({
    status: 400,
    error: { param: 'prompt', code: 'array_above_max_length' },
  });
});

it('a client that breaks off in the middle of its request is nothing to report', async () => {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { port } = new URL(api.address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    socket.write(
      `POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${api.token}\r\nContent-Length: 500\r\n\r\n{"pro`,
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.resetAndDestroy();
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await ask('/v1/models')).status).toBe(200);
  expect(reported).toEqual([]);
});

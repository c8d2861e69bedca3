import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TemplateName } from '../../contract/conversation.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import type { GeneratedPiece } from '../../contract/serving.ts';
import type { ServedModel, ServingProgress } from '../../host/serving.ts';
import { createCarefulServer } from '../http/careful-server.ts';
import { isOwnHost, sameSecret } from '../server/guard.ts';
import { choice, reply, usage, type EchoedPrompt, type Head, type ListedToken } from './answers.ts';
import { readBody } from './body.ts';
import { Cors } from './cors.ts';
import { ApiError, asApiError, refusedValue } from './errors.ts';
import { parseChatRequest, parseCompletionRequest, type ParsedRequest } from './requests.ts';
import { EventStreamWriter, defaultTimes, type StreamTimes } from './stream.ts';

export interface ApiOptions {
  model: ServedModel;
  port: number;
  /** What clients must show; made up where left out. */
  token?: string;
  template: TemplateName;
  /** Origins of pages that may ask, besides those of this machine. */
  allowOrigins?: readonly string[];
  /** Folder of the library, which is left out of answers. */
  library?: string;
  times?: StreamTimes;
  /** Bytes of a body; left out: 64 MiB. */
  largestBody?: number;
  report: (error: HyenaError) => void;
}

export interface RunningApi {
  /** Base of the addresses, as clients want it. */
  readonly address: string;
  readonly token: string;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** OpenAI's interface to one model, on this machine's loopback, for who has the token. */
class ApiServer {
  readonly #options: ApiOptions;
  readonly #token: string;
  readonly #server: Server;
  readonly #cors: Cors;
  readonly #started = Math.floor(Date.now() / 1000);

  constructor(options: ApiOptions) {
    this.#options = options;
    this.#token = options.token ?? `hy-${randomBytes(24).toString('base64url')}`;
    this.#cors = new Cors(options.allowOrigins ?? []);
    this.#server = createCarefulServer((request, response) => {
      // A connection that breaks is not a failure of the server: `close` follows and ends the work.
      request.on('error', () => undefined);
      this.#answer(request, response).catch((error: unknown) => this.#fail(request, response, error));
    }, refusalOfUnreadable);
  }

  async listen(): Promise<RunningApi> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (cause: NodeJS.ErrnoException) => {
        const { code } = cause;
        reject(
          code === 'EADDRINUSE'
            ? new HyenaError('usage', msg`Port ${String(this.#options.port)} is already in use.`, {
                hint: 'Use another port, or 0 for any free one.',
                cause,
              })
            : HyenaError.from(cause),
        );
      });
      this.#server.listen(this.#options.port, '127.0.0.1', resolve);
    });
    this.#server.on('error', (error) => this.#options.report(HyenaError.from(error)));
    const { port } = this.#server.address() as AddressInfo;
    return { address: `http://127.0.0.1:${port}/v1`, token: this.#token, close: () => this.#close() };
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('X-Request-Id', `req-${randomUUID()}`);
    if (!isOwnHost(request.headers.host))
      throw new ApiError(403, 'The server accepts requests from this computer only.');
    this.#cors.mark(request, response);
    if (request.method === 'OPTIONS') return this.#cors.preflight(request, response);
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!sameSecret(given, this.#token))
      throw new ApiError(401, 'Missing or incorrect API key. It is printed by hyena serve --api.', {
        code: 'invalid_api_key',
        headers: { 'WWW-Authenticate': 'Bearer' },
      });
    const path = pathOf(request.url ?? '/');
    const handlers = this.#handlers(path);
    if (!handlers) throw new ApiError(404, `Unknown URL: ${request.method} ${path}.`, { code: 'unknown_url' });
    const handler = handlers[request.method === 'HEAD' ? 'GET' : (request.method ?? '')];
    if (!handler) {
      const allowed = [...Object.keys(handlers), 'OPTIONS'].join(', ');
      throw new ApiError(405, `${path} takes ${allowed}, not ${request.method}.`, {
        code: 'method_not_allowed',
        headers: { Allow: allowed },
      });
    }
    await handler(request, response);
  }

  /** What an address answers, by method; null if there is nothing. */
  #handlers(path: string): Partial<Record<string, Handler>> | null {
    const { model, template, largestBody } = this.#options;
    const described = { id: model.run, object: 'model', created: this.#started, owned_by: 'hyena-studio' };
    if (path === '/v1/models')
      return { GET: (_, response) => send(response, 200, { object: 'list', data: [described] }) };
    if (path.startsWith('/v1/models/')) {
      const requested = path.slice('/v1/models/'.length);
      return {
        GET: (_, response) => {
          this.#checkModel(requested);
          send(response, 200, described);
        },
      };
    }
    const write = (orderOf: (body: unknown) => ParsedRequest): Handler => {
      return async (request, response) => this.#write(response, orderOf(await readBody(request, largestBody)));
    };
    if (path === '/v1/completions') return { POST: write(parseCompletionRequest) };
    if (path === '/v1/chat/completions') return { POST: write((body) => parseChatRequest(body, template)) };
    return null;
  }

  #checkModel(requested: string): void {
    const { run } = this.#options.model;
    if (requested === run) return;
    throw new ApiError(404, `The model '${requested}' not found. This server provides '${run}'.`, {
      param: 'model',
      code: 'model_not_found',
    });
  }

  async #write(response: ServerResponse, order: ParsedRequest): Promise<void> {
    const { kind, prompts, sampling, logprobs } = order;
    const { model, library, times = defaultTimes } = this.#options;
    if (order.model !== null) this.#checkModel(order.model);
    const promptParam = kind === 'chat' ? 'messages' : 'prompt';
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const head: Head = {
      id: `${kind === 'chat' ? 'chatcmpl' : 'cmpl'}-${randomUUID()}`,
      created: Math.floor(Date.now() / 1000),
      model: model.run,
    };
    const stream = order.stream ? new EventStreamWriter(response, order, head, times) : null;
    const gathered = new Gathered(order, stream);
    try {
      checkBias(sampling.logit_bias, (await model.ready()).vocabulary);
      // Each prompt is its own request, so that none holds up another.
      const finished = await Promise.all(
        prompts.map((prompt, index) => {
          const { echo, generate, format } = order;
          return model.complete(
            { prompt, sampling, logprobs, echo, generate, format, whole: true },
            (event) => gathered.hear(index, event),
            gone.signal,
          );
        }),
      );
      const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
      const answers = finished.flatMap((one) => one.answers);
      const used = usage(
        sum(finished.map((one) => one.promptTokens)),
        sum(finished.map((one) => one.cachedTokens)),
        sum(answers.map((answer) => answer.tokens)),
      );
      if (stream) return stream.end(answers, used);
      const choices = answers.map((answer, index) =>
        choice(
          kind,
          index,
          answer,
          logprobs === null ? null : gathered.tokens[index],
          order.echo ? gathered.echoes[Math.floor(index / sampling.n)] : null,
        ),
      );
      send(response, 200, reply(kind, head, choices, used));
    } catch (thrown) {
      if (gone.signal.aborted) return;
      const error = asApiError(thrown, promptParam, library);
      if (error.status >= 500) this.#options.report(HyenaError.from(thrown));
      if (stream && response.headersSent) stream.fail(error);
      else refuse(response, error);
      // The other prompts of the request are not answered either.
      gone.abort();
    }
  }

  #fail(request: IncomingMessage, response: ServerResponse, thrown: unknown): void {
    // A client that is gone in the middle of its request is told nothing, nor is the person at the terminal.
    if (!request.complete && request.destroyed) return void response.destroy();
    const error = asApiError(thrown, null, this.#options.library);
    if (error.status >= 500) this.#options.report(HyenaError.from(thrown));
    if (response.headersSent) response.destroy();
    else refuse(response, error);
  }
}

/** What the prompts of a request have brought so far. */
class Gathered {
  readonly tokens: GeneratedPiece['tokens'][];
  readonly echoes: (EchoedPrompt & { text: string; tokens: ListedToken[] })[];
  readonly #order: ParsedRequest;
  readonly #stream: EventStreamWriter | null;
  /** What comes before all prompts are accepted: until then the request may be refused. */
  readonly #early: [prompt: number, event: ServingProgress][] = [];
  #accepted = 0;

  constructor(order: ParsedRequest, stream: EventStreamWriter | null) {
    const { prompts, sampling } = order;
    this.#order = order;
    this.#stream = stream;
    this.tokens = Array.from({ length: prompts.length * sampling.n }, () => []);
    this.echoes = prompts.map(() => ({ text: '', tokens: [] }));
  }

  hear(prompt: number, event: ServingProgress): void {
    const { n } = this.#order.sampling;
    const stream = this.#stream;
    if (event.type === 'accepted') {
      if (++this.#accepted < this.#order.prompts.length) return;
      stream?.begin();
      for (const early of this.#early.splice(0)) this.hear(...early);
      return;
    }
    if (stream && this.#accepted < this.#order.prompts.length) return void this.#early.push([prompt, event]);
    switch (event.type) {
      case 'reading':
        return stream?.reading(event.done);
      case 'echo':
        if (stream) for (let answer = 0; answer < n; answer++) stream.piece(prompt * n + answer, event);
        else {
          this.echoes[prompt].text += event.text;
          for (const token of event.tokens) this.echoes[prompt].tokens.push(token);
        }
        return;
      case 'piece': {
        const place = prompt * n + event.answer;
        if (stream) stream.piece(place, event);
        else for (const token of event.tokens) this.tokens[place].push(token);
        return;
      }
      case 'prompt':
        return;
    }
  }
}

/** @throws ApiError for a bias of a token that there is not: it would be ignored */
function checkBias(biases: Readonly<Record<string, number>>, vocabulary: number): void {
  const wrong = Object.keys(biases).find((id) => Number(id) >= vocabulary);
  if (wrong !== undefined)
    throw refusedValue(
      'logit_bias',
      `Token ${wrong} in 'logit_bias' is not in the vocabulary: valid ids are 0 to ${vocabulary - 1}.`,
      'invalid_value',
    );
}

/** The path of a request without a slash at its end. @throws ApiError 400 for what is not an address */
function pathOf(url: string): string {
  const [path] = url.split(/[?#]/);
  try {
    return decodeURIComponent(path).replace(/(?<=.)\/+$/, '');
  } catch {
    throw new ApiError(400, 'The URL is malformed.', { code: 'invalid_url' });
  }
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  if (response.destroyed || response.writableEnded) return;
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

const refuse = (response: ServerResponse, error: ApiError): void =>
  send(response, error.status, error.body, error.headers);

/** What is not HTTP gets its answer too. */
const refusalOfUnreadable = (status: number): string => {
  const why = status === 408 ? 'The request did not arrive in time.' : 'The request is not valid HTTP.';
  return JSON.stringify(new ApiError(status, why, { code: 'invalid_request' }).body);
};

/** Serves a model until it is closed. @throws HyenaError `usage` where the port is taken */
export function serveApi(options: ApiOptions): Promise<RunningApi> {
  return new ApiServer(options).listen();
}

import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TemplateName } from '../../contract/conversation.ts';
import { HyenaError, type ErrorCode } from '../../contract/errors.ts';
import { told } from '../../contract/told.ts';
import type { CompletionRequest, Piece } from '../../contract/serving.ts';
import type { ServedModel } from '../../host/serving.ts';
import { isOwnHost, sameSecret } from '../server/guard.ts';
import { choice, chunk, lastChoice, pieceChoice, reply, usage, type Head, type Kind } from './answers.ts';
import { chatBodySchema, chatPrompt, checkBody, completionBodySchema, promptsOf, samplingOf } from './requests.ts';

export interface ApiOptions {
  model: ServedModel;
  port: number;
  /** What clients must show; made up where left out. */
  token?: string;
  template: TemplateName;
  report: (error: HyenaError) => void;
}

export interface RunningApi {
  /** Base of the addresses, as clients want it. */
  readonly address: string;
  readonly token: string;
  close(): Promise<void>;
}

const largestBody = 64 * 1024 * 1024;
const statusOf: Partial<Record<ErrorCode, number>> = {
  usage: 400,
  'bad-input': 400,
  configuration: 400,
  'not-found': 404,
  'out-of-memory': 503,
};

/** A request in OpenAI's words, as the model is asked. */
interface Order {
  readonly kind: Kind;
  readonly prompts: readonly CompletionRequest['prompt'][];
  readonly sampling: ReturnType<typeof samplingOf>;
  readonly logprobs: number | null;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly echo: boolean;
}

/** OpenAI's interface to one model, on this machine's loopback, for who has the token. */
class ApiServer {
  readonly #options: ApiOptions;
  readonly #token: string;
  readonly #server: Server;
  readonly #started = Math.floor(Date.now() / 1000);

  constructor(options: ApiOptions) {
    this.#options = options;
    this.#token = options.token ?? `hy-${randomBytes(24).toString('base64url')}`;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => this.#fail(response, error));
    });
  }

  async listen(): Promise<RunningApi> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (cause: NodeJS.ErrnoException) => {
        const { code } = cause;
        reject(
          code === 'EADDRINUSE'
            ? new HyenaError('usage', told`Port ${this.#options.port} is taken.`, {
                hint: 'Use another, or 0 for any.',
                cause,
              })
            : HyenaError.from(cause),
        );
      });
      this.#server.listen(this.#options.port, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return { address: `http://127.0.0.1:${port}/v1`, token: this.#token, close: () => this.#close() };
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnHost(request.headers.host)) return refuse(response, 403, 'The server answers this machine alone.');
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!sameSecret(given, this.#token))
      return refuse(response, 401, 'The API key is missing or wrong: hyena serve --api prints it.', 'invalid_api_key');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const route = `${request.method} ${pathname.replace(/\/$/, '')}`;
    const { model } = this.#options;
    const described = { id: model.run, object: 'model', created: this.#started, owned_by: 'hyena-studio' };
    if (route === 'GET /v1/models') return send(response, 200, { object: 'list', data: [described] });
    if (route === `GET /v1/models/${encodeURIComponent(model.run)}`) return send(response, 200, described);
    if (route === 'POST /v1/completions') return this.#write(response, completionOrder(await bodyOf(request)));
    if (route === 'POST /v1/chat/completions')
      return this.#write(response, chatOrder(await bodyOf(request), this.#options.template));
    refuse(response, 404, `There is nothing at ${route}.`);
  }

  async #write(response: ServerResponse, order: Order): Promise<void> {
    const { kind, prompts, sampling, logprobs, stream } = order;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const prefix = kind === 'chat' ? 'chatcmpl' : 'cmpl';
    const head: Head = {
      id: `${prefix}-${randomUUID()}`,
      created: Math.floor(Date.now() / 1000),
      model: this.#options.model.run,
    };
    const streamed = stream ? new Stream(response, order, head) : null;
    const tokens: Piece['tokens'][] = Array.from({ length: prompts.length * sampling.n }, () => []);
    try {
      // Each prompt is a request of its own, so that none holds up another.
      const finished = await Promise.all(
        prompts.map((prompt, index) =>
          this.#options.model.complete(
            { prompt, sampling, logprobs },
            (piece) => {
              if (piece.type !== 'piece') return;
              const place = index * sampling.n + piece.answer;
              if (streamed) streamed.piece(place, piece);
              else tokens[place].push(...piece.tokens);
            },
            gone.signal,
          ),
        ),
      );
      const promptTokens = finished.reduce((sum, one) => sum + one.promptTokens, 0);
      const answers = finished.flatMap((one) => one.answers);
      const used = usage(
        promptTokens,
        finished.reduce((sum, one) => sum + one.cachedTokens, 0),
        answers.reduce((sum, answer) => sum + answer.tokens, 0),
      );
      if (streamed) return streamed.end(answers, used);
      const echoOf = (index: number) => {
        const prompt = prompts[Math.floor(index / sampling.n)];
        return order.echo && typeof prompt === 'string' ? prompt : '';
      };
      const choices = answers.map((answer, index) =>
        choice(kind, index, answer, logprobs === null ? null : tokens[index], echoOf(index)),
      );
      send(response, 200, reply(kind, head, choices, used));
    } catch (error) {
      if (!gone.signal.aborted) this.#fail(response, error);
    }
  }

  #fail(response: ServerResponse, thrown: unknown): void {
    const error = HyenaError.from(thrown);
    const status = statusOf[error.code] ?? 500;
    if (status === 500) this.#options.report(error);
    const message = [error.message, error.hint].filter(Boolean).join(' ');
    if (response.headersSent) {
      response.write(
        `data: ${JSON.stringify({ error: { message, type: 'server_error', param: null, code: error.code } })}\n\n`,
      );
      response.end();
    } else refuse(response, status, message, error.code);
  }
}

/** A reply as server-sent events. */
class Stream {
  readonly #response: ServerResponse;
  readonly #order: Order;
  readonly #head: Head;

  constructor(response: ServerResponse, order: Order, head: Head) {
    this.#response = response;
    this.#order = order;
    this.#head = head;
  }

  piece(index: number, piece: Piece): void {
    this.#begin();
    this.#send([pieceChoice(this.#order.kind, index, piece, this.#order.logprobs !== null)]);
  }

  end(answers: Parameters<typeof lastChoice>[2][], used: ReturnType<typeof usage>): void {
    this.#begin();
    for (const [index, answer] of answers.entries()) this.#send([lastChoice(this.#order.kind, index, answer)]);
    if (this.#order.includeUsage) this.#send([], used);
    this.#response.write('data: [DONE]\n\n');
    this.#response.end();
  }

  #begin(): void {
    if (this.#response.headersSent) return;
    this.#response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
    const { kind, prompts, sampling } = this.#order;
    if (kind === 'completion') return;
    for (let index = 0; index < prompts.length * sampling.n; index++)
      this.#send([{ index, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }]);
  }

  #send(choices: object[], used?: object): void {
    const asked = this.#order.includeUsage ? (used ?? null) : undefined;
    this.#response.write(`data: ${JSON.stringify(chunk(this.#order.kind, this.#head, choices, asked))}\n\n`);
  }
}

function completionOrder(value: unknown): Order {
  const body = checkBody(completionBodySchema, value);
  return {
    kind: 'completion',
    prompts: promptsOf(body),
    sampling: samplingOf(body, body.max_tokens ?? 16),
    logprobs: body.logprobs ?? null,
    stream: body.stream ?? false,
    includeUsage: body.stream_options?.include_usage ?? false,
    echo: body.echo ?? false,
  };
}

function chatOrder(value: unknown, template: TemplateName): Order {
  const body = checkBody(chatBodySchema, value);
  return {
    kind: 'chat',
    prompts: [chatPrompt(body, template)],
    sampling: samplingOf(body, body.max_completion_tokens ?? body.max_tokens ?? 512),
    logprobs: body.logprobs ? (body.top_logprobs ?? 0) : null,
    stream: body.stream ?? false,
    includeUsage: body.stream_options?.include_usage ?? false,
    echo: false,
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > largestBody) throw new HyenaError('usage', told`A request may have ${largestBody >> 20} MiB.`);
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch (cause) {
    throw new HyenaError('usage', 'The request is not JSON.', { cause });
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, message: string, code: string | null = null): void {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  send(response, status, { error: { message, type, param: null, code } });
}

/** Serves a model until it is closed. @throws HyenaError `usage` where the port is taken */
export function serveApi(options: ApiOptions): Promise<RunningApi> {
  return new ApiServer(options).listen();
}

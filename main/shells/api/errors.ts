import type { z } from 'zod';
import { HyenaError, type ErrorCode } from '../../contract/errors.ts';
import { RefusedRequest } from '../../host/serving.ts';

interface ApiErrorDetails {
  /** The part of the request that is at fault, as `messages[0].role`. */
  readonly param?: string | null;
  readonly code?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A failure in the form of OpenAI's interface. */
export class ApiError extends Error {
  readonly status: number;
  readonly param: string | null;
  readonly code: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, { param = null, code = null, headers = {} }: ApiErrorDetails = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.param = param;
    this.code = code;
    this.headers = headers;
  }

  get type(): string {
    return this.status >= 500 ? 'server_error' : 'invalid_request_error';
  }

  /** What a client gets. */
  get body(): { error: { message: string; type: string; param: string | null; code: string | null } } {
    return { error: { message: this.message, type: this.type, param: this.param, code: this.code } };
  }
}

/** A value of a request that cannot be done. */
export const refusedValue = (param: string, message: string, code = 'unsupported_value'): ApiError =>
  new ApiError(400, message, { param, code });

const statusOf: Partial<Record<ErrorCode, number>> = {
  usage: 400,
  'bad-input': 400,
  configuration: 400,
  'not-found': 404,
  'out-of-memory': 503,
  interrupted: 503,
};

/** Absolute paths say where somebody keeps what, which is no client's affair. */
const absolutePath = /(?:\b[A-Za-z]:)?[\\/](?:[^\s'":;,\\/]+[\\/])+[^\s'":;,]*/g;

/**
 * Any failure of an answer as a client gets it.
 *
 * @param promptParam where the request has its prompt
 * @param library whose path is left out of what is said
 */
export function asApiError(thrown: unknown, promptParam: string | null = null, library = ''): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const error = HyenaError.from(thrown);
  const words = [error.message, error.hint].filter(Boolean).join(' ');
  const message = (library === '' ? words : words.replaceAll(library, '…')).replaceAll(absolutePath, '…');
  if (error instanceof RefusedRequest) {
    const code = error.refusal === 'too-long' ? 'context_length_exceeded' : 'invalid_value';
    return new ApiError(400, message, { param: promptParam, code });
  }
  return new ApiError(statusOf[error.code] ?? 500, message, { code: error.code });
}

type Issue = z.core.$ZodIssue;

/** `messages[0].content[1].type` */
export const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('');

/** Of a union, what is wrong with the alternative that the value comes nearest to. */
function innermost(issue: Issue): { issue: Issue; expected: string | null } {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return { issue, expected: null };
  // The one whose values are all of the right kind, but for their number or size.
  const sized = issue.errors.find(
    (issues) => issues.length > 0 && issues.every(({ code }) => code !== 'invalid_type' && code !== 'invalid_union'),
  );
  if (sized) return { issue: { ...sized[0], path: [...issue.path, ...sized[0].path] }, expected: null };
  const first = issue.errors.map((issues) => issues[0]);
  // The one that has the most of it right.
  const placeOf = ({ path: [place] }: Issue): number => (typeof place === 'number' ? place : -1);
  const nearest = first
    .filter((one) => one.path.length > 0 || one.code !== 'invalid_type')
    .sort((a, b) => b.path.length - a.path.length || placeOf(b) - placeOf(a))
    .at(0);
  // Paths within a union begin at its value.
  if (nearest) return innermost({ ...nearest, path: [...issue.path, ...nearest.path] });
  return { issue, expected: [...new Set(first.map(expectedIn))].join(' or ') };
}

const expectedIn = (issue: Issue): string => (issue.code === 'invalid_type' ? issue.expected : 'another value');

function codeOf(issue: Issue): string {
  if (issue.code === 'invalid_type')
    return /received undefined/.test(issue.message) ? 'missing_required_parameter' : 'invalid_type';
  if (issue.code === 'too_small') return rangeCode(issue, 'below_min');
  if (issue.code === 'too_big') return rangeCode(issue, 'above_max');
  return issue.code === 'custom' ? String(issue.params?.['code'] ?? 'invalid_value') : 'invalid_value';
}

/** Whole numbers among what may be asked. */
const whole = new Set([
  ...['n', 'best_of', 'max_tokens', 'max_completion_tokens', 'logprobs', 'top_logprobs', 'top_k', 'seed'],
]);

function rangeCode({ origin, path }: Issue & { origin: string }, what: 'below_min' | 'above_max'): string {
  if (origin !== 'int' && origin !== 'number') return `${origin}_${what}_length`;
  return `${origin === 'int' || whole.has(String(path.at(-1))) ? 'integer' : 'decimal'}_${what}_value`;
}

/** What is wrong with a body, in the form of OpenAI's interface. */
export function asBodyError(error: z.ZodError): ApiError {
  const { issue, expected } = innermost(error.issues[0]);
  if (issue.code === 'unrecognized_keys') {
    const param = pathText([...issue.path, issue.keys[0]]);
    return new ApiError(400, `Unknown parameter: '${param}'.`, { param, code: 'unknown_parameter' });
  }
  const param = pathText(issue.path);
  const code = expected === null ? codeOf(issue) : 'invalid_type';
  const message =
    code === 'missing_required_parameter'
      ? `Missing required parameter: '${param}'.`
      : expected === null
        ? issue.message
        : `expected ${expected}`;
  const named = message.includes(`'${param}'`) || param === '' ? message : `Invalid '${param}': ${message}`;
  return new ApiError(400, named.endsWith('.') ? named : `${named}.`, { param: param || null, code });
}

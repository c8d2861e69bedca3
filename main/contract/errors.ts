import { toMessage, toEnglish, msg, type MessageLike, type Message } from './message.ts';

/** Every kind of failure a person can meet; the shells map them to exit codes and messages. */
export const errorCodes = [
  'usage', // the command or request is malformed
  'configuration', // a value is out of bounds, a key is unknown
  'not-found', // a dataset, run, file or device does not exist
  'already-exists',
  'locked', // another process holds it
  'bad-input', // a file cannot be read as what it claims to be
  'unreachable', // a server does not give what was asked for
  'damaged', // a checkpoint or shard fails its checksum
  'out-of-memory',
  'disk-full',
  'read-only', // the system does not allow writing there
  'numerical', // the loss or the gradients stopped being finite
  'device', // the device failed or lacks an operation
  'interrupted',
  'internal', // a defect of this program
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** The three sentences of every error: what happened, what was kept, what to do; and how to do it in a terminal. */
export interface ErrorReport {
  readonly code: ErrorCode;
  /** What happened. */
  readonly message: Message;
  /** Which data are safe. */
  readonly kept?: Message | undefined;
  /** What to do. */
  readonly hint?: Message | undefined;
  /** A command that does it, shown in terminals only. */
  readonly command?: string | undefined;
}

/** A failure with a code and the three sentences of {@link ErrorReport}. */
export class HyenaError extends Error {
  readonly code: ErrorCode;
  /** What to type in a terminal; the window has buttons instead. */
  readonly command: string | undefined;
  /** The sentences; `message` of every Error is the English of the first. */
  readonly messages: {
    readonly message: Message;
    readonly kept: Message | undefined;
    readonly hint: Message | undefined;
  };

  constructor(
    code: ErrorCode,
    message: MessageLike,
    details: { kept?: MessageLike; hint?: MessageLike; command?: string; cause?: unknown } = {},
  ) {
    super(toEnglish(message), { cause: details.cause });
    this.name = 'HyenaError';
    this.code = code;
    const { kept, hint } = details;
    this.messages = {
      message: toMessage(message),
      kept: kept === undefined ? undefined : toMessage(kept),
      hint: hint === undefined ? undefined : toMessage(hint),
    };
    this.command = details.command;
  }

  /** English. */
  get kept(): string | undefined {
    return this.messages.kept && toEnglish(this.messages.kept);
  }

  /** English. */
  get hint(): string | undefined {
    return this.messages.hint && toEnglish(this.messages.hint);
  }

  /** The error as it travels between processes. */
  toReport(): ErrorReport {
    return { code: this.code, ...this.messages, command: this.command };
  }

  static fromReport(report: ErrorReport): HyenaError {
    const { code, message, kept, hint, command } = report;
    return new HyenaError(code, message, { kept, hint, command });
  }

  /** Any thrown value as a HyenaError; errors of the system are recognised, the rest is `internal`. */
  static from(thrown: unknown): HyenaError {
    if (thrown instanceof HyenaError) return thrown;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const systemCode = (error as { code?: unknown }).code;
    if (systemCode === 'ENOSPC' || systemCode === 'EDQUOT')
      return new HyenaError('disk-full', msg`The disk is full: ${toMessage(error.message)}`, {
        hint: 'Free some disk space, then resume from the last checkpoint.',
        cause: error,
      });
    const refused = folderRefused(error);
    if (refused !== null)
      return new HyenaError('read-only', msg`No permission to write to ${refused}.`, {
        hint: 'Give this user write permission for that folder, or choose another library folder.',
        cause: error,
      });
    if (systemCode === 'ENOENT') return new HyenaError('not-found', error.message, { cause: error });
    return new HyenaError('internal', error.message, { cause: error });
  }
}

/** The folder that an error of the system says cannot be written to; null for other errors. */
function folderRefused(error: Error): string | null {
  const { code, syscall, path } = error as { code?: unknown; syscall?: unknown; path?: unknown };
  const place = typeof path === 'string' ? path : '';
  // Files are read by `open` too; those that are written are temporary ones first.
  const writes = ['mkdir', 'rename', 'link', 'unlink', 'truncate'].includes(String(syscall)) || place.endsWith('.tmp');
  if (code !== 'EROFS' && !(writes && (code === 'EACCES' || code === 'EPERM'))) return null;
  return place === '' ? error.message : place.replace(/[/\\][^/\\]*$/, '') || '/';
}

/** What happened, as a part of another sentence: this program's words, or those of the system or a library. */
export const messageOf = (thrown: unknown): Message =>
  thrown instanceof HyenaError
    ? thrown.messages.message
    : toMessage(thrown instanceof Error ? thrown.message : String(thrown));

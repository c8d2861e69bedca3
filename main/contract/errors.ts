import { z } from 'zod';
import { asTold, english, told, toldSchema, type Text, type Told } from './told.ts';

/** Every kind of failure a person can meet; the shells map them to exit codes and messages. */
export const errorCodeSchema = z.enum([
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
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** The three sentences every error is told in: what happened, what was kept, what to do. */
export const errorReportSchema = z.strictObject({
  code: errorCodeSchema,
  message: z.string().describe('What happened'),
  kept: z.string().optional().describe('What was kept'),
  hint: z.string().optional().describe('What to do'),
  told: z
    .strictObject({ message: toldSchema, kept: toldSchema, hint: toldSchema })
    .partial()
    .optional()
    .describe('Those of the sentences that have values in them, as they are translated'),
});
export type ErrorReport = z.infer<typeof errorReportSchema>;

/** A failure with a code, told in the three sentences of {@link ErrorReport}. */
export class HyenaError extends Error {
  readonly code: ErrorCode;
  readonly kept: string | undefined;
  readonly hint: string | undefined;
  /** The sentences as they are translated. */
  readonly told: { readonly message: Told; readonly kept: Told | undefined; readonly hint: Told | undefined };

  constructor(code: ErrorCode, message: Text, details: { kept?: Text; hint?: Text; cause?: unknown } = {}) {
    super(english(message), { cause: details.cause });
    this.name = 'HyenaError';
    this.code = code;
    const { kept, hint } = details;
    this.told = {
      message: asTold(message),
      kept: kept === undefined ? undefined : asTold(kept),
      hint: hint === undefined ? undefined : asTold(hint),
    };
    this.kept = kept === undefined ? undefined : english(kept);
    this.hint = hint === undefined ? undefined : english(hint);
  }

  /** The error as it travels between processes. */
  toReport(): ErrorReport {
    const withValues = Object.entries(this.told).filter(([, sentence]) => (sentence?.values.length ?? 0) > 0);
    return {
      ...{ code: this.code, message: this.message, kept: this.kept, hint: this.hint },
      ...(withValues.length > 0 && { told: Object.fromEntries(withValues) }),
    };
  }

  static fromReport(report: ErrorReport): HyenaError {
    const { message, kept, hint } = textsOf(report);
    return new HyenaError(report.code, message, { kept, hint });
  }

  /** Any thrown value as a HyenaError; errors of the system are recognised, the rest is `internal`. */
  static from(thrown: unknown): HyenaError {
    if (thrown instanceof HyenaError) return thrown;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const systemCode = (error as { code?: unknown }).code;
    if (systemCode === 'ENOSPC' || systemCode === 'EDQUOT')
      return new HyenaError('disk-full', told`The disk is full: ${asTold(error.message)}`, {
        hint: 'Free some space, then go on from the last checkpoint.',
        cause: error,
      });
    const refused = folderRefused(error);
    if (refused !== null)
      return new HyenaError('read-only', told`The system does not allow writing to ${refused}.`, {
        hint: 'Allow this user to write to that folder, or choose another folder for the library.',
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

/** The sentences of a report as they are translated. */
export const textsOf = ({ message, kept, hint, told: sentences }: ErrorReport) => ({
  message: sentences?.message ?? message,
  kept: sentences?.kept ?? kept,
  hint: sentences?.hint ?? hint,
});

/** What happened, as a part of another sentence: this program's words, or those of the system or a library. */
export const said = (thrown: unknown): Told =>
  thrown instanceof HyenaError
    ? thrown.told.message
    : asTold(thrown instanceof Error ? thrown.message : String(thrown));

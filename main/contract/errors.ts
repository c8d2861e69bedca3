import { z } from 'zod';

/** Every kind of failure a person can meet; the shells map them to exit codes and messages. */
export const errorCodeSchema = z.enum([
  'usage', // the command or request is malformed
  'configuration', // a value is out of bounds, a key is unknown
  'not-found', // a dataset, run, file or device does not exist
  'already-exists',
  'locked', // another process holds it
  'bad-input', // a file cannot be read as what it claims to be
  'damaged', // a checkpoint or shard fails its checksum
  'out-of-memory',
  'disk-full',
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
});
export type ErrorReport = z.infer<typeof errorReportSchema>;

/** A failure with a code, told in the three sentences of {@link ErrorReport}. */
export class HyenaError extends Error {
  readonly code: ErrorCode;
  readonly kept: string | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: { kept?: string; hint?: string; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.name = 'HyenaError';
    this.code = code;
    this.kept = details.kept;
    this.hint = details.hint;
  }

  /** The error as it travels between processes. */
  toReport(): ErrorReport {
    return { code: this.code, message: this.message, kept: this.kept, hint: this.hint };
  }

  static fromReport(report: ErrorReport): HyenaError {
    return new HyenaError(report.code, report.message, { kept: report.kept, hint: report.hint });
  }

  /** Any thrown value as a HyenaError; errors of the system are recognised, the rest is `internal`. */
  static from(thrown: unknown): HyenaError {
    if (thrown instanceof HyenaError) return thrown;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const systemCode = (error as { code?: unknown }).code;
    if (systemCode === 'ENOSPC' || systemCode === 'EDQUOT')
      return new HyenaError('disk-full', `The disk is full: ${error.message}`, {
        hint: 'Free some space, then go on from the last checkpoint.',
        cause: error,
      });
    if (systemCode === 'ENOENT') return new HyenaError('not-found', error.message, { cause: error });
    return new HyenaError('internal', error.message, { cause: error });
  }
}

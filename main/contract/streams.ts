import { z } from 'zod';
import { changeKinds } from './changes.ts';
import { chatEventSchema, chatIdSchema } from './chats.ts';
import { writtenEventSchema } from './documents.ts';
import type { RunEvent } from './events.ts';
import { runEventSchema } from './events.ts';
import { runNameSchema } from './runs.ts';
import { activitySchema, systemUseSchema } from './views.ts';

/** Metrics of consecutive training steps, one array a quantity, so that a long history travels quickly. */
const stepColumnsSchema = z.strictObject({
  step: z.array(z.number()),
  loss: z.array(z.number()),
  learningRate: z.array(z.number()),
  gradientNorm: z.array(z.number()),
  tokensPerSecond: z.array(z.number()),
  tokens: z.array(z.number()),
  milliseconds: z.array(z.number()),
  memoryMiB: z.array(z.number()),
});
export type StepColumns = z.infer<typeof stepColumnsSchema>;

/** What metrics.jsonl holds beside steps. */
export type OtherRunEvent = Exclude<RunEvent, { type: 'step' | 'starting' }>;
const otherEvents = runEventSchema.options.filter(({ shape }) => !['step', 'starting'].includes(shape.type.value));
const otherEventSchema: z.ZodType<OtherRunEvent> = z.union(otherEvents) as z.ZodType<OtherRunEvent>;

/** Where a reader of a run's metrics stands; a window that comes back continues from there. */
const cursorSchema = z.string().regex(/^\d+:\d+$/);

/**
 * Some of a run's metrics, in order. `reset` says that the metrics began again, so all of the earlier ones are void.
 * Columns hold the steps, `events` everything else; `caughtUp` is true from the first message that reached the end.
 */
export const runMetricsSchema = z.strictObject({
  reset: z.boolean(),
  columns: stepColumnsSchema,
  events: z.array(
    z.strictObject({
      /** How many of this message's steps come before the event. */
      after: z.int().min(0),
      event: otherEventSchema,
    }),
  ),
  secondsLeft: z.number().nullable(),
  cursor: cursorSchema,
  caughtUp: z.boolean(),
});
export type RunMetrics = z.infer<typeof runMetricsSchema>;

const stream = <Params extends z.ZodType, Event extends z.ZodType>(params: Params, event: Event) => ({ params, event });
const nothing = z.strictObject({});

/**
 * Every stream that a window can join, at any time: the first message tells the state or the history, what follows is
 * live, with neither gap nor double.
 */
export const streams = {
  /** The state of the moment at once, then at every change, at most a few times per second. */
  activity: stream(nothing, activitySchema),
  /** All kinds at once, then each as it changes. */
  changes: stream(nothing, z.array(z.enum(changeKinds)).min(1)),
  /** A chat, and the answer that is written in it as it comes. */
  'chats.follow': stream(z.strictObject({ chat: chatIdSchema }), chatEventSchema),
  /** Use of CPU, memory, disk and GPUs, once per second. */
  'devices.use': stream(nothing, systemUseSchema),
  /** The parts of a summary that a task writes, and their text as it comes. */
  'documents.written': stream(z.strictObject({ task: z.uuid() }), writtenEventSchema),
  /** History and live metrics of a run, whichever process trains it. */
  'runs.metrics': stream(z.strictObject({ run: runNameSchema, cursor: cursorSchema.nullable() }), runMetricsSchema),
} as const;

type Streams = typeof streams;
export type StreamName = keyof Streams;
export type StreamInput<Name extends StreamName> = z.input<Streams[Name]['params']>;
type StreamParams<Name extends StreamName> = z.output<Streams[Name]['params']>;
export type StreamEvent<Name extends StreamName> = z.output<Streams[Name]['event']>;

/** One function a stream: what a host implements. The generator ends when the signal is aborted. */
export type StreamHandlers = {
  [Name in StreamName]: (params: StreamParams<Name>, signal: AbortSignal) => AsyncIterable<StreamEvent<Name>>;
};

export const isStreamName = (name: string): name is StreamName => Object.hasOwn(streams, name);

import { chatSamplingSchema, type ChatSampling } from '../../../main/contract/sampling.ts';
import { fieldsOf } from '../../../main/contract/schema-fields.ts';
import type { NumberKind } from '../../i18n/parse-number.ts';

type SamplingKey = Exclude<keyof ChatSampling, 'stop'>;

/** A number of the sampling settings, with its bounds as the contract has them. */
export interface SamplingField {
  readonly key: SamplingKey;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly whole: boolean;
  /** It may be left empty. */
  readonly nullable: boolean;
}

/** In the order in which people change them. */
const order: readonly SamplingKey[] = [
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'typical_p',
  'repetition_penalty',
  'frequency_penalty',
  'presence_penalty',
  'seed',
];

const fields = fieldsOf('run', chatSamplingSchema);

export const samplingFields: readonly SamplingField[] = order.map((key) => {
  const { kind, minimum, maximum, nullable } = fields.find((field) => field.key === key)!;
  return { key, minimum, maximum, whole: kind === 'integer', nullable };
});

/** How it is typed: a share may be a percentage. */
export const samplingKind = ({ whole, minimum, maximum }: SamplingField): NumberKind => ({
  whole,
  share: minimum === 0 && maximum === 1,
});

/** The settings with one of them changed; null where that is no value of it. */
export function setSampling(sampling: ChatSampling, field: SamplingField, value: number | null): ChatSampling | null {
  const parsed = chatSamplingSchema.safeParse({ ...sampling, [field.key]: value });
  return parsed.success ? parsed.data : null;
}

/** Stop texts, one a line; `\n` stands for a line break. */
export const stopsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replaceAll('\\n', '\n'))
    .filter((line) => line !== '');
export const stopText = (stops: readonly string[]): string =>
  stops.map((stop) => stop.replaceAll('\n', '\\n')).join('\n');

export const defaultSampling: ChatSampling = chatSamplingSchema.parse({});

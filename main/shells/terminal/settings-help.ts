import type { Field } from '../../contract/schema-fields.ts';
import { describeValues, allFields, formatValue } from '../../contract/fields.ts';
import { presets } from '../../contract/presets.ts';
import { wrap } from './format.ts';

function describeField(field: Field, width: number): string {
  const takes = describeValues(field);
  const unit = field.unit === undefined ? '' : ` ${field.unit}`;
  return [
    `  ${field.path} = ${formatValue(field.default)}`,
    wrap(`${field.title}: ${field.description}`, width, '      '),
    wrap(`Values: ${takes}.${unit === '' ? '' : ` Unit:${unit}.`}`, width, '      '),
  ].join('\n');
}

/** Every key that `--set` and `--config` take, from the schema. */
export function settingsHelp(width: number): string {
  const section = (name: Field['section']): string =>
    allFields()
      .filter((field) => field.section === name)
      .map((field) => describeField(field, width))
      .join('\n');
  return [
    '',
    wrap('Keys for --set key=value and --config FILE, with their defaults. Short keys (d_model) also work.', width),
    '',
    'Model:',
    section('model'),
    '',
    'Training:',
    section('training'),
  ].join('\n');
}

/** The presets with what they are. */
export function presetsHelp(width: number): string {
  const lines = Object.entries(presets).map(
    ([name, { description, tokenizer }]) =>
      `  ${name}\n${wrap(`${description} Tokenizer: ${tokenizer}.`, width, '      ')}`,
  );
  return ['', 'Presets:', ...lines].join('\n');
}

import type { Field } from '../../../main/contract/schema-fields.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';

const kinds = { integer: 'values.integer', number: 'values.number', text: 'values.text' } as const;

/** What a field takes, in the language of the window: `a whole number, at least 4, at most 16,384`. */
export function explainValues(field: Field, { t, format, maybe }: I18n): string {
  const { kind, choices, minimum, maximum, nullable } = field;
  if (kind === 'choice' || kind === 'boolean') return format.list(choices);
  const parts = [t(kinds[kind])];
  const special = maybe(`values.${field.key}`, '');
  if (special !== '') parts.push(special);
  if (minimum !== undefined)
    parts.push(t(field.exclusiveMinimum ? 'values.above' : 'values.least', { n: format.field(minimum) }));
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER)
    parts.push(t(field.exclusiveMaximum ? 'values.below' : 'values.most', { n: format.field(maximum) }));
  if (nullable) parts.push(t('values.empty'));
  return parts.join(', ');
}

import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';

/** The deepest a configuration is nested. */
const deepest = 32;

interface Line {
  readonly indent: number;
  readonly text: string;
}

/**
 * The part of YAML that configurations of models are written in: mappings by indentation, lists in brackets or with
 * dashes, texts, numbers, true, false and null. Anchors, tags and blocks of text are left as texts.
 *
 * @throws HyenaError `bad-input` for a file that is nested too deeply
 */
export function parseYaml(file: string, text: string): Record<string, unknown> {
  const lines: Line[] = text.split('\n').flatMap((line) => {
    const content = withoutComment(line).trimEnd();
    return content.trim() === '' || content.startsWith('---')
      ? []
      : [{ indent: content.search(/\S/), text: content.trim() }];
  });
  const { value } = readBlock(file, lines, 0, 0);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A comment begins after a space, outside of quotes. */
function withoutComment(line: string): string {
  let quote = '';
  for (const [index, character] of [...line].entries()) {
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#' && (index === 0 || /\s/.test(line[index - 1]))) return line.slice(0, index);
  }
  return line;
}

function readBlock(file: string, lines: readonly Line[], at: number, depth: number): { value: unknown; next: number } {
  if (depth > deepest) throw new HyenaError('bad-input', msg`${file} is nested too deeply.`);
  if (at >= lines.length) return { value: null, next: at };
  const { indent } = lines[at];
  if (lines[at].text.startsWith('- ')) {
    const items: unknown[] = [];
    for (; at < lines.length && lines[at].indent === indent && lines[at].text.startsWith('- '); at++)
      items.push(scalar(lines[at].text.slice(2).trim()));
    return { value: items, next: at };
  }
  const values: Record<string, unknown> = {};
  while (at < lines.length && lines[at].indent === indent) {
    const [, key, rest] = /^("[^"]*"|'[^']*'|[^\s:]+)\s*:(?:\s+(.*))?$/.exec(lines[at].text) ?? [];
    at++;
    if (key === undefined) continue;
    const nested =
      at < lines.length &&
      (lines[at].indent > indent || (lines[at].indent === indent && lines[at].text.startsWith('- ')));
    const read = (rest ?? '') === '' && nested ? readBlock(file, lines, at, depth + 1) : null;
    const name = String(scalar(key));
    // Own keys alone: a file may call one __proto__.
    Object.defineProperty(values, name, {
      value: read ? read.value : scalar(rest ?? ''),
      enumerable: true,
      configurable: true,
      writable: true,
    });
    if (read) at = read.next;
  }
  // What is indented in a way that nobody asked for is passed over.
  while (at < lines.length && lines[at].indent > indent) at++;
  return { value: values, next: at };
}

function scalar(text: string): unknown {
  if (/^(?:"[^"]*"|'[^']*')$/.test(text)) return text.slice(1, -1);
  if (text.startsWith('[') && text.endsWith(']')) {
    const inner = text.slice(1, -1).trim();
    return inner === '' ? [] : inner.split(',').map((item) => scalar(item.trim()));
  }
  if (/^(?:true|yes|on)$/i.test(text)) return true;
  if (/^(?:false|no|off)$/i.test(text)) return false;
  if (text === '' || /^(?:null|none|~)$/i.test(text)) return null;
  const number = /^[-+]?[\d_.]+(?:e[-+]?\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : NaN;
  return Number.isNaN(number) ? text : number;
}

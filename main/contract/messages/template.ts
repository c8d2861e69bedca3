/**
 * The one form that sentences with values have: those of the window and the desktop, which have keys, and those that
 * host and workers tell (`message.ts`), in every language.
 *
 * - `{name}` stands for a value; told sentences number theirs: `{0}`, `{1}`.
 * - `{n|one: {n} line|other: {n} lines}` is what its language says of so many: a form for each category that
 *   Intl.PluralRules has for it, `other` always. A form may hold values, but neither `|` nor its own brace.
 * - `range|above {0}`: what stands before the first bar says where a short text is used. It belongs to the name of the
 *   sentence, so that one English word may be two in another language, and is not shown.
 */
export type Template = string;

/** What a template is made of, in its order: words, and the names of values. */
export type TemplatePart = string | { readonly name: string };

interface Plural {
  readonly name: string;
  readonly forms: ReadonlyMap<string, readonly Node[]>;
}
type Node = TemplatePart | Plural;

const categories: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other'] satisfies Intl.LDMLPluralRule[];
const contextPattern = /^[a-z](?:[a-z -]*[a-z])?\|(?=\S)/;
const opening = /\{(\w+)([}|])/g;

const parsed = new Map<Template, readonly Node[]>();
const rules = new Map<string, Intl.PluralRules>();

/** The words of a template for a person: without its context. */
const withoutContext = (template: Template): string => template.replace(contextPattern, '');

function parse(template: Template): readonly Node[] {
  let nodes = parsed.get(template);
  if (!nodes) {
    nodes = nodesOf(withoutContext(template));
    // Sentences of others, a system's for example, come here too and are without end.
    if (parsed.size > 5000) parsed.clear();
    parsed.set(template, nodes);
  }
  return nodes;
}

function nodesOf(text: string): Node[] {
  const nodes: Node[] = [];
  const pattern = new RegExp(opening);
  let plain = 0;
  const add = (node: Node, start: number, end: number): void => {
    if (start > plain) nodes.push(text.slice(plain, start));
    nodes.push(node);
    plain = pattern.lastIndex = end;
  };
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const [head, name, sign] = found;
    const inside = found.index + head.length;
    if (sign === '}') add({ name }, found.index, inside);
    else {
      const plural = pluralOf(name, text, inside);
      if (plural) add(plural.node, found.index, plural.end);
    }
  }
  if (plain < text.length) nodes.push(text.slice(plain));
  return nodes;
}

/** Reads the forms of a plural up to its closing brace; null if there are none, and the braces are only braces. */
function pluralOf(name: string, text: string, from: number): { node: Plural; end: number } | null {
  const forms = new Map<string, Node[]>();
  let depth = 0;
  let start = from;
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === '{') depth++;
    else if (sign === '}' && depth > 0) depth--;
    else if ((sign === '|' && depth === 0) || sign === '}') {
      const form = /^\s*(?<category>\w+):(?<words>.*)$/s.exec(text.slice(start, at))?.groups;
      if (!form || !categories.includes(form.category) || forms.has(form.category)) return null;
      forms.set(form.category, nodesOf(form.words.trim()));
      start = at + 1;
      if (sign === '}') return forms.has('other') ? { node: { name, forms }, end: at + 1 } : null;
    }
  }
  return null;
}

function categoryOf(value: unknown, locale: string): string {
  const count = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
  if (!Number.isFinite(count)) return 'other';
  let rule = rules.get(locale);
  if (!rule) rules.set(locale, (rule = new Intl.PluralRules(locale)));
  return rule.select(count);
}

/**
 * What a template is made of once its plurals have been chosen.
 *
 * @param valueOf a value by its name; undefined if there is none
 * @param locale whose plural rules choose
 */
export function resolveParts(template: Template, valueOf: (name: string) => unknown, locale: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  const add = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (typeof node === 'string' || !('forms' in node)) parts.push(node);
      else add(node.forms.get(categoryOf(valueOf(node.name), locale)) ?? node.forms.get('other')!);
    }
  };
  add(parse(template));
  return parts;
}

export type Values = Readonly<Record<string, string | number>>;

/** How a language counts, and how it writes a number within a sentence. */
export interface NumberStyle {
  readonly locale: string;
  readonly number: (value: number) => string;
}

/** A template with its values; one that is missing leaves its name. */
export const fillIn = (template: Template, values: Values, { locale, number }: NumberStyle): string => {
  const valueOf = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);
  return resolveParts(template, valueOf, locale)
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = valueOf(part.name) ?? `{${part.name}}`;
      return typeof value === 'number' ? number(value) : value;
    })
    .join('');
};

/** What a template needs and has: for tests, and for `npm run messages`. */
export interface TemplateParts {
  /** The values that it shows, in alphabetical order. */
  readonly values: string[];
  /** The values that its plurals count by. */
  readonly counts: string[];
  /** The forms of each of its plurals. */
  readonly plurals: string[][];
  /** What stands in all of its forms, without the values. */
  readonly words: string;
  /** Braces and bars that are neither a value nor a plural: a slip, where the template is not JSON or the like. */
  readonly odd: boolean;
}

export function analyseTemplate(template: Template): TemplateParts {
  const values = new Set<string>();
  const counts = new Set<string>();
  const plurals: string[][] = [];
  const words: string[] = [];
  const look = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (typeof node === 'string') words.push(node);
      else if (!('forms' in node)) values.add(node.name);
      else {
        counts.add(node.name);
        plurals.push([...node.forms.keys()]);
        for (const form of node.forms.values()) look(form);
      }
    }
  };
  look(parse(template));
  const all = words.join(' ');
  return {
    values: [...values].sort(),
    counts: [...counts].sort(),
    plurals,
    words: all,
    odd: /\{\w+[|}]|\|\s*(one|other):/.test(all),
  };
}

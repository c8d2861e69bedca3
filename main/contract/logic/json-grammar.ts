import { GrammarBuilder, type Grammar, type GrammarNode } from './grammar.ts';
import { integersWithin, mostDigits, numbersWithin, type NumberBounds } from './json-numbers.ts';
import { formatPatterns, patternGrammar, UnsupportedPattern } from './json-pattern.ts';

/** What of a schema cannot be kept to, and where in it that is. */
export interface SchemaFault {
  readonly path: readonly (string | number)[];
  readonly why: string;
  /** Whether it is not a schema at all, or none that anything satisfies. */
  readonly invalid: boolean;
}

class Unsupported extends Error {
  readonly fault: SchemaFault;

  constructor(path: SchemaFault['path'], why: string, invalid = false) {
    super(why);
    this.fault = { path, why, invalid };
  }
}

type Schema = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

const typeNames = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;
type TypeName = (typeof typeNames)[number];

/** What says something about a schema and asks for nothing. */
const annotations = new Set([
  ...['title', 'description', 'default', 'examples', 'example', '$schema', '$id', '$comment', 'deprecated'],
  ...['readOnly', 'writeOnly', '$defs', 'definitions'],
]);
const boundKeys = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;
const keywordsOf: Readonly<Record<TypeName, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: boundKeys,
  integer: boundKeys,
  boolean: [],
  null: [],
};
/** What stands for a schema by itself. */
const alone = ['enum', 'const', 'anyOf', '$ref'] as const;
const mostRepeats = 10_000;
const deepest = 64;
/** Larger grammars would keep all others waiting: a letter of a name or of a value counts as one. */
const largest = 50_000;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Rules for JSON that satisfies a schema. White space is one space at most, after a colon or a comma; properties come in
 * the order of the schema, and where it names some, no others come. So not all that satisfies the schema can be written,
 * but all that is written satisfies it.
 */
class JsonRules {
  readonly #builder = new GrammarBuilder();
  readonly #root: Schema | boolean;
  readonly #references = new Map<string, GrammarNode>();
  #value: GrammarNode | null = null;
  #string: GrammarNode | null = null;
  #character: GrammarNode | null = null;

  constructor(root: Schema | boolean) {
    this.#root = root;
  }

  /** @throws Unsupported */
  build(objectAlone: boolean): Grammar {
    const root = objectAlone ? this.#freeObject() : this.#of(this.#root, [], 0);
    const grammar = this.#builder.build(root);
    if (!grammar) throw new Unsupported([], 'no value satisfies it', true);
    return grammar;
  }

  #of(schema: unknown, path: Path, depth: number): GrammarNode {
    if (depth > deepest) throw new Unsupported(path, `nested more than ${deepest} times`);
    this.#checkSize(path, 0);
    if (schema === true) return this.#anyValue();
    if (schema === false) throw new Unsupported(path, 'no value satisfies false', true);
    if (!isSchema(schema)) throw new Unsupported(path, 'a schema must be an object', true);
    const requested = Object.keys(schema).filter((key) => !annotations.has(key) && !key.startsWith('x-'));
    const own = alone.find((key) => key in schema);
    if (own) {
      const beside = requested.find((key) => key !== own && !(key === 'type' && (own === 'enum' || own === 'const')));
      if (beside !== undefined)
        throw new Unsupported([...path, beside], `'${beside}' combined with '${own}' is not supported`);
      return this.#alone(own, schema, path, depth);
    }
    const types = this.#types(schema, path);
    const known = new Set(['type', ...types.flatMap((type) => keywordsOf[type])]);
    const unknown = requested.find((key) => !known.has(key));
    if (unknown !== undefined) throw new Unsupported([...path, unknown], `'${unknown}' is not supported`);
    return this.#builder.choice(...types.map((type) => this.#ofType(type, schema, path, depth)));
  }

  /** Left out, a keyword tells the type that it is about. */
  #types(schema: Schema, path: Path): TypeName[] {
    const { type } = schema;
    if (type === undefined) {
      const meant = typeNames.filter((name) => keywordsOf[name].some((key) => key in schema));
      if (meant.length > 0) return meant;
      return ['object', 'array', 'string', 'number', 'boolean', 'null'];
    }
    const names: unknown[] = Array.isArray(type) ? type : [type];
    const wrong = names.find((name) => !typeNames.includes(name as TypeName));
    if (wrong !== undefined || names.length === 0)
      throw new Unsupported([...path, 'type'], `${JSON.stringify(wrong ?? type)} is not a type`, true);
    return names as TypeName[];
  }

  #alone(own: (typeof alone)[number], schema: Schema, path: Path, depth: number): GrammarNode {
    const value = schema[own];
    const at = [...path, own];
    if (own === '$ref') return this.#reference(value, at, depth);
    if (own === 'anyOf') {
      if (!Array.isArray(value) || value.length === 0) throw new Unsupported(at, 'must be a list of schemas', true);
      return this.#builder.choice(...value.map((one, index) => this.#of(one, [...at, index], depth + 1)));
    }
    if (own === 'enum' && (!Array.isArray(value) || value.length === 0))
      throw new Unsupported(at, 'must be a list of values', true);
    const types = schema.type === undefined ? null : this.#types(schema, path);
    const values = (own === 'const' ? [value] : (value as unknown[])).filter(
      (one) => types === null || types.some((type) => isOfType(one, type)),
    );
    if (values.length === 0) throw new Unsupported(at, 'no value has its type', true);
    const texts = values.map((one) => JSON.stringify(one));
    this.#checkSize(
      at,
      texts.reduce((sum, text) => sum + text.length, 0),
    );
    return this.#builder.choice(...texts.map((text) => this.#builder.text(text)));
  }

  /** @param more letters that are about to be added */
  #checkSize(path: Path, more: number): void {
    if (this.#builder.size + more > largest)
      throw new Unsupported(path, `larger than ${largest} characters of names and values`);
  }

  #reference(reference: unknown, path: Path, depth: number): GrammarNode {
    if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference))
      throw new Unsupported(path, 'references must start with # (nothing is downloaded)');
    const made = this.#references.get(reference);
    if (made) return made;
    let target: unknown = this.#root;
    for (const step of reference.split('/').slice(1)) {
      const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
      target =
        typeof target === 'object' && target !== null && Object.hasOwn(target, key)
          ? (target as Schema)[key]
          : undefined;
    }
    if (target === undefined) throw new Unsupported(path, `${reference} is not found`, true);
    const rule = this.#builder.rule();
    this.#references.set(reference, rule);
    rule.what.target = this.#of(target, path, depth + 1);
    return rule;
  }

  #ofType(type: TypeName, schema: Schema, path: Path, depth: number): GrammarNode {
    const builder = this.#builder;
    switch (type) {
      case 'object':
        return this.#object(schema, path, depth);
      case 'array': {
        const item = this.#of(schema.items ?? true, [...path, 'items'], depth + 1);
        return this.#array(
          item,
          this.#count(schema, 'minItems', path, 0),
          this.#count(schema, 'maxItems', path, Infinity),
        );
      }
      case 'string': {
        const least = this.#count(schema, 'minLength', path, 0);
        const most = this.#count(schema, 'maxLength', path, Infinity);
        if (most < least) throw new Unsupported([...path, 'maxLength'], 'must be at least minLength', true);
        if ('pattern' in schema || 'format' in schema) return this.#matching(schema, path);
        if (least === 0 && most === Infinity) return this.#text();
        return builder.sequence(builder.text('"'), builder.repeat(this.#letter(), least, most), builder.text('"'));
      }
      case 'number':
      case 'integer':
        return this.#numeric(type, schema, path);
      case 'boolean':
        return builder.choice(builder.text('true'), builder.text('false'));
      case 'null':
        return builder.text('null');
    }
  }

  /** A string by its pattern or its format, which leave no room for another limit. */
  #matching(schema: Schema, path: Path): GrammarNode {
    const builder = this.#builder;
    const given = keywordsOf.string.filter((key) => key in schema);
    const key = 'pattern' in schema ? 'pattern' : 'format';
    const beside = given.find((one) => one !== key);
    if (beside !== undefined)
      throw new Unsupported([...path, beside], `'${beside}' combined with '${key}' is not supported`);
    const value = schema[key];
    if (typeof value !== 'string') throw new Unsupported([...path, key], 'must be a string', true);
    if (key === 'format' && !Object.hasOwn(formatPatterns, value))
      throw new Unsupported([...path, key], `the format '${value}' is not supported`);
    const pattern = key === 'format' ? formatPatterns[value] : value;
    try {
      const inner = patternGrammar(builder, pattern, this.#letter());
      return builder.sequence(builder.text('"'), inner, builder.text('"'));
    } catch (error) {
      if (!(error instanceof UnsupportedPattern)) throw error;
      throw new Unsupported([...path, key], `the pattern ${pattern}: ${error.message}`);
    }
  }

  #numeric(type: 'number' | 'integer', schema: Schema, path: Path): GrammarNode {
    if (!boundKeys.some((key) => key in schema)) return type === 'number' ? this.#number() : this.#integer();
    const [least, most, leastExclusive, mostExclusive] = boundKeys.map((key) => {
      const value = schema[key];
      if (value !== undefined && (typeof value !== 'number' || !Number.isFinite(value)))
        throw new Unsupported([...path, key], 'must be a number', true);
      return value;
    });
    const bounds: NumberBounds = {
      least: Math.max(least ?? -Infinity, leastExclusive ?? -Infinity),
      most: Math.min(most ?? Infinity, mostExclusive ?? Infinity),
      leastExclusive: leastExclusive !== undefined && leastExclusive >= (least ?? -Infinity),
      mostExclusive: mostExclusive !== undefined && mostExclusive <= (most ?? Infinity),
    };
    const found = (type === 'integer' ? integersWithin : numbersWithin)(this.#builder, bounds);
    if (found) return found;
    const isEmpty = type === 'integer' || bounds.most < bounds.least;
    const key = boundKeys.findLast((one) => one in schema)!;
    if (isEmpty) throw new Unsupported([...path, key], 'no number is within its bounds', true);
    throw new Unsupported([...path, key], 'bounds without a whole number between them are not supported');
  }

  #count(schema: Schema, key: string, path: Path, fallback: number): number {
    const value = schema[key] ?? fallback;
    if (value === fallback) return fallback;
    if (!Number.isInteger(value) || (value as number) < 0)
      throw new Unsupported([...path, key], 'must be an integer', true);
    if ((value as number) > mostRepeats) throw new Unsupported([...path, key], `must be at most ${mostRepeats}`);
    return value as number;
  }

  #object(schema: Schema, path: Path, depth: number): GrammarNode {
    const builder = this.#builder;
    const { properties = {}, required = [], additionalProperties = true } = schema;
    if (!isSchema(properties)) throw new Unsupported([...path, 'properties'], 'must be an object', true);
    if (!Array.isArray(required) || required.some((name) => typeof name !== 'string'))
      throw new Unsupported([...path, 'required'], 'must be a list of names', true);
    const others = additionalProperties;
    const names = [...new Set([...Object.keys(properties), ...(required as string[])])];
    if (names.length === 0) {
      if (others === false) return builder.text('{}');
      return this.#map(this.#of(others, [...path, 'additionalProperties'], depth + 1));
    }
    const pairs = names.map((name) => {
      const value = Object.hasOwn(properties, name)
        ? this.#of(properties[name], [...path, 'properties', name], depth + 1)
        : this.#of(others, [...path, 'required'], depth + 1);
      return builder.sequence(builder.text(`${JSON.stringify(name)}:`), this.#space(), value);
    });
    // From the last property to the first: what may follow, as the first of the object and behind another.
    let [first, later] = [builder.text('}'), builder.text('}')];
    for (let index = names.length - 1; index >= 0; index--) {
      const beginning = builder.sequence(pairs[index], later);
      const behind = builder.sequence(builder.text(','), this.#space(), beginning);
      const needed = required.includes(names[index]);
      first = needed ? beginning : builder.choice(beginning, first);
      later = needed ? behind : builder.choice(behind, later);
    }
    return builder.sequence(builder.text('{'), first);
  }

  #array(item: GrammarNode, least: number, most: number): GrammarNode {
    const builder = this.#builder;
    if (most < least) throw new Unsupported(['maxItems'], 'must be at least minItems', true);
    const open = builder.text('[');
    const close = builder.text(']');
    if (most === 0) return builder.sequence(open, close);
    const further = builder.sequence(builder.text(','), this.#space(), item);
    const some = builder.sequence(item, builder.repeat(further, Math.max(0, least - 1), most - 1));
    return builder.sequence(open, least === 0 ? builder.optional(some) : some, close);
  }

  #freeObject(): GrammarNode {
    return this.#map(this.#anyValue());
  }

  #map(value: GrammarNode): GrammarNode {
    const builder = this.#builder;
    const pair = builder.sequence(this.#text(), builder.text(':'), this.#space(), value);
    const further = builder.sequence(builder.text(','), this.#space(), pair);
    const some = builder.sequence(pair, builder.repeat(further));
    return builder.sequence(builder.text('{'), builder.optional(some), builder.text('}'));
  }

  #anyValue(): GrammarNode {
    if (this.#value) return this.#value;
    const builder = this.#builder;
    const rule = builder.rule();
    this.#value = rule;
    rule.what.target = builder.choice(
      this.#map(rule),
      this.#array(rule, 0, Infinity),
      this.#text(),
      this.#number(),
      ...['true', 'false', 'null'].map((word) => builder.text(word)),
    );
    return rule;
  }

  #space(): GrammarNode {
    return this.#builder.optional(this.#builder.text(' '));
  }

  #integer(): GrammarNode {
    const builder = this.#builder;
    const digits = builder.sequence(builder.byte([0x31, 0x39]), builder.repeat(this.#digit(), 0, mostDigits - 1));
    return builder.sequence(builder.optional(builder.text('-')), builder.choice(builder.text('0'), digits));
  }

  #number(): GrammarNode {
    const builder = this.#builder;
    const fraction = builder.sequence(builder.text('.'), builder.repeat(this.#digit(), 1, mostDigits));
    const sign = builder.optional(builder.byte([0x2b, 0x2b], [0x2d, 0x2d]));
    const exponent = builder.sequence(
      builder.byte([0x45, 0x45], [0x65, 0x65]),
      sign,
      builder.repeat(this.#digit(), 1, 2),
    );
    return builder.sequence(this.#integer(), builder.optional(fraction), builder.optional(exponent));
  }

  #digit(): GrammarNode {
    return this.#builder.byte([0x30, 0x39]);
  }

  #text(): GrammarNode {
    const builder = this.#builder;
    return (this.#string ??= builder.sequence(builder.text('"'), builder.repeat(this.#letter()), builder.text('"')));
  }

  /** A character of a string: well-formed UTF-8, or an escape that is not a half of a pair. */
  #letter(): GrammarNode {
    if (this.#character) return this.#character;
    const builder = this.#builder;
    const more = builder.byte([0x80, 0xbf]);
    const hex = builder.byte([0x30, 0x39], [0x41, 0x46], [0x61, 0x66]);
    const bytes = (...ranges: (readonly [number, number])[]) => builder.byte(...ranges);
    const unit = builder.choice(
      builder.sequence(bytes([0x30, 0x39], [0x41, 0x43], [0x45, 0x46], [0x61, 0x63], [0x65, 0x66]), hex, hex, hex),
      builder.sequence(bytes([0x44, 0x44], [0x64, 0x64]), bytes([0x30, 0x37]), hex, hex),
    );
    const escapes = Array.from(Buffer.from('"\\/bfnrt'), (byte): readonly [number, number] => [byte, byte]);
    return (this.#character = builder.choice(
      bytes([0x20, 0x21], [0x23, 0x5b], [0x5d, 0x7f]),
      builder.sequence(bytes([0xc2, 0xdf]), more),
      builder.sequence(bytes([0xe0, 0xe0]), bytes([0xa0, 0xbf]), more),
      builder.sequence(bytes([0xe1, 0xec], [0xee, 0xef]), more, more),
      builder.sequence(bytes([0xed, 0xed]), bytes([0x80, 0x9f]), more),
      builder.sequence(bytes([0xf0, 0xf0]), bytes([0x90, 0xbf]), more, more),
      builder.sequence(bytes([0xf1, 0xf3]), more, more, more),
      builder.sequence(bytes([0xf4, 0xf4]), bytes([0x80, 0x8f]), more, more),
      builder.sequence(builder.text('\\'), bytes(...escapes)),
      builder.sequence(builder.text('\\u'), unit),
    ));
  }
}

function isOfType(value: unknown, type: TypeName): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === 'number') return type === 'number' || (type === 'integer' && Number.isInteger(value));
  return typeof value === type;
}

/** The grammar of any JSON object. */
export const jsonObjectGrammar = (): Grammar => new JsonRules(true).build(true);

/** The grammar of JSON that satisfies a schema, which {@link unsupportedInSchema} has nothing against. */
export const jsonSchemaGrammar = (schema: unknown): Grammar => new JsonRules(schema as Schema | boolean).build(false);

/** What of a schema cannot be kept to; null where all of it can. */
export function unsupportedInSchema(schema: unknown): SchemaFault | null {
  try {
    jsonSchemaGrammar(schema);
    return null;
  } catch (error) {
    if (error instanceof Unsupported) return error.fault;
    throw error;
  }
}

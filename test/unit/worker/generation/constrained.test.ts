import { describe, expect, it } from 'vitest';
import type { AnswerFormat } from '../../../../main/contract/serving.ts';
import { samplingSchema } from '../../../../main/contract/sampling.ts';
import { bytesTokenizer } from '../../../../main/library/tokenizers/bytes.ts';
import { loadTokenizer } from '../../../../main/library/tokenizers/load.ts';
import type { Tokenizer } from '../../../../main/library/tokenizers/tokenizer.ts';
import { AnswerWriter } from '../../../../worker/generation/answer.ts';
import { constraintsFor } from '../../../../worker/generation/constrained.ts';
import { jsonSchemaGrammar, unsupportedInSchema } from '../../../../main/contract/logic/json-grammar.ts';
import { SampleStream } from '../../../../worker/generation/sampling.ts';

const gpt2 = await loadTokenizer({ kind: 'gpt2' });

/** An answer of a model that knows nothing: its scores are random numbers. */
function write(format: AnswerFormat, tokenizer: Tokenizer, seed: number, max_tokens: number, temperature = 1) {
  const sampling = samplingSchema.parse({ max_tokens, temperature, seed });
  const constraint = constraintsFor(format, tokenizer)();
  const listener = { onText: () => undefined };
  const writer = new AnswerWriter(tokenizer, Int32Array.of(1), sampling, seed, listener, constraint);
  const random = new SampleStream(seed + 1000);
  const scores = () => Float32Array.from({ length: tokenizer.vocabularySize }, () => 4 * random.next());
  while (writer.take(scores()));
  return writer.end();
}

const schemaOf = (schema: unknown): AnswerFormat => ({ type: 'json_schema', schema });
const string = { type: 'string' };
const person = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Person',
  type: 'object',
  properties: {
    name: { ...string, minLength: 1, maxLength: 6, description: 'How they are called' },
    age: { type: ['integer', 'null'] },
    kind: { type: 'string', enum: ['human', 'whale "white"', 7] },
    always: { const: { a: [1, null] } },
    friends: { type: 'array', items: { $ref: '#/$defs/friend' }, minItems: 1, maxItems: 3 },
    maybe: { anyOf: [{ type: 'boolean' }, { type: 'number' }] },
  },
  required: ['name', 'kind', 'always', 'friends'],
  additionalProperties: false,
  $defs: { friend: { type: 'object', properties: { of: { $ref: '#/$defs/friend' }, id: { type: 'integer' } } } },
};

function checkPerson(value: Record<string, unknown>): void {
  expect(Object.keys(person.properties)).toEqual(expect.arrayContaining(Object.keys(value)));
  for (const name of person.required) expect(value).toHaveProperty(name);
  expect(Array.from(value.name as string).length).toBeGreaterThanOrEqual(1);
  expect(Array.from(value.name as string).length).toBeLessThanOrEqual(6);
  expect(['human', 'whale "white"']).toContain(value.kind);
  expect(value.always).toEqual({ a: [1, null] });
  const { age = null, maybe = true, friends } = value;
  expect(age === null || Number.isSafeInteger(age)).toBe(true);
  expect(['boolean', 'number']).toContain(typeof maybe);
  expect((friends as unknown[]).length).toBeGreaterThanOrEqual(1);
  expect((friends as unknown[]).length).toBeLessThanOrEqual(3);
  const checkFriend = (friend: Record<string, unknown>): void => {
    expect(['of', 'id']).toEqual(expect.arrayContaining(Object.keys(friend)));
    if ('id' in friend) expect(Number.isInteger(friend.id)).toBe(true);
    if ('of' in friend) checkFriend(friend.of as Record<string, unknown>);
  };
  for (const friend of friends as Record<string, unknown>[]) checkFriend(friend);
}

describe.each([
  ['bytes', bytesTokenizer, 25],
  ['gpt2', gpt2, 2],
] as const)('answers in a format, by %s', (_name, tokenizer, count) => {
  it('are JSON objects, whatever the model thinks', () => {
    for (let seed = 0; seed < count; seed++) {
      const { text, reason } = write({ type: 'json_object' }, tokenizer, seed, 60);
      expect(reason).toBe('end');
      const value: unknown = JSON.parse(text);
      expect(value !== null && typeof value === 'object' && !Array.isArray(value), text).toBe(true);
      expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      expect(text).not.toContain('\ufffd');
    }
  });

  it('satisfy a schema', () => {
    for (let seed = 0; seed < count; seed++) {
      const { text, reason } = write(schemaOf(person), tokenizer, seed, 150);
      expect(reason, text).toBe('end');
      checkPerson(JSON.parse(text) as Record<string, unknown>);
    }
  });

  it('come to their end within the tokens that they may have, if they can', () => {
    const schema = { type: 'object', properties: { words: { type: 'array', items: string } }, required: ['words'] };
    for (let seed = 0; seed < count; seed++) {
      const { text, tokens, reason } = write(schemaOf(schema), tokenizer, seed, 12);
      expect(tokens).toBeLessThanOrEqual(12);
      expect(reason).toBe('end');
      expect(JSON.parse(text)).toHaveProperty('words');
    }
    const cut = write(schemaOf({ const: 'a text that is much too long for this' }), tokenizer, 1, 3);
    expect(cut.reason).toBe('length');
    expect('"a text that is much too long for this"').toContain(cut.text);
  });
});

describe('a schema', () => {
  it.each([
    [
      { type: 'object', properties: { a: { type: 'string', pattern: '(?=x)y' } } },
      ['properties', 'a', 'pattern'],
      '(?=',
    ],
    [{ type: 'string', pattern: '(a)\\1' }, ['pattern'], '\\1'],
    [{ type: 'string', pattern: '\\bword' }, ['pattern'], '\\b'],
    [{ type: 'string', pattern: '(' }, ['pattern'], 'regular expression'],
    [{ type: 'string', pattern: '^(a*)*$' }, ['pattern'], '(a*)*'],
    [{ type: 'string', pattern: 'a', minLength: 2 }, ['minLength'], 'combined'],
    [
      { type: 'object', properties: { a: { type: 'string', format: 'hostname' } } },
      ['properties', 'a', 'format'],
      'hostname',
    ],
    [{ type: 'integer', multipleOf: 3 }, ['multipleOf'], 'multipleOf'],
    [{ type: 'integer', minimum: 3, maximum: 2 }, ['maximum'], 'no number'],
    [{ type: 'integer', exclusiveMinimum: 2, exclusiveMaximum: 3 }, ['exclusiveMaximum'], 'no number'],
    [{ type: 'number', minimum: 0.2, maximum: 0.8 }, ['maximum'], 'whole number'],
    [{ type: 'number', minimum: 'x' }, ['minimum'], 'a number'],
    [{ type: 'array', items: { allOf: [{}] } }, ['items', 'allOf'], 'allOf'],
    [{ oneOf: [{ type: 'string' }] }, ['oneOf'], 'oneOf'],
    [{ not: {} }, ['not'], 'not'],
    [{ type: 'object', patternProperties: {} }, ['patternProperties'], 'patternProperties'],
    [{ type: 'array', uniqueItems: true }, ['uniqueItems'], 'uniqueItems'],
    [{ type: 'string', properties: {} }, ['properties'], 'properties'],
    [{ anyOf: [{ type: 'string' }], minLength: 3 }, ['minLength'], 'minLength'],
    [{ type: 'string', nullable: true }, ['nullable'], 'nullable'],
    [{ $ref: 'https://example.org/schema' }, ['$ref'], 'must start with #'],
    [{ $ref: '#/$defs/missing' }, ['$ref'], 'not found'],
    [{ type: 'text' }, ['type'], 'not a type'],
    [{ type: 'string', minLength: -1 }, ['minLength'], 'an integer'],
    [{ type: 'array', minItems: 3, maxItems: 2 }, ['maxItems'], 'at least'],
    [{ enum: [] }, ['enum'], 'list'],
    [{ type: 'string', enum: [7] }, ['enum'], 'type'],
    [{ type: 'object', properties: { a: false }, required: ['a'] }, ['properties', 'a'], 'satisfies'],
    [{ $ref: '#' }, [], 'satisfies'],
    [{ type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }, [], 'satisfies'],
    [7, [], 'object'],
  ])('a schema that cannot be kept to is refused by the keyword: %j', (schema, path, why) => {
    const fault = unsupportedInSchema(schema);
    expect(fault?.path).toEqual(path);
    expect(fault?.why).toContain(why);
  });

  it('may contain itself and be nested, and what is left out of it is any value', () => {
    const tree = { anyOf: [{ $ref: '#' }, { type: 'string' }, { type: 'array', items: { $ref: '#' } }] };
    for (const schema of [
      true,
      {},
      tree,
      { items: {} },
      { required: ['x'] },
      { additionalProperties: { type: 'null' } },
    ]) {
      expect(unsupportedInSchema(schema)).toBeNull();
      for (let seed = 0; seed < 8; seed++) {
        const { text } = write(schemaOf(schema), bytesTokenizer, seed, 80);
        expect(() => void JSON.parse(text), text).not.toThrow();
      }
    }
  });

  const reads = (schema: unknown, text: string): boolean => {
    const grammar = jsonSchemaGrammar(schema);
    let state = grammar.start;
    for (const byte of Buffer.from(text)) {
      const next = grammar.next(state, byte);
      if (!next) return false;
      state = next;
    }
    return state.accepts;
  };

  it.each([
    [{ type: 'number' }, ['0', '-1.5e-9', '12', '0.10', '1E+22'], ['01', '+1', '.5', '1.', '1e', '1e999', '-', '']],
    [{ type: 'integer' }, ['0', '-7', '123456789012345'], ['1.0', '1e2', '00', '1234567890123456']],
    [string, ['"a\\u00e9\\n"', '"é😀"', '""'], ['"\n"', '"\\ud83d"', '"\\x"', '"a', "'a'"]],
    [{ type: 'boolean' }, ['true', 'false'], ['True', 'null', 'tru']],
    [
      { type: 'array', items: { type: 'null' } },
      ['[]', '[null, null]', '[null,null]'],
      ['[null,]', '[ ]', '[null null]'],
    ],
    [
      { type: 'object', properties: { a: string, b: string }, required: ['b'], additionalProperties: false },
      ['{"b":""}', '{"a": "", "b": ""}'],
      ['{}', '{"a":""}', '{"b":"","c":""}', '{"a":"","b":"",}', '{"b":"" "a":""}'],
    ],
    [
      { type: 'integer', minimum: -12, maximum: 105 },
      ['-12', '-1', '0', '9', '99', '105'],
      ['-13', '106', '0.5', '1e1'],
    ],
    [{ type: 'integer', exclusiveMinimum: 0 }, ['1', '10', '999999999999999'], ['0', '-1', '01']],
    [{ type: 'integer', maximum: -3 }, ['-3', '-40'], ['-2', '0', '3']],
    [{ type: 'number', minimum: 0, maximum: 1 }, ['0', '1', '0.5', '0.001'], ['1.5', '-0.5', '2', '0.', '1e1']],
    [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, ['0.25'], ['0', '1', '0.0', '1.1']],
    [{ type: 'number', minimum: -2.5, maximum: 3 }, ['-2', '-1.5', '-0.5', '2.75', '3'], ['-2.7', '3.1', '-3']],
    [{ type: 'string', pattern: '^[A-Z]{2}-\\d{3}$' }, ['"AB-123"'], ['"AB-12"', '"aB-123"', '"AB-1234"']],
    [{ type: 'string', pattern: 'ab|^c$' }, ['"xab😀"', '"c"', '"ab"'], ['"cc"', '"a"', '""']],
    [{ type: 'string', pattern: '^(?:é|"|\\\\)+$' }, [JSON.stringify('é"\\')], ['"e"', '"""', '""']],
    [{ type: 'string', format: 'date' }, ['"2024-02-28"'], ['"2024-13-01"', '"2024-02-30"']],
  ])('takes what it means and nothing else: %j', (schema, good, bad) => {
    for (const text of good) expect(reads(schema, text), text).toBe(true);
    for (const text of bad) expect(reads(schema, text), text).toBe(false);
  });

  it.each([
    '^\\+?\\d{1,3}([ -]\\d{2,4}){2,3}$',
    'colou?r|^gr[ae]y',
    '^[^a-z"\\s]{3,8}$',
    '^(\\w+\\.)*\\w{2,}$',
    '^.{2}\\u00e9[à-ü]\\x41?$',
  ])('gives strings that match a pattern: %s', (pattern) => {
    for (let seed = 0; seed < 20; seed++) {
      const { text } = write(schemaOf({ type: 'string', pattern }), bytesTokenizer, seed, 60);
      expect(JSON.parse(text), text).toMatch(new RegExp(pattern, 'u'));
    }
  });

  it('gives numbers within their bounds', () => {
    const random = new SampleStream(5);
    for (let seed = 0; seed < 60; seed++) {
      const [a, b] = [Math.round(4000 * random.next() - 2000), Math.round(900 * random.next())];
      for (const type of ['integer', 'number']) {
        const { text } = write(schemaOf({ type, minimum: a, maximum: a + b }), bytesTokenizer, seed, 30);
        const value = JSON.parse(text) as number;
        expect(value, text).toBeGreaterThanOrEqual(a);
        expect(value, text).toBeLessThanOrEqual(a + b);
        if (type === 'integer') expect(Number.isInteger(value)).toBe(true);
      }
    }
  });
});

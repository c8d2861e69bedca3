import type { GrammarBuilder, GrammarNode } from './grammar.ts';

/** Why a pattern cannot be kept to. */
export class UnsupportedPattern extends Error {}

const mostRepeats = 1000;
/** Printable ASCII. */
const [FIRST, LAST] = [0x20, 0x7e];

const classes: Readonly<Record<string, RegExp>> = { d: /[0-9]/, w: /[A-Za-z0-9_]/, s: / / };

/** Formats that can be kept to, as patterns; dates are those that every month has. */
export const formatPatterns: Readonly<Record<string, string>> = {
  date: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])$',
  time: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?Z$',
  'date-time': '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?Z$',
  uuid: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  email:
    '^[A-Za-z0-9_-]{1,32}(\\.[A-Za-z0-9_-]{1,32}){0,3}@[A-Za-z0-9]{1,32}(-[A-Za-z0-9]{1,16})?(\\.[A-Za-z]{2,12}){1,3}$',
  ipv4: '^((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)$',
};

/**
 * Strings that match a regular expression (ECMA-262) of characters, classes, groups, alternatives and repetitions. Not all
 * that match can be written, but all that is written matches: what a class leaves open is printable ASCII.
 *
 * @param letter any character, for what stands before and behind an expression without anchors
 * @throws UnsupportedPattern for anything else
 */
export function patternGrammar(builder: GrammarBuilder, pattern: string, letter: GrammarNode): GrammarNode {
  try {
    new RegExp(pattern, 'u');
  } catch {
    throw new UnsupportedPattern('is not a regular expression');
  }
  return new PatternRules(builder, pattern, letter).whole();
}

class PatternRules {
  readonly #builder: GrammarBuilder;
  readonly #signs: readonly string[];
  readonly #letter: GrammarNode;
  #at = 0;

  constructor(builder: GrammarBuilder, pattern: string, letter: GrammarNode) {
    this.#builder = builder;
    this.#signs = Array.from(pattern);
    this.#letter = letter;
  }

  whole(): GrammarNode {
    const builder = this.#builder;
    const options: GrammarNode[] = [];
    do {
      const isFirst = this.#take('^');
      const inner = this.#sequence();
      const isLast = this.#take('$');
      const open = () => builder.repeat(this.#letter);
      options.push(builder.sequence(...(isFirst ? [] : [open()]), inner, ...(isLast ? [] : [open()])));
    } while (this.#take('|'));
    if (this.#at < this.#signs.length) throw this.#unsupported(this.#signs[this.#at]);
    return builder.choice(...options);
  }

  #take(sign: string): boolean {
    if (this.#signs[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #unsupported(what: string): UnsupportedPattern {
    return new UnsupportedPattern(`'${what}' is not supported there`);
  }

  #alternatives(): GrammarNode {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return this.#builder.choice(...options);
  }

  #sequence(): GrammarNode {
    const items: GrammarNode[] = [];
    while (this.#at < this.#signs.length && !'|)$'.includes(this.#signs[this.#at])) items.push(this.#repeated());
    return this.#builder.sequence(...items);
  }

  #repeated(): GrammarNode {
    const start = this.#at;
    const item = this.#item();
    const [least, most] = this.#count();
    if (least === 1 && most === 1) return item;
    // A lazy one matches the same.
    this.#take('?');
    if (canBeEmpty(item)) throw this.#unsupported(this.#signs.slice(start, this.#at).join(''));
    return this.#builder.repeat(item, least, most);
  }

  #count(): [least: number, most: number] {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    const braces = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#signs.slice(this.#at).join(''));
    if (!braces) return [1, 1];
    this.#at += braces[0].length;
    const least = Number(braces[1]);
    const most = braces[2] === undefined ? least : braces[3] === '' ? Infinity : Number(braces[3]);
    if (least > mostRepeats || (most !== Infinity && most > mostRepeats))
      throw new UnsupportedPattern(`repeats more than ${mostRepeats} times`);
    return [least, most];
  }

  #item(): GrammarNode {
    const sign = this.#signs[this.#at++];
    switch (sign) {
      case '(': {
        if (this.#take('?')) {
          const kind = this.#signs[this.#at++];
          if (kind === '<' && !'=!'.includes(this.#signs[this.#at])) while (this.#signs[this.#at++] !== '>');
          else if (kind !== ':') throw this.#unsupported(`(?${kind}`);
        }
        const inner = this.#alternatives();
        if (!this.#take(')')) throw this.#unsupported(this.#signs[this.#at] ?? '(');
        return inner;
      }
      case '[':
        return this.#class();
      case '.':
        return this.#oneOf(() => true);
      case '\\':
        return this.#escape();
      case '^':
        throw this.#unsupported('^');
      default:
        return this.#character(sign);
    }
  }

  #escape(): GrammarNode {
    const { test, character } = this.#escaped();
    return test ? this.#oneOf(test) : this.#character(character);
  }

  /** What follows a backslash: a class of characters, or one. */
  #escaped(): { test: ((sign: string) => boolean) | null; character: string } {
    const sign = this.#signs[this.#at++];
    const named = classes[sign.toLowerCase()] as RegExp | undefined;
    if (named) {
      const isNegated = sign !== sign.toLowerCase();
      return { test: (one) => named.test(one) !== isNegated, character: '' };
    }
    const control = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' }[sign];
    if (control !== undefined) return { test: null, character: control };
    if (sign === 'u' || sign === 'x') {
      const rest = this.#signs.slice(this.#at).join('');
      const code = (sign === 'x' ? /^([0-9a-f]{2})/i : /^(?:\{([0-9a-f]+)\}|([0-9a-f]{4}))/i).exec(rest);
      if (!code) throw this.#unsupported(`\\${sign}`);
      this.#at += code[0].length;
      const value = parseInt(code[1] ?? code[2], 16);
      if (value >= 0xd800 && value < 0xe000) throw this.#unsupported('\\u');
      return { test: null, character: String.fromCodePoint(value) };
    }
    if (/[a-z0-9]/i.test(sign)) throw this.#unsupported(`\\${sign}`);
    return { test: null, character: sign };
  }

  #class(): GrammarNode {
    const isNegated = this.#take('^');
    const tests: ((sign: string) => boolean)[] = [];
    const others = new Set<string>();
    const next = () => {
      const sign = this.#signs[this.#at++];
      return sign === '\\' ? this.#escaped() : { test: null, character: sign };
    };
    while (!this.#take(']')) {
      const { test, character } = next();
      if (test) {
        tests.push(test);
        continue;
      }
      let to = character;
      if (this.#signs[this.#at] === '-' && this.#signs[this.#at + 1] !== ']') {
        this.#at++;
        to = next().character;
      }
      const [low, high] = [character.codePointAt(0)!, to.codePointAt(0)!];
      tests.push((sign) => sign.codePointAt(0)! >= low && sign.codePointAt(0)! <= high);
      for (let code = Math.max(low, LAST + 1); code <= high && others.size < 1000; code++)
        if (code < 0xd800 || code > 0xdfff) others.add(String.fromCodePoint(code));
    }
    const isIn = (sign: string) => tests.some((test) => test(sign));
    return isNegated ? this.#oneOf((sign) => !isIn(sign)) : this.#oneOf(isIn, others);
  }

  /** One of the characters of printable ASCII, or of the others. */
  #oneOf(test: (sign: string) => boolean, others: ReadonlySet<string> = new Set()): GrammarNode {
    const builder = this.#builder;
    const ranges: [number, number][] = [];
    const options: GrammarNode[] = [];
    for (let code = FIRST; code <= LAST; code++) {
      const sign = String.fromCharCode(code);
      if (!test(sign)) continue;
      if (sign === '"' || sign === '\\') options.push(this.#character(sign));
      else if (ranges.at(-1)?.[1] === code - 1) ranges.at(-1)![1] = code;
      else ranges.push([code, code]);
    }
    if (ranges.length > 0) options.unshift(builder.byte(...ranges));
    for (const sign of others) options.push(this.#character(sign));
    if (options.length === 0) throw new UnsupportedPattern('has a class without printable characters');
    return builder.choice(...options);
  }

  /** As JSON has it in a string. */
  #character(sign: string): GrammarNode {
    return this.#builder.text(JSON.stringify(sign).slice(1, -1));
  }
}

/** Whether a part may be nothing: repeated, it would never end. */
function canBeEmpty({ what }: GrammarNode): boolean {
  switch (what.kind) {
    case 'byte':
    case 'rule':
      return false;
    case 'sequence':
      return what.items.every(canBeEmpty);
    case 'choice':
      return what.options.some(canBeEmpty);
    case 'repeat':
      return what.least === 0 || canBeEmpty(what.item);
  }
}

import * as library from '@huggingface/jinja';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';

/** Far more than the templates of models take, and a few seconds on a slow machine. */
const MOST_STEPS = 2_000_000;
const LONGEST_MILLISECONDS = 4000;
/** Characters that a template may build besides four times what it is given. */
const MOST_CHARACTERS = 1 << 22;
/** What an entry of a list counts for, as it takes memory of its own. */
const ENTRY_CHARACTERS = 16;
const LONGEST_RANGE = 100_000;
const LONGEST_SOURCE = 1 << 20;

/** What is used of the library: its own declarations do not resolve under Node's module resolution. */
interface Value {
  readonly value: unknown;
}
interface Variables {
  set(name: string, value: unknown): unknown;
}
interface LibraryInterpreter {
  run(program: object): Value;
  evaluate(statement: object | undefined, environment: Variables): Value;
}
const { Environment, Interpreter, Template } = library as unknown as {
  Environment: new () => Variables;
  Interpreter: new (environment: Variables) => LibraryInterpreter;
  Template: new (source: string) => { readonly parsed: object };
};

/**
 * Jinja with bounds: a template is somebody else's program, and may run without an end or build texts without one. Every
 * step of the interpreter comes by here.
 */
class BoundedInterpreter extends Interpreter {
  readonly #deadline = performance.now() + LONGEST_MILLISECONDS;
  readonly #room: number;
  readonly #sizes = new WeakMap<object, number>();
  #steps = 0;

  constructor(environment: Variables, room: number) {
    super(environment);
    this.#room = room;
  }

  override evaluate(statement: object | undefined, environment: Variables): Value {
    this.#steps++;
    if (this.#steps > MOST_STEPS) throw new HyenaError('bad-input', msg`it takes more than ${MOST_STEPS} steps.`);
    if (performance.now() > this.#deadline)
      throw new HyenaError('bad-input', msg`it takes more than ${LONGEST_MILLISECONDS / 1000} seconds.`);
    const value = super.evaluate(statement, environment);
    if (this.#sizeOf(value) > this.#room)
      throw new HyenaError('bad-input', msg`it produces more than ${this.#room} characters.`);
    return value;
  }

  /** Characters that a value would be written in, about; what is in it twice counts twice. */
  #sizeOf({ value: content }: Value): number {
    if (typeof content === 'string') return content.length;
    const entries: Iterable<Value> | null = Array.isArray(content)
      ? (content as Value[])
      : content instanceof Map
        ? (content as Map<string, Value>).values()
        : null;
    if (!entries) return 0;
    let size = this.#sizes.get(content as object);
    if (size === undefined) {
      size = 0;
      // A list within itself ends here.
      this.#sizes.set(content as object, 0);
      for (const entry of entries) size += this.#sizeOf(entry) + ENTRY_CHARACTERS;
      this.#sizes.set(content as object, size);
    }
    return size;
  }
}

/** A Jinja template that cannot run without bounds. */
export class BoundedTemplate {
  readonly #template: { readonly parsed: object };

  /** @throws Error for what is not a template, or one that is too long */
  constructor(source: string) {
    if (source.length > LONGEST_SOURCE)
      throw new HyenaError('bad-input', msg`it has more than ${LONGEST_SOURCE} characters.`);
    this.#template = new Template(source);
  }

  /**
   * @param variables what the template may use
   * @throws Error in the words of the template, or for a bound that it does not keep
   */
  render(variables: Readonly<Record<string, unknown>>): string {
    const environment = new Environment();
    for (const [name, value] of Object.entries({ ...globals, ...variables })) environment.set(name, value);
    const room = MOST_CHARACTERS + 4 * JSON.stringify(variables).length;
    return String(new BoundedInterpreter(environment, room).run(this.#template.parsed).value);
  }
}

/** What the library gives every template, with a bound on ranges. */
const globals: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  none: null,
  True: true,
  False: false,
  None: null,
  raise_exception: (message: unknown) => {
    throw new Error(String(message));
  },
  range,
  strftime_now: (format: unknown) => formatDate(new Date(), String(format)),
};

function range(first: number, end?: number, step = 1): number[] {
  const [start, stop] = end === undefined ? [0, first] : [first, end];
  if (step === 0) throw new Error('range() step must not be zero');
  const count = Math.ceil((stop - start) / step);
  if (count > LONGEST_RANGE)
    throw new HyenaError('bad-input', msg`it creates a range of more than ${LONGEST_RANGE} numbers.`);
  return Array.from({ length: Math.max(0, count || 0) }, (_, index) => start + index * step);
}

/** The date in the letters of C's strftime that templates use. */
function formatDate(date: Date, format: string): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const named = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', options).format(date);
  const letters: Readonly<Record<string, () => string>> = {
    Y: () => String(date.getFullYear()),
    y: () => two(date.getFullYear() % 100),
    m: () => two(date.getMonth() + 1),
    d: () => two(date.getDate()),
    b: () => named({ month: 'short' }),
    B: () => named({ month: 'long' }),
    a: () => named({ weekday: 'short' }),
    A: () => named({ weekday: 'long' }),
    H: () => two(date.getHours()),
    I: () => two(date.getHours() % 12 || 12),
    M: () => two(date.getMinutes()),
    S: () => two(date.getSeconds()),
    p: () => (date.getHours() < 12 ? 'AM' : 'PM'),
    '%': () => '%',
  };
  return format.replaceAll(/%-?([A-Za-z%])/g, (whole: string, letter: string) => {
    const written = letters[letter]?.();
    return written === undefined ? whole : whole[1] === '-' ? written.replace(/^0(?=\d)/, '') : written;
  });
}

/** Parts of an operator in which its operands stand. */
const watchdogSlots = new Set(['e', 'num', 'den', 'sub', 'sup', 'deg', 'lim', 'fname']);

interface Open {
  name: string;
  /** What is written in it, in order. */
  text: string;
  /** Operands of an operator, by their part. */
  operands: Map<string, string[]>;
  /** Characters that it is written with. */
  characters: Map<string, string>;
}

/** The letters of an equation in Word, in a line: `A=πr^2`, `(a+b)/2`, `√(x)`. */
export class EquationText {
  readonly #open: Open[] = [opened('')];

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    const value = attributes.get('val');
    if (/^(?:chr|begchr|endchr|sepchr)$/.test(name) && value !== undefined)
      this.#open.at(-1)!.characters.set(name, value);
    this.#open.push(opened(name));
  }

  add(text: string): void {
    this.#open.at(-1)!.text += text;
  }

  close(): void {
    const closed = this.#open.pop()!;
    const outer = this.#open.at(-1);
    if (!outer) return;
    // Properties of an operator are named after it: `radPr`.
    if (closed.name.endsWith('pr')) {
      for (const [name, value] of closed.characters) outer.characters.set(name, value);
      return;
    }
    const text = closed.text + writtenOut(closed);
    if (watchdogSlots.has(closed.name))
      outer.operands.set(closed.name, [...(outer.operands.get(closed.name) ?? []), text]);
    else if (closed.name === 'mr') outer.operands.set('e', [...(outer.operands.get('e') ?? []), text]);
    else outer.text += text;
  }

  /** All that was written. */
  end(): string {
    while (this.#open.length > 1) this.close();
    return this.#open[0].text + writtenOut(this.#open[0]);
  }
}

const opened = (name: string): Open => ({ name, text: '', operands: new Map(), characters: new Map() });

/** In brackets where it is more than one letter or number. */
const group = (text: string): string => (/^(?:[\p{N}.,]+|\P{N}|)$/u.test(text) ? text : `(${text})`);
const up = (text: string): string => (text === '' ? '' : `^${group(text)}`);
const down = (text: string): string => (text === '' ? '' : `_${group(text)}`);

function writtenOut({ name, operands, characters }: Open): string {
  const of = (slot: string) => (operands.get(slot) ?? []).join('');
  const scripts = `${down(of('sub'))}${up(of('sup'))}`;
  switch (name) {
    case 'f':
      return `${group(of('num'))}/${group(of('den'))}`;
    case 'rad':
      return `${of('deg')}√${group(of('e'))}`;
    case 'spre':
      return `${scripts}${of('e')}`;
    case 'nary':
      return `${characters.get('chr') ?? '∫'}${scripts} ${of('e')}`;
    case 'd': {
      const [begin, between, end] = ['begchr', 'sepchr', 'endchr'].map((slot) => characters.get(slot));
      return `${begin ?? '('}${(operands.get('e') ?? []).join(between ?? '|')}${end ?? ')'}`;
    }
    case 'func':
      return `${of('fname')} ${of('e')}`;
    case 'limlow':
    case 'limupp':
      return `${of('e')}${down(of('lim'))}`;
    case 'm':
      return `(${(operands.get('e') ?? []).join('; ')})`;
    case 'mr':
    case 'eqarr':
      return (operands.get('e') ?? []).join(name === 'mr' ? ' ' : '; ');
    default:
      return `${of('fname')}${of('num')}${of('den')}${of('deg')}${of('e')}${scripts}${of('lim')}`;
  }
}

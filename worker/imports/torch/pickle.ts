import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type Message } from '../../../main/contract/message.ts';
import { knownGlobal } from './globals.ts';
import { readNumberLine, readStringLine, unsigned64 } from './pickle-text.ts';
import { reduce, storageOf } from './reduce.ts';
import { PickleDict, PickleGlobal, PickleRecord, type PickleValue } from './values.ts';

/** The longest integer that is read, bytes: magic numbers have ten. */
const longestInteger = 64;

const mark = Symbol('mark');

/** The largest pickle that is read, bytes: that of a checkpoint with a hundred thousand tensors has some ten million. */
export const largestPickle = 1 << 27;

/**
 * Reads a pickle as data (protocols 0 to 5). It is a small stack machine whose every operation takes constant time in its
 * input, makes no more objects than the pickle has bytes, and never recurses: a pickle cannot make it run anything, run
 * long, or grow. Names of modules are compared with lists (globals.ts), calls become what they are known to make (reduce.ts).
 */
export class PickleReader {
  readonly #file: string;
  readonly #bytes: Buffer;
  readonly #stack: (PickleValue | typeof mark)[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #at: number;

  /** @param file for errors @param at where the pickle begins */
  constructor(file: string, bytes: Buffer, at = 0) {
    this.#file = file;
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Where the next byte is: after {@link read} that behind the pickle. */
  get position(): number {
    return this.#at;
  }

  /** @throws HyenaError `bad-input` for what is no pickle, is truncated, or asks for a name that is not known */
  read(): PickleValue {
    try {
      for (;;) {
        const code = this.#byte();
        if (code === 0x2e /* STOP */) return this.#pop();
        this.#operate(code);
      }
    } catch (error) {
      if (error instanceof RangeError) throw this.#malformed();
      throw error;
    }
  }

  #operate(code: number): void {
    switch (String.fromCharCode(code)) {
      case '\x80': // PROTO
        if (this.#byte() > 5) throw this.#malformed();
        return;
      case '\x95': // FRAME
        this.#long8();
        return;
      case '(':
        this.#stack.push(mark);
        return;
      case '0': // POP
        if (this.#stack.pop() === undefined) throw this.#malformed();
        return;
      case '1': // POP_MARK
        this.#toMark();
        return;
      case '2': // DUP
        this.#stack.push(this.#top());
        return;
      case 'N':
        return this.#push(null);
      case '\x88':
        return this.#push(true);
      case '\x89':
        return this.#push(false);
      case 'K':
        return this.#push(this.#byte());
      case 'M':
        return this.#push(this.#take(2).readUInt16LE());
      case 'J':
        return this.#push(this.#take(4).readInt32LE());
      case '\x8a': // LONG1
        return this.#push(this.#integer(this.#byte()));
      case '\x8b': // LONG4
        return this.#push(this.#integer(this.#take(4).readInt32LE()));
      case 'G':
        return this.#push(this.#take(8).readDoubleBE());
      case 'I':
      case 'L':
      case 'F':
        return this.#push(readNumberLine(this.#line(), () => this.#malformed()));
      case 'S':
      case 'V':
        return this.#push(readStringLine(this.#line()));
      case 'X': // BINUNICODE
        return this.#push(this.#text(this.#take(4).readUInt32LE()));
      case '\x8c': // SHORT_BINUNICODE
        return this.#push(this.#text(this.#byte()));
      case '\x8d': // BINUNICODE8
        return this.#push(this.#text(this.#long8()));
      case 'T': // BINSTRING
        return this.#push(this.#take(this.#take(4).readUInt32LE()).toString('latin1'));
      case 'U': // SHORT_BINSTRING
        return this.#push(this.#take(this.#byte()).toString('latin1'));
      case 'B': // BINBYTES
        return this.#push(this.#take(this.#take(4).readUInt32LE()));
      case 'C': // SHORT_BINBYTES
        return this.#push(this.#take(this.#byte()));
      case '\x8e': // BINBYTES8
      case '\x96': // BYTEARRAY8
        return this.#push(this.#take(this.#long8()));
      case ']':
      case ')':
      case '\x8f': // EMPTY_SET
        return this.#push([]);
      case '}':
        return this.#push(new PickleDict());
      case 'l':
      case 't':
      case '\x91': // FROZENSET
        return this.#push(this.#toMark());
      case '\x85':
        return this.#push(this.#several(1));
      case '\x86':
        return this.#push(this.#several(2));
      case '\x87':
        return this.#push(this.#several(3));
      case 'd': {
        const items = this.#toMark();
        const dict = new PickleDict();
        this.#setItems(dict, items);
        return this.#push(dict);
      }
      case 'a': {
        const value = this.#pop();
        return this.#append(this.#top(), [value]);
      }
      case 'e':
      case '\x90': {
        // APPENDS, ADDITEMS
        const items = this.#toMark();
        return this.#append(this.#top(), items);
      }
      case 's': {
        const items = this.#several(2);
        return this.#setItems(this.#top(), items);
      }
      case 'u': {
        const items = this.#toMark();
        return this.#setItems(this.#top(), items);
      }
      case 'p': {
        const place = readNumberLine(this.#line(), () => this.#malformed());
        this.#memo.set(Number(place), this.#top());
        return;
      }
      case 'q':
        this.#memo.set(this.#byte(), this.#top());
        return;
      case 'r':
        this.#memo.set(this.#take(4).readUInt32LE(), this.#top());
        return;
      case '\x94': // MEMOIZE
        this.#memo.set(this.#memo.size, this.#top());
        return;
      case 'g':
        return this.#push(this.#remembered(Number(readNumberLine(this.#line(), () => this.#malformed()))));
      case 'h':
        return this.#push(this.#remembered(this.#byte()));
      case 'j':
        return this.#push(this.#remembered(this.#take(4).readUInt32LE()));
      case 'c': {
        const module = this.#line();
        return this.#push(knownGlobal(this.#file, module, this.#line()));
      }
      case '\x93': {
        // STACK_GLOBAL
        const [module, name] = this.#several(2);
        if (typeof module !== 'string' || typeof name !== 'string') throw this.#malformed();
        return this.#push(knownGlobal(this.#file, module, name));
      }
      case 'R': {
        const [callable, values] = this.#several(2);
        return this.#push(this.#made(callable, values));
      }
      case '\x81': {
        // NEWOBJ
        const [type, values] = this.#several(2);
        return this.#push(this.#made(type, values));
      }
      case '\x92': {
        // NEWOBJ_EX
        const [type, values] = this.#several(3);
        return this.#push(this.#made(type, values));
      }
      case 'i': {
        // INST
        const module = this.#line();
        const type = knownGlobal(this.#file, module, this.#line());
        return this.#push(this.#made(type, this.#toMark()));
      }
      case 'o': {
        // OBJ
        const [type, ...values] = this.#toMark();
        return this.#push(this.#made(type, values));
      }
      case 'b': // BUILD: nothing that is read here has a state that matters.
        this.#pop();
        this.#top();
        return;
      case 'Q': // BINPERSID
        return this.#push(storageOf(this.#pop(), () => this.#malformed()));
      default:
        throw this.#malformed();
    }
  }

  #made(callable: PickleValue | undefined, values: PickleValue): PickleValue {
    if (!(callable instanceof PickleGlobal)) throw this.#malformed();
    if (!Array.isArray(values)) throw this.#malformed();
    return reduce(callable, values, () => this.#malformed());
  }

  #append(target: PickleValue, items: PickleValue[]): void {
    if (Array.isArray(target)) for (const item of items) target.push(item);
    else if (!(target instanceof PickleRecord)) throw this.#malformed();
  }

  #setItems(target: PickleValue, items: readonly PickleValue[]): void {
    if (items.length % 2 !== 0) throw this.#malformed();
    if (target instanceof PickleRecord) return;
    if (!(target instanceof PickleDict)) throw this.#malformed();
    for (let index = 0; index < items.length; index += 2) target.entries.set(items[index], items[index + 1]);
  }

  #remembered(place: number): PickleValue {
    const value = this.#memo.get(place);
    if (value === undefined) throw this.#malformed();
    return value;
  }

  #push(value: PickleValue): void {
    this.#stack.push(value);
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === mark) throw this.#malformed();
    return value;
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === mark) throw this.#malformed();
    return value;
  }

  #several(count: number): PickleValue[] {
    const values: PickleValue[] = [];
    for (let index = 0; index < count; index++) values.push(this.#pop());
    return values.reverse();
  }

  #toMark(): PickleValue[] {
    const values: PickleValue[] = [];
    for (let value = this.#stack.pop(); value !== mark; value = this.#stack.pop()) {
      if (value === undefined) throw this.#malformed();
      values.push(value);
    }
    return values.reverse();
  }

  #byte(): number {
    return this.#take(1)[0];
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (!(length >= 0 && end <= this.#bytes.length)) throw this.#malformed();
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  #long8(): number {
    return unsigned64(this.#take(8), () => this.#malformed());
  }

  #text(length: number): string {
    return this.#take(length).toString('utf8');
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#malformed();
    const text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  /** Little-endian, two's complement. */
  #integer(length: number): number | bigint {
    if (length > longestInteger) throw this.#malformed();
    const bytes = this.#take(length);
    let value = 0n;
    for (let index = length - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[index]);
    if (length > 0 && bytes[length - 1] >= 128) value -= 1n << BigInt(8 * length);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  #malformed(): HyenaError {
    return malformedPickle(this.#file, msg`the description of its tensors is damaged at byte ${this.#at}`);
  }
}

export const malformedPickle = (file: string, what: Message): HyenaError =>
  new HyenaError('bad-input', msg`${file} is not a valid PyTorch file: ${what}.`, {
    hint: 'The file may be truncated or damaged. Copy or download it again.',
  });

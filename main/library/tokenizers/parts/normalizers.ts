import { bytesToCharacters } from '../byte-alphabet.ts';
import { lowerCase, trimEnd, trimStart } from './characters.ts';
import type { ConfigPart } from './part.ts';
import { patternOf } from './pattern.ts';
import { CompiledRules } from './precompiled.ts';

/** A text on its way, and whether its first character no longer is the first of what was given. */
interface Normalized {
  readonly text: string;
  readonly shifted: boolean;
}

export type Normalizer = (given: Normalized) => Normalized;

/** A change that keeps the first character in place, but for what `shifts` finds. */
const changing =
  (change: (text: string) => string, shifts?: RegExp): Normalizer =>
  ({ text, shifted }) => ({ text: change(text), shifted: shifted || (shifts !== undefined && shifts.test(text)) });

/** The normalizer that a tokenizer.json describes, as Hugging Face's library does it. Throws for an unknown one. */
export function normalizerOf(part: ConfigPart | null): Normalizer {
  if (part === null) return (given) => given;
  switch (part.type) {
    case 'Sequence': {
      const all = part.parts('normalizers').map(normalizerOf);
      return (given) => all.reduce((done, normalize) => normalize(done), given);
    }
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD': {
      const { type } = part;
      return changing((text) => text.normalize(type));
    }
    case 'Lowercase':
      return changing(lowerCase);
    case 'Strip': {
      const [left, right] = [part.flag('strip_left', true), part.flag('strip_right', true)];
      return changing(
        (text) => {
          const trimmed = left ? trimStart(text) : text;
          return right ? trimEnd(trimmed) : trimmed;
        },
        left ? /^\p{White_Space}/u : undefined,
      );
    }
    case 'StripAccents':
      return changing((text) => text.replaceAll(/\p{M}/gu, ''), /^\p{M}/u);
    case 'Replace':
      return replace(part);
    case 'Prepend': {
      const before = part.text('prepend');
      return changing((text) => (text === '' ? text : before + text));
    }
    case 'ByteLevel':
      return changing((text) => bytesToCharacters(Buffer.from(text, 'utf8')));
    case 'Nmt':
      return changing(nmt, nmtRemoved);
    case 'Precompiled': {
      const rules = new CompiledRules(part);
      return changing((text) => rules.normalize(text));
    }
    case 'BertNormalizer':
      return bert(part);
    default:
      throw part.unknown();
  }
}

function replace(part: ConfigPart): Normalizer {
  const pattern = patternOf(part);
  const content = part.text('content');
  return ({ text, shifted }) => {
    pattern.lastIndex = 0;
    const first = pattern.exec(text);
    return {
      text: text.replace(pattern, () => content),
      shifted: shifted || (first !== null && first.index === 0 && first[0] !== ''),
    };
  };
}

const nmtRemoved = /^[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]/;

/** As translators clean their texts: control characters go, odd spaces become spaces. */
function nmt(text: string): string {
  return text
    .replaceAll(/[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]/g, '')
    .replaceAll(/[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]/g, ' ');
}

/** Characters between which BERT puts spaces. The fifth range begins late in Hugging Face's library too. */
const chinese =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;

function bert(part: ConfigPart): Normalizer {
  const lower = part.flag('lowercase', true);
  const clean = part.flag('clean_text', true);
  const spaced = part.flag('handle_chinese_chars', true);
  const stripped = part.flag('strip_accents', lower);
  return changing(
    (text) => {
      let done = text;
      if (clean)
        done = done.replaceAll(/\0|\ufffd|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}]/gu, '').replaceAll(/\p{White_Space}/gu, ' ');
      if (spaced) done = done.replaceAll(chinese, ' $& ');
      if (stripped) done = done.normalize('NFD').replaceAll(/\p{Mn}/gu, '');
      return lower ? lowerCase(done) : done;
    },
    clean ? /^(?:\0|\ufffd|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}])/u : undefined,
  );
}

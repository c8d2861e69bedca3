import { charactersToBytes } from '../byte-alphabet.ts';
import { msg } from '../../../contract/message.ts';
import type { ConfigPart } from './part.ts';
import { patternOf } from './pattern.ts';

/** Changes the texts of tokens until they make a text when joined. */
export type TokenDecoder = (tokens: readonly string[]) => string[];

/** The decoder that a tokenizer.json describes, as Hugging Face's library does it. Throws for an unknown one. */
export function decoderOf(part: ConfigPart | null): TokenDecoder {
  // Without one, words are taken for words.
  if (part === null) return (tokens) => [tokens.join(' ')];
  switch (part.type) {
    case 'Sequence': {
      const all = part.parts('decoders').map(decoderOf);
      return (tokens) => all.reduce<string[]>((done, decode) => decode(done), [...tokens]);
    }
    case 'ByteLevel':
      return (tokens) => [
        Buffer.concat(tokens.map((token) => charactersToBytes(token) ?? Buffer.from(token, 'utf8'))).toString('utf8'),
      ];
    case 'ByteFallback':
      return byteFallback;
    case 'Fuse':
      return (tokens) => [tokens.join('')];
    case 'Replace': {
      const pattern = patternOf(part);
      const content = part.text('content');
      return (tokens) => tokens.map((token) => token.replace(pattern, () => content));
    }
    case 'Strip':
      return strip(part);
    case 'Metaspace': {
      const replacement = part.text('replacement');
      const scheme = part.text('prepend_scheme', part.flag('add_prefix_space', true) ? 'always' : 'never');
      return (tokens) =>
        tokens.map((token, index) => {
          const spaced = index === 0 && scheme !== 'never' ? '' : ' ';
          return token.replaceAll(replacement, spaced);
        });
    }
    case 'WordPiece': {
      const prefix = part.text('prefix', '##');
      const tidy = part.flag('cleanup', true) ? cleaned : (text: string) => text;
      return (tokens) =>
        tokens.map((token, index) =>
          tidy(index === 0 ? token : token.startsWith(prefix) ? token.slice(prefix.length) : ` ${token}`),
        );
    }
    case 'BPEDecoder': {
      const suffix = part.text('suffix', '</w>');
      return (tokens) => tokens.map((token, index) => token.replaceAll(suffix, index === tokens.length - 1 ? '' : ' '));
    }
    case 'CTC': {
      const pad = part.text('pad_token', '<pad>');
      const delimiter = part.text('word_delimiter_token', '|');
      const tidy = part.flag('cleanup', true);
      return (tokens) =>
        tokens
          .filter((token, index) => token !== tokens[index - 1])
          .map((token) => token.replaceAll(pad, ''))
          .map((token) => (tidy ? cleaned(token).replaceAll(delimiter, ' ') : token))
          .filter((token) => token !== '');
    }
    default:
      throw part.unknown();
  }
}

function byteFallback(tokens: readonly string[]): string[] {
  const texts: string[] = [];
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length === 0) return;
    try {
      texts.push(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes)));
    } catch {
      texts.push('\ufffd'.repeat(bytes.length));
    }
    bytes = [];
  };
  for (const token of tokens) {
    const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(token);
    if (byte) bytes.push(parseInt(byte[1], 16));
    else {
      flush();
      texts.push(token);
    }
  }
  flush();
  return texts;
}

function strip(part: ConfigPart): TokenDecoder {
  const content = part.text('content', ' ');
  if (content.length === 0) throw part.wrong(msg`content is empty`);
  const [most, last] = [part.count('start', 0), part.count('stop', 0)];
  return (tokens) =>
    tokens.map((token) => {
      const characters = [...token];
      let [from, to] = [0, characters.length];
      while (from < Math.min(most, characters.length) && characters[from] === content) from++;
      while (to > from && characters.length - to < last && characters[to - 1] === content) to--;
      return characters.slice(from, to).join('');
    });
}

/** Takes out the spaces that a division into words leaves before punctuation, as in English. */
function cleaned(text: string): string {
  return [
    [' .', '.'],
    [' ?', '?'],
    [' !', '!'],
    [' ,', ','],
    [" ' ", "'"],
    [" n't", "n't"],
    [" 'm", "'m"],
    [' do not', " don't"],
    [" 's", "'s"],
    [" 've", "'ve"],
    [" 're", "'re"],
  ].reduce((done, [from, to]) => done.replaceAll(from, to), text);
}

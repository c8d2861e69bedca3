import { HyenaError } from '../../main/contract/errors.ts';
import { msg, type Message } from '../../main/contract/message.ts';
import type { Variant } from '../../main/contract/sequences.ts';

/** A variant as it was given, or why it cannot be read. */
export type ParsedVariant = { readonly given: string } & (
  | { readonly variant: Variant; readonly problem?: undefined }
  | { readonly variant?: undefined; readonly problem: Message }
);

const inline = /^\s*(\S+):([\d,_]+)[\s:]+([A-Za-z]+|-)\s*>\s*([A-Za-z]+|-)\s*$/;
const allele = (text: string): string => (text === '-' ? '' : text.toUpperCase());

/**
 * Reads `record:position REF>ALT`, `-` for no bases: `chr7:140753336 A>T`, `chr2:100 ->ACG`.
 *
 * @throws HyenaError `usage`
 */
export function parseVariant(given: string): Variant {
  const [, record, place, ref, alt] = inline.exec(given) ?? [];
  const position = Number((place ?? '').replaceAll(/[,_]/g, ''));
  if (record === undefined || !Number.isSafeInteger(position) || position < 1)
    throw new HyenaError('usage', msg`'${given}' is not a variant.`, {
      hint: 'A variant has the form record:position REF>ALT, for example chr7:140753336 A>T.',
    });
  return { record, position, ref: allele(ref), alt: allele(alt) };
}

/**
 * The variants of a VCF file (VCF 4.x: tab-separated CHROM, POS, ID, REF, ALT, …), one for each alternative allele. What has
 * no bases (symbolic alleles, breakends, `*`) and what is malformed comes with the reason.
 */
export function* parseVcf(text: string): Generator<ParsedVariant> {
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [record, place, id, ref, alternatives] = line.split('\t');
    const given = line.split('\t').slice(0, 5).join(' ');
    if (alternatives === undefined) {
      yield { given: line.slice(0, 100), problem: msg`Line ${index + 1} has fewer than five columns.` };
      continue;
    }
    const position = /^\d+$/.test(place) ? Number(place) : 0;
    for (const alt of alternatives.split(',')) {
      if (alt === '.') continue;
      if (position < 1 || record === '')
        yield { given, problem: msg`Line ${index + 1}: '${place}' is not a position.` };
      else if (!/^[A-Za-z]+$/.test(ref) || !/^[A-Za-z]+$/.test(alt))
        yield {
          given,
          problem: msg`Line ${index + 1}: the allele ${/^[A-Za-z]+$/.test(ref) ? alt : ref} has no bases.`,
        };
      else
        yield {
          given,
          variant: { record, position, ref: allele(ref), alt: allele(alt), ...(id !== '.' && id !== '' && { id }) },
        };
    }
  }
}

/** A variant as a person writes it. */
export const variantName = ({ record, position, ref, alt }: Variant): string =>
  `${record}:${position} ${ref || '-'}>${alt || '-'}`;

/** The bases around a variant with each allele. */
export interface VariantWindow {
  /** First and last base of the sequence that it covers, from 1. */
  readonly start: number;
  readonly end: number;
  readonly ref: string;
  readonly alt: string;
}

/**
 * The window around a variant, the variant in its middle, moved inwards at the ends of the sequence.
 *
 * @param width bases of a window with either allele, at most
 * @throws HyenaError `bad-input` where the sequence has other bases there, or ends before
 */
export function windowAround(sequence: string, variant: Variant, width: number): VariantWindow {
  const { position, ref, alt, record } = variant;
  const at = position - 1;
  const last = at + ref.length;
  if (last > sequence.length || at > sequence.length)
    throw new HyenaError(
      'bad-input',
      msg`${variantName(variant)} lies beyond the end of ${record}, which has ${sequence.length} bases.`,
    );
  const found = sequence.slice(at, last);
  if (found !== ref)
    throw new HyenaError(
      'bad-input',
      msg`${variantName(variant)}: the sequence has ${found.slice(0, 50)} there, not ${ref.slice(0, 50)}.`,
      { hint: 'Positions count from 1. Choose the reference that the variants were called against.' },
    );
  const longest = Math.max(ref.length, alt.length);
  if (longest >= width)
    throw new HyenaError(
      'bad-input',
      msg`${variantName(variant).slice(0, 100)} has ${longest} bases, more than a window of ${width}.`,
    );
  const around = width - longest;
  let start = Math.max(0, at - Math.floor(around / 2));
  const end = Math.min(sequence.length, last + around - (at - start));
  start = Math.max(0, Math.min(start, at - (around - (end - last))));
  const [before, after] = [sequence.slice(start, at), sequence.slice(last, end)];
  return { start: start + 1, end: Math.max(start + 1, end), ref: before + ref + after, alt: before + alt + after };
}

/** Nucleotides and their IUPAC codes, each above its complement (Cornish-Bowden, Nucleic Acids Research 13, 1985). */
const complements = new Map(
  [...'ACGTRYKMBVDHSWNacgtrykmbvdhswn'].map((letter, index) => [letter, [...'TGCAYRMKVBHDSWNtgcayrmkvbhdswn'][index]]),
);

/**
 * The other strand, read in its direction; of RNA (U and no T) as RNA. Letters without a complement stay as they are.
 *
 * @param sequence of one-letter codes
 */
export function reverseComplement(sequence: string): string {
  const isRna = /u/i.test(sequence) && !/t/i.test(sequence);
  let other = '';
  for (let at = sequence.length - 1; at >= 0; at--) {
    const letter = sequence[at];
    if (letter === 'U') other += 'A';
    else if (letter === 'u') other += 'a';
    else if (isRna && letter === 'A') other += 'U';
    else if (isRna && letter === 'a') other += 'u';
    else other += complements.get(letter) ?? letter;
  }
  return other;
}

import type { Catalogue } from '../language.ts';

/** What readers and scores of sequences, and the export to ONNX report, by its English: see main/contract/message.ts. */
export const deSequences: Catalogue = {
  'Not FASTA: what it contains are not sequences under headers that begin with >.':
    'Kein FASTA: Der Inhalt sind keine Sequenzen unter Kopfzeilen, die mit > beginnen.',
  'Rename a plain text to .txt.': 'Einen gewöhnlichen Text in .txt umbenennen.',
  '{0} {0|one: record has|other: records have} no sequence and {0|one: was|other: were} skipped (first: {1}).':
    '{0} {0|one: Eintrag|other: Einträge} ohne Sequenz {0|one: wurde|other: wurden} übersprungen (zuerst: {1}).',
  '{0} {0|one: character|other: characters} that {0|one: is|other: are} not part of a sequence {0|one: was|other: were} dropped: {1}.':
    '{0} Zeichen, {0|one: das|other: die} zu keiner Sequenz {0|one: gehört, wurde|other: gehören, wurden} weggelassen: {1}.',
  'The sequences are proteins. A DNA model does not know amino acids.':
    'Die Sequenzen sind Proteine. Ein DNA-Modell kennt keine Aminosäuren.',
  '{0} {0|one: letter is|other: letters are} neither a nucleotide nor a code for several; {0|one: it was|other: they were} kept.':
    '{0} {0|one: Buchstabe steht|other: Buchstaben stehen} weder für ein Nukleotid noch für mehrere; {0|one: er wurde|other: sie wurden} behalten.',
  '{0} {0|one: letter is|other: letters are} IUPAC codes for several nucleotides; {0|one: it was|other: they were} kept.':
    '{0} {0|one: Buchstabe ist ein IUPAC-Code|other: Buchstaben sind IUPAC-Codes} für mehrere Nukleotide; {0|one: er wurde|other: sie wurden} behalten.',
  '{0} {0|one: base is|other: bases are} unknown (N).': '{0} {0|one: Base ist|other: Basen sind} unbekannt (N).',
  '{0} {0|one: letter in lower case (soft-masked) was|other: letters in lower case (soft-masked) were} read as upper case.':
    '{0} {0|one: Kleinbuchstabe (Soft-Masking) wurde als Großbuchstabe|other: Kleinbuchstaben (Soft-Masking) wurden als Großbuchstaben} gelesen.',
  '{0} {0|one: gap character was|other: gap characters were} dropped (- or .).':
    '{0} {0|one: Lückenzeichen wurde|other: Lückenzeichen wurden} weggelassen (- oder .).',
  '{0} {0|one: stop character was|other: stop characters were} dropped (*).':
    '{0} {0|one: Stoppzeichen wurde|other: Stoppzeichen wurden} weggelassen (*).',
  '{0} {0|one: comment line was|other: comment lines were} dropped (;).':
    '{0} {0|one: Kommentarzeile wurde|other: Kommentarzeilen wurden} weggelassen (;).',
  '{0} {0|one: record has|other: records have} the name of an earlier one (first: {1}).':
    '{0} {0|one: Eintrag hat|other: Einträge haben} den Namen eines früheren (zuerst: {1}).',
  'A sequence has no header (>).': 'Eine Sequenz hat keine Kopfzeile (>).',
};

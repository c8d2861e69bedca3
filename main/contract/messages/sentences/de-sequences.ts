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
  '{0} of {1} letters are not in the vocabulary of this model and were scored as its unknown token: {2}.':
    '{0} von {1} Buchstaben fehlen im Vokabular dieses Modells und wurden als sein unbekanntes Token bewertet: {2}.',
  'This model does not read sequences letter by letter.':
    'Dieses Modell liest Sequenzen nicht Buchstabe für Buchstabe.',
  'Choose a model whose tokens are characters or bytes.': 'Ein Modell wählen, dessen Token Zeichen oder Bytes sind.',
  'No record has two tokens: there is nothing to score.': 'Kein Eintrag hat zwei Token: Es gibt nichts zu bewerten.',
  'Choose files with sequences or texts.': 'Dateien mit Sequenzen oder Texten wählen.',
  'Choose a smaller window.': 'Ein kleineres Fenster wählen.',
  "A window of {0} bases exceeds this model's context of {1}.":
    'Ein Fenster von {0} Basen überschreitet den Kontext dieses Modells von {1}.',
  'No record is named {0}.': 'Kein Eintrag heißt {0}.',
  'A record is named by the first word of its header.': 'Der Name eines Eintrags ist das erste Wort seiner Kopfzeile.',
  'No variants found.': 'Es gibt keine Varianten.',
  'Positions count from 1. Choose the reference that the variants were called against.':
    'Positionen zählen ab 1. Die Referenz wählen, gegen die die Varianten bestimmt wurden.',
  '{0} is empty.': '{0} ist leer.',
  'A variant has the form record:position REF>ALT, for example chr7:140753336 A>T.':
    'Eine Variante hat die Form Eintrag:Position REF>ALT, zum Beispiel chr7:140753336 A>T.',
  "'{0}' is not a variant.": "'{0}' ist keine Variante.",
  'Line {0} has fewer than five columns.': 'Zeile {0} hat weniger als fünf Spalten.',
  "Line {0}: '{1}' is not a position.": "Zeile {0}: '{1}' ist keine Position.",
  'Line {0}: the allele {1} has no bases.': 'Zeile {0}: Das Allel {1} hat keine Basen.',
  '{0} lies beyond the end of {1}, which has {2} bases.': '{0} liegt hinter dem Ende von {1} mit {2} Basen.',
  '{0}: the sequence has {1} there, not {2}.': '{0}: Die Sequenz hat dort {1}, nicht {2}.',
  '{0} has {1} bases, more than a window of {2}.': '{0} hat {1} Basen, mehr als in ein Fenster von {2} passen.',
  'These scores are no longer kept.': 'Diese Bewertung ist nicht mehr gespeichert.',
  'Score the sequences again.': 'Die Sequenzen erneut bewerten.',
};

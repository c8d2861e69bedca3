import type { Catalogue } from '../language.ts';

/** What readers and scores of sequences, and the export to ONNX report, by its English: see main/contract/message.ts. */
export const itSequences: Catalogue = {
  'Not FASTA: what it contains are not sequences under headers that begin with >.':
    'Non è FASTA: il contenuto non sono sequenze sotto intestazioni che iniziano con >.',
  'Rename a plain text to .txt.': 'Rinomina un testo normale in .txt.',
  '{0} {0|one: record has|other: records have} no sequence and {0|one: was|other: were} skipped (first: {1}).':
    '{0} {0|one: record senza sequenza è stato saltato|other: record senza sequenza sono stati saltati} (primo: {1}).',
  '{0} {0|one: character|other: characters} that {0|one: is|other: are} not part of a sequence {0|one: was|other: were} dropped: {1}.':
    '{0} {0|one: carattere che non fa parte di una sequenza è stato scartato|other: caratteri che non fanno parte di una sequenza sono stati scartati}: {1}.',
  'The sequences are proteins. A DNA model does not know amino acids.':
    'Le sequenze sono proteine. Un modello di DNA non conosce gli amminoacidi.',
  '{0} {0|one: letter is|other: letters are} neither a nucleotide nor a code for several; {0|one: it was|other: they were} kept.':
    '{0} {0|one: lettera non è un nucleotide né un codice per più nucleotidi; è stata mantenuta|other: lettere non sono nucleotidi né codici per più nucleotidi; sono state mantenute}.',
  '{0} {0|one: letter is|other: letters are} IUPAC codes for several nucleotides; {0|one: it was|other: they were} kept.':
    '{0} {0|one: lettera è un codice IUPAC per più nucleotidi; è stata mantenuta|other: lettere sono codici IUPAC per più nucleotidi; sono state mantenute}.',
  '{0} {0|one: base is|other: bases are} unknown (N).':
    '{0} {0|one: base è sconosciuta|other: basi sono sconosciute} (N).',
  '{0} {0|one: letter in lower case (soft-masked) was|other: letters in lower case (soft-masked) were} read as upper case.':
    '{0} {0|one: lettera minuscola (soft-masking) è stata letta come maiuscola|other: lettere minuscole (soft-masking) sono state lette come maiuscole}.',
  '{0} {0|one: gap character was|other: gap characters were} dropped (- or .).':
    '{0} {0|one: carattere di gap è stato scartato|other: caratteri di gap sono stati scartati} (- o .).',
  '{0} {0|one: stop character was|other: stop characters were} dropped (*).':
    '{0} {0|one: carattere di stop è stato scartato|other: caratteri di stop sono stati scartati} (*).',
  '{0} {0|one: comment line was|other: comment lines were} dropped (;).':
    '{0} {0|one: riga di commento è stata scartata|other: righe di commento sono state scartate} (;).',
  '{0} {0|one: record has|other: records have} the name of an earlier one (first: {1}).':
    '{0} {0|one: record ha|other: record hanno} il nome di uno precedente (primo: {1}).',
  'A sequence has no header (>).': 'Una sequenza non ha intestazione (>).',
  '{0} of {1} letters are not in the vocabulary of this model and were scored as its unknown token: {2}.':
    '{0} lettere su {1} non sono nel vocabolario di questo modello e sono state valutate come il suo token sconosciuto: {2}.',
  'This model does not read sequences letter by letter.': 'Questo modello non legge le sequenze lettera per lettera.',
  'Choose a model whose tokens are characters or bytes.': 'Scegli un modello i cui token siano caratteri o byte.',
  'No record has two tokens: there is nothing to score.': "Nessun record ha due token: non c'è nulla da valutare.",
  'Choose files with sequences or texts.': 'Scegli file con sequenze o testi.',
  'Choose a smaller window.': 'Scegli una finestra più piccola.',
  "A window of {0} bases exceeds this model's context of {1}.":
    'Una finestra di {0} basi supera il contesto di questo modello, di {1}.',
  'No record is named {0}.': 'Nessun record si chiama {0}.',
  'A record is named by the first word of its header.':
    'Il nome di un record è la prima parola della sua intestazione.',
  'No variants found.': 'Non ci sono varianti.',
  'Positions count from 1. Choose the reference that the variants were called against.':
    'Le posizioni si contano da 1. Scegli il riferimento rispetto al quale sono state chiamate le varianti.',
  '{0} is empty.': '{0} è vuoto.',
  'A variant has the form record:position REF>ALT, for example chr7:140753336 A>T.':
    'Una variante ha la forma record:posizione REF>ALT, per esempio chr7:140753336 A>T.',
  "'{0}' is not a variant.": "'{0}' non è una variante.",
  'Line {0} has fewer than five columns.': 'La riga {0} ha meno di cinque colonne.',
  "Line {0}: '{1}' is not a position.": "Riga {0}: '{1}' non è una posizione.",
  'Line {0}: the allele {1} has no bases.': "Riga {0}: l'allele {1} non ha basi.",
  '{0} lies beyond the end of {1}, which has {2} bases.': '{0} si trova oltre la fine di {1}, che ha {2} basi.',
  '{0}: the sequence has {1} there, not {2}.': '{0}: lì la sequenza ha {1}, non {2}.',
  '{0} has {1} bases, more than a window of {2}.': '{0} ha {1} basi, più di una finestra di {2}.',
  'These scores are no longer kept.': 'Queste valutazioni non sono più conservate.',
  'Score the sequences again.': 'Valuta di nuovo le sequenze.',
};

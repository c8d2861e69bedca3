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
};

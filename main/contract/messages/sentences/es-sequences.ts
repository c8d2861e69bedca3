import type { Catalogue } from '../language.ts';

/** What readers and scores of sequences, and the export to ONNX report, by its English: see main/contract/message.ts. */
export const esSequences: Catalogue = {
  'Not FASTA: what it contains are not sequences under headers that begin with >.':
    'No es FASTA: su contenido no son secuencias bajo cabeceras que empiezan por >.',
  'Rename a plain text to .txt.': 'Cambie la extensión de un texto normal a .txt.',
  '{0} {0|one: record has|other: records have} no sequence and {0|one: was|other: were} skipped (first: {1}).':
    'Se {0|one: omitió|other: omitieron} {0} {0|one: registro|other: registros} sin secuencia (primero: {1}).',
  '{0} {0|one: character|other: characters} that {0|one: is|other: are} not part of a sequence {0|one: was|other: were} dropped: {1}.':
    'Se {0|one: descartó|other: descartaron} {0} {0|one: carácter que no forma|other: caracteres que no forman} parte de una secuencia: {1}.',
  'The sequences are proteins. A DNA model does not know amino acids.':
    'Las secuencias son proteínas. Un modelo de ADN no conoce los aminoácidos.',
  '{0} {0|one: letter is|other: letters are} neither a nucleotide nor a code for several; {0|one: it was|other: they were} kept.':
    '{0} {0|one: letra no es un nucleótido ni un código de varios; se conservó|other: letras no son nucleótidos ni códigos de varios; se conservaron}.',
  '{0} {0|one: letter is|other: letters are} IUPAC codes for several nucleotides; {0|one: it was|other: they were} kept.':
    '{0} {0|one: letra es un código IUPAC de varios nucleótidos; se conservó|other: letras son códigos IUPAC de varios nucleótidos; se conservaron}.',
  '{0} {0|one: base is|other: bases are} unknown (N).':
    '{0} {0|one: base es desconocida|other: bases son desconocidas} (N).',
  '{0} {0|one: letter in lower case (soft-masked) was|other: letters in lower case (soft-masked) were} read as upper case.':
    '{0} {0|one: letra minúscula (enmascaramiento suave) se leyó como mayúscula|other: letras minúsculas (enmascaramiento suave) se leyeron como mayúsculas}.',
  '{0} {0|one: gap character was|other: gap characters were} dropped (- or .).':
    'Se {0|one: descartó|other: descartaron} {0} {0|one: carácter de hueco|other: caracteres de hueco} (- o .).',
  '{0} {0|one: stop character was|other: stop characters were} dropped (*).':
    'Se {0|one: descartó|other: descartaron} {0} {0|one: carácter de parada|other: caracteres de parada} (*).',
  '{0} {0|one: comment line was|other: comment lines were} dropped (;).':
    'Se {0|one: descartó|other: descartaron} {0} {0|one: línea de comentario|other: líneas de comentario} (;).',
  '{0} {0|one: record has|other: records have} the name of an earlier one (first: {1}).':
    '{0} {0|one: registro tiene|other: registros tienen} el nombre de uno anterior (primero: {1}).',
  'A sequence has no header (>).': 'Una secuencia no tiene cabecera (>).',
};

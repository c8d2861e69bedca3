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
  '{0} of {1} letters are not in the vocabulary of this model and were scored as its unknown token: {2}.':
    '{0} de {1} letras no están en el vocabulario de este modelo y se puntuaron como su token desconocido: {2}.',
  'This model does not read sequences letter by letter.': 'Este modelo no lee las secuencias letra a letra.',
  'Choose a model whose tokens are characters or bytes.': 'Elija un modelo cuyos tokens sean caracteres o bytes.',
  'No record has two tokens: there is nothing to score.': 'Ningún registro tiene dos tokens: no hay nada que puntuar.',
  'Choose files with sequences or texts.': 'Elija archivos con secuencias o textos.',
  'Choose a smaller window.': 'Elija una ventana más pequeña.',
  "A window of {0} bases exceeds this model's context of {1}.":
    'Una ventana de {0} bases supera el contexto de este modelo, de {1}.',
  'No record is named {0}.': 'Ningún registro se llama {0}.',
  'A record is named by the first word of its header.':
    'El nombre de un registro es la primera palabra de su cabecera.',
  'No variants found.': 'No hay variantes.',
  'Positions count from 1. Choose the reference that the variants were called against.':
    'Las posiciones se cuentan desde 1. Elija la referencia con la que se llamaron las variantes.',
  '{0} is empty.': '{0} está vacío.',
  'A variant has the form record:position REF>ALT, for example chr7:140753336 A>T.':
    'Una variante tiene la forma registro:posición REF>ALT, por ejemplo chr7:140753336 A>T.',
  "'{0}' is not a variant.": "'{0}' no es una variante.",
  'Line {0} has fewer than five columns.': 'La línea {0} tiene menos de cinco columnas.',
  "Line {0}: '{1}' is not a position.": "Línea {0}: '{1}' no es una posición.",
  'Line {0}: the allele {1} has no bases.': 'Línea {0}: el alelo {1} no tiene bases.',
  '{0} lies beyond the end of {1}, which has {2} bases.': '{0} está más allá del final de {1}, que tiene {2} bases.',
  '{0}: the sequence has {1} there, not {2}.': '{0}: la secuencia tiene ahí {1}, no {2}.',
  '{0} has {1} bases, more than a window of {2}.': '{0} tiene {1} bases, más de las que caben en una ventana de {2}.',
  'These scores are no longer kept.': 'Estas puntuaciones ya no se conservan.',
  'Score the sequences again.': 'Puntúe de nuevo las secuencias.',
};

import type { Catalogue } from '../language.ts';

/**
 * What readers, tokenizers, data sets, documents and checkpoints report, by its English: see
 * main/contract/message.ts.
 */
export const deData: Catalogue = {
  "'{0}' is not a valid name for a data set. {1}": "'{0}' ist kein gültiger Name für einen Datensatz. {1}",
  "'{0}' contains neither text nor chat messages.": "'{0}' enthält weder Text noch Chat-Nachrichten.",
  "'{0}' is not a valid entry of a byte-level vocabulary": "'{0}' ist kein Eintrag eines Vokabulars auf Byte-Ebene",
  "'{0}' is not a valid document id.": "'{0}' ist keine ID eines Dokuments.",
  "'{0}' must specify a vocabulary size from {1} to {2}.": "'{0}' nennt keine Vokabulargröße von {1} bis {2}.",
  '(and {0} more)': '(und {0} weitere)',
  'Document without text.': 'Ein Dokument ganz ohne Text.',
  'System file, ignored.': 'Systemdatei, ignoriert.',
  'Folder of installed or generated files, ignored.': 'Ordner mit installierten oder erzeugten Dateien, ignoriert.',
  'A later part is UTF-8 and was read as UTF-8.': 'Ein späterer Teil davon ist UTF-8 und wurde so gelesen.',
  'Link to a folder. Add that folder directly.': 'Eine Verknüpfung zu einem Ordner; den Ordner selbst hinzufügen.',
  'A map of {0} characters does not fit in memory.': 'Eine Karte von {0} Zeichen würde nicht in den Speicher passen.',
  'Symbolic link; its target was skipped.': 'Eine symbolische Verknüpfung; ihr Ziel wurde nicht gelesen.',
  'Add chats with answers.': 'Chats mit Antworten hinzufügen.',
  'Add more text.': 'Mehr Text hinzufügen.',
  "Adding '{0}' was cancelled.": "Das Hinzufügen von '{0}' wurde abgebrochen.",
  'Characters skipped: {0}. They are not in the vocabulary, and it has no unknown token. Choose another tokenizer to keep them.':
    'Ausgelassene Zeichen: {0}. Das Vokabular enthält weder sie noch ein Token für unbekannte. Um sie zu behalten, einen anderen Tokenizer wählen.',
  'Chats are read from {0}. Ignored fields: {1}.': 'Chats werden aus {0} gelesen. Ausgelassen: {1}.',
  'Check the path.': 'Den Pfad prüfen.',
  'Select a part of at most {0} characters.': 'Einen Teil von höchstens {0} Zeichen wählen.',
  'Select a part.': 'Einen Teil wählen.',
  'Choose a sequence length of at most {0}, or add more text.':
    'Eine Sequenzlänge von höchstens {0} wählen oder mehr Text hinzufügen.',
  'Choose a short name such as moby-dick.': 'Einen kurzen Namen wie moby-dick wählen.',
  'Choose another name, or remove the existing data set first.':
    'Einen anderen Namen wählen oder zuerst den alten Datensatz löschen.',
  'Choose another template.': 'Eine andere Vorlage wählen.',
  'Text columns: {0}.': 'Spalten mit Text: {0}.',
  'Convert the file to UTF-8 first.': 'Zuerst in UTF-8 umwandeln.',
  'Convert the file to F32, F16 or BF16.': 'Die Datei in F32, F16 oder BF16 umwandeln.',
  "Data set '{0}' has {1} training tokens, fewer than one sequence of {2} plus its next token.":
    "Der Datensatz '{0}' hat {1} Token zum Trainieren, weniger als eine Sequenz von {2} und das Token danach.",
  'Split the file, or convert it to plain text first.': 'Die Datei teilen oder zuerst in reinen Text umwandeln.',
  'Split it; texts this long belong in a data set.':
    'Aufteilen; was niemand am Stück liest, gehört in einen Datensatz.',
  "Elements {0} to {1} are out of range: tensor '{2}' has {3}.":
    "Die Elemente {0} bis {1} liegen außerhalb des Tensors '{2}', der {3} hat.",
  'Free some disk space or choose a library on another disk, then add the data set again.':
    'Platz schaffen oder eine Bibliothek auf einem anderen Datenträger wählen, dann die Daten noch einmal hinzufügen.',
  "Use a percentage of the text such as '40%', or the label of a page, chapter or heading.":
    "Einen Anteil des Texts angeben, etwa '40%', oder die Bezeichnung einer seiner Seiten, Kapitel oder Überschriften.",
  'Use the tokenizer.json file of a model.': 'Die Datei namens tokenizer.json eines Modells angeben.',
  '{0} {0|one: row repeats the header and was|other: rows repeat the header and were} skipped (first: line {1}).':
    'Zeilen, die den Tabellenkopf wiederholen, ausgelassen: {0} (zuerst Zeile {1}).',
  '{0} {0|one: character was encoded as a surrogate pair|other: characters were encoded as surrogate pairs} (CESU-8) and {0|one: was|other: were} decoded.':
    'Zeichen, die als Surrogatpaare kodiert waren (CESU-8), dekodiert: {0}.',
  'Web archives are not supported. Save the page as HTML.':
    'Webarchive werden nicht unterstützt. Speichern Sie die Seite als HTML.',
  '{0} {0|one: running header, footer or page number was|other: running headers, footers and page numbers were} removed.':
    'Ausgelassene Kopf- und Fußzeilen und Seitenzahlen: {0}.',
  '{0} {0|one: chat was|other: chats were} not in the order of the turn numbers or times and {0|one: was|other: were} reordered.':
    'Chats, deren Nachrichten nicht nach Nummer oder Zeit geordnet waren und geordnet wurden: {0}.',
  '{0} {0|one: chat is|other: chats are} interleaved with more than {1} others and {0|one: was|other: were} divided. Sort the file by chat.':
    'Chats, die mit mehr als {1} anderen verschränkt sind und geteilt wurden: {0}. Sortieren Sie die Datei nach Chats.',
  '{0} {0|one: row is a list|other: rows are lists} of texts; the texts of each row were joined into one document.':
    'Zeilen, die Listen von Texten sind: {0}; die Texte einer Zeile wurden zu einem Dokument verbunden.',
  'Text is read from {0}.': 'Der Text wird aus {0} gelesen.',
  '{0} {0|one: header or footer was|other: headers and footers were} skipped.':
    'Ausgelassene Kopf- und Fußzeilen: {0}.',
  'Hidden file, ignored.': 'Versteckte Datei, ignoriert.',
  'If you trust the archive, unpack it and add the folder.':
    'Nur ein vertrauenswürdiges Archiv von Hand entpacken, dann den Ordner hinzufügen.',
  'Import a .txt, .md, .pdf, .epub, .docx, .html or source code file.':
    'Einlesen lassen sich .txt, .md, .pdf, .epub, .docx, .html und Quelltext.',
  'Reinstall Hyena Studio.': 'Das Programm neu installieren.',
  'The file starts as text but contains binary data later.': 'Es beginnt als Text, enthält danach aber Binärdaten.',
  'Cannot open the file ({0}).': 'Lässt sich nicht öffnen ({0}).',
  'The archive has more entries than its directory states.': 'Es hat mehr Einträge, als es angibt.',
  'The file has no text column.': 'Die Datei hat keine Textspalte.',
  'The file has no rows.': 'Die Datei hat keine Zeilen.',
  'The archive has {0} entries; the limit is {1}.': 'Es hat {0} Einträge; gelesen werden höchstens {1}.',
  'The file contains no text.': 'Die Datei enthält keinen Text.',
  'The encoding is EBCDIC (mainframes), which is not supported.':
    'Die Kodierung ist EBCDIC (Großrechner), die nicht unterstützt wird.',
  '7z archives are not supported. Unpack it first.': 'Es ist ein 7z-Archiv; zuerst entpacken.',
  'GIF images are not supported.': 'GIF-Bilder werden nicht unterstützt.',
  'JPEG images are not supported.': 'JPEG-Bilder werden nicht unterstützt.',
  'PNG images are not supported.': 'PNG-Bilder werden nicht unterstützt.',
  'RAR archives are not supported. Unpack it first.': 'Es ist ein RAR-Archiv; zuerst entpacken.',
  'Presentations are not supported. Save it as .pdf.': 'Es ist eine Präsentation; als .pdf speichern.',
  'Programs are not supported.': 'Programme werden nicht unterstützt.',
  'Spreadsheets are not supported. Save it as .csv.': 'Es ist eine Tabellenkalkulation; als .csv speichern.',
  'OpenDocument texts are not supported. Save it as .docx.': 'Es ist ein OpenDocument-Text; als .docx speichern.',
  'RTF documents are not supported. Save it as .docx.': 'Es ist ein RTF-Dokument; als .docx speichern.',
  'The file is an object without rows of text. Available fields: {0}. Choose the text field, or save the texts as JSON Lines.':
    'Es ist ein Objekt ohne Textzeilen. Vorhandene Felder: {0}. Das Feld angeben, das den Text enthält, oder die Texte als JSON-Zeilen speichern.',
  'Legacy Office documents are not supported. Save it as .docx.':
    'Es ist ein altes Office-Dokument; als .docx speichern.',
  'The file is empty.': 'Die Datei ist leer.',
  'The file is encrypted.': 'Die Datei ist verschlüsselt.',
  'The file exceeds the {0} MiB limit for this format.':
    'Die Datei ist größer als die {0} MiB, bis zu denen dieses Format gelesen wird.',
  'Not valid JSON. {0}': 'Es ist kein JSON. {0}',
  'Not JSON: the file contains binary data.': 'Es ist kein JSON, sondern enthält Binärdaten.',
  'Not a Parquet file, or damaged: {0}.': 'Es ist keine Parquet-Datei, oder sie ist beschädigt: {0}.',
  'Not a Word document.': 'Es ist kein Word-Dokument.',
  'Not an HTML page: the file contains binary data.': 'Es ist keine Seite, sondern enthält Binärdaten.',
  'Not a table: the file contains binary data.': 'Es ist keine Tabelle, sondern enthält Binärdaten.',
  'Not a text file: it contains binary data.': 'Es ist kein Text, sondern enthält Binärdaten.',
  'Compression method {0} is not supported. Unpack the archive and add the folder.':
    'Es ist mit dem Verfahren {0} gepackt, das nicht gelesen wird; das Archiv entpacken und den Ordner hinzufügen.',
  'Duplicate of an earlier file.': 'Dieselbe Datei kam schon einmal vor.',
  'Nested {0} archives deep; the limit is {1}.': 'Es liegt {0} Archive tief; geöffnet werden höchstens {1}.',
  'The archive unpacks to more than {0} times its size (possible zip bomb).':
    'Entpackt ist das Archiv mehr als {0}-mal so groß (möglicherweise eine ZIP-Bombe).',
  'Available columns: {0}.': 'Vorhandene Spalten: {0}.',
  'The archived data is damaged (checksum mismatch).': 'Die Daten im Archiv sind beschädigt (die Prüfsumme weicht ab).',
  'The archived data is damaged ({0}).': 'Die Daten im Archiv sind beschädigt ({0}).',
  'Elements are nested more than {0} levels deep.': 'Die Elemente sind mehr als {0} Ebenen tief verschachtelt.',
  'No encoding is stated; the file was read as {0}.': 'Die Kodierung ist nicht angegeben; gelesen wurde als {0}.',
  'Available fields: {0}.': 'Vorhandene Felder: {0}.',
  "The archive's directory is damaged after {0} of {1} entries ({2}); the remaining files were skipped.":
    'Das Dateiverzeichnis ist nach {0} von {1} Einträgen beschädigt ({2}); die übrigen wurden nicht gelesen.',
  'Part {0} is larger than {1} MiB.': 'Der Bestandteil {0} ist größer als {1} MiB.',
  'Part {0} is not text.': 'Der Bestandteil {0} ist kein Text.',
  'The path points outside the archive; only the text was read.':
    'Der Pfad führt aus dem Archiv hinaus; nur der Text wurde gelesen.',
  'Messages contain unsupported fields, which were ignored: {0} ({1} {1|one: time|other: times}, first: row {2}).':
    'Nachrichten enthalten Felder, die nicht gelesen werden: {0} ({1}-mal, zuerst in Zeile {2}).',
  'Choose a single file; folders belong in a data set.':
    'Eine einzelne Datei angeben; ein Ordner gehört in einen Datensatz.',
  'Choose the field that contains the text.': 'Das Feld angeben, das den Text enthält.',
  'Not a file or a folder.': 'Weder eine Datei noch ein Ordner.',
  'No checkpoint of the run is intact. {0}': 'Keine Sicherung des Laufs ist unversehrt. {0}',
  'No data set was created.': 'Es entstand kein Datensatz.',
  'No rows of text found; the file was read as plain text, like a configuration file. Available fields: {0}.':
    'Darin wurden keine Textzeilen gefunden; die Datei wurde deshalb wie eine Konfigurationsdatei so gelesen, wie sie geschrieben ist. Vorhandene Felder: {0}.',
  'No text found in the rows.': 'In den Zeilen wurde kein Text gefunden.',
  'The tokenizer has no end-of-text token: a model trained with it will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.':
    'Im Tokenizer wurde kein Token für das Textende gefunden: Ein damit trainiertes Modell lernt nicht, seine Antworten zu beenden. Eine tokenizer_config.json mit eos_token neben die tokenizer.json legen oder einen anderen Tokenizer wählen.',
  'The tokenizer has no end-of-text token: the {0} documents are concatenated without a separator, and a model trained on them will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.':
    'Im Tokenizer wurde kein Token für das Textende gefunden: Die {0} Dokumente folgen ohne Trennung aufeinander, und ein damit trainiertes Modell lernt nicht, seine Antworten zu beenden. Eine tokenizer_config.json mit eos_token neben die tokenizer.json legen oder einen anderen Tokenizer wählen.',
  '{0|one: The only page is an image, probably a scan, and contains|other: All {0} pages are images, probably scans, and contain} no text.':
    '{0|one: Die einzige Seite hat keinen Text: Sie ist ein Bild|other: Keine der {0} Seiten hat Text: Es sind Bilder}, wie nach einem Scan.',
  "None of the {0} training tokens of '{1}' contributes to the loss: it contains questions without answers.":
    "Keines der {0} Trainingstoken von '{1}' wird gelernt: Es sind Fragen ohne Antworten.",
  'The document has no text before that place.': 'Vor dieser Stelle steht nichts vom Dokument.',
  'Nothing was imported.': 'Es wurde nichts eingelesen.',
  'Damaged pages were skipped: {0}.': 'Als beschädigt ausgelassene Seiten: {0}.',
  'Reading stopped after {0} {0|one: document|other: documents}: {1}': 'Nach Dokument {0} brach das Lesen ab: {1}',
  'Run OCR first, for example with ocrmypdf --force-ocr.':
    'Zuerst den Text erkennen lassen (OCR), zum Beispiel mit ocrmypdf --force-ocr.',
  'Run OCR first, for example with ocrmypdf.': 'Zuerst den Text erkennen lassen (OCR), zum Beispiel mit ocrmypdf.',
  'Remove the data set and add its files again.': 'Den Datensatz löschen und seine Dateien noch einmal hinzufügen.',
  'Roles were guessed in {0} {0|one: message|other: messages}: {1}.': 'Nachrichten mit geratenen Rollen: {0} ({1}).',
  'Save a copy without a password.': 'Eine Kopie ohne Passwort speichern.',
  'With any model, you can extract sentences from the document instead.':
    'Sätze des Dokuments selbst lassen sich mit jedem Modell auswählen.',
  'Several columns are named {0}; duplicates were numbered: {1}.':
    'Mehrere Spalten heißen {0}; die späteren sind nummeriert: {1}.',
  'Several files in the archive have this name; the last one was used, as when unpacking.':
    'Mehrere Dateien im Archiv haben diesen Namen; gelesen wurde die letzte, die auch beim Entpacken übrig bleibt.',
  'Shorten the prompt, or use a model with a longer context.':
    'Den Prompt kürzen oder ein Modell mit längerem Kontext verwenden.',
  "Tensor '{0}' in {1} has type {2}, which is not supported.":
    "Der Tensor '{0}' in {1} hat den Typ {2}, der nicht gelesen wird.",
  "Tensor '{0}' in {1} has type {2}, which is not a floating-point type.":
    "Der Tensor '{0}' in {1} hat den Typ {2}, nicht Gleitkomma.",
  'Text in fonts without a Unicode mapping was skipped on {0} {0|one: page|other: pages}: {1}. Run OCR, for example with ocrmypdf --force-ocr.':
    'Ausgelassen wurde Text in Schriften, deren Buchstaben die Datei nicht nennt; betroffene Seiten: {0} ({1}). Ihn erkennen lassen (OCR), zum Beispiel mit ocrmypdf --force-ocr.',
  'The PDF is damaged: {0}': 'Das PDF ist beschädigt: {0}',
  'The PDF is password-protected.': 'Das PDF ist mit einem Passwort gesperrt.',
  'The Parquet file is damaged: {0}.': 'Die Parquet-Datei ist beschädigt: {0}.',
  'The Word document contains no text.': 'Das Word-Dokument hat keinen Text.',
  'The archive has no {0}.': 'Im Archiv fehlt {0}.',
  'The archive is damaged: {0}.': 'Das Archiv ist beschädigt: {0}.',
  'The book contains no text; its pages may be images.':
    'Das Buch hat keinen Text; vielleicht sind seine Seiten Bilder.',
  'The book is copy-protected (DRM) and cannot be read.':
    'Das Buch ist gegen Kopieren geschützt und lässt sich nicht lesen.',
  'container.xml not found in the book.': 'Dem Buch fehlt seine container.xml.',
  "The book's package file was not found.": 'Dem Buch fehlt seine Paketdatei.',
  'The book lists no chapters.': 'Das Buch nennt keine Kapitel.',
  'Token id {0} is out of range: the bytes tokenizer has ids 0 to 255.':
    'Der Tokenizer bytes hat die IDs 0 bis 255, nicht {0}.',
  'Chapter {0} was skipped: {1}': 'Das Kapitel {0} wurde ausgelassen: {1}',
  'Checkpoint {0} is damaged: {1}.': 'Die Sicherung {0} ist beschädigt: {1}.',
  "Column '{0}' contains no text.": "Die Spalte '{0}' enthält keinen Text.",
  'Column {0} is compressed with {1}, which is not supported. Rewrite the file with Snappy, gzip or Zstandard.':
    'Die Spalte {0} ist mit {1} komprimiert, was nicht gelesen wird. Die Datei neu schreiben, mit Snappy, gzip oder Zstandard.',
  'Cannot read the columns {0}: {1}. Rewrite the file, or save it as JSON Lines.':
    'Die Spalten {0} sind nicht lesbar: {1}. Die Datei neu schreiben oder als JSON-Zeilen speichern.',
  'The configuration': 'Die Konfiguration',
  'The conversation is unchanged.': 'Das Gespräch ist unverändert.',
  "Place '{0}' not found in the document.": "Das Dokument hat keine Stelle '{0}'.",
  '{0} file {0|one: name has|other: names have} no stated encoding and {0|one: was|other: were} read as {1}.':
    'Namen darin ohne Angabe der Kodierung: {0}; gelesen als {1}.',
  'The existing data set is unchanged.': 'Der vorhandene Datensatz ist unverändert.',
  'The file is a single object; {0} {0|one: row was|other: rows were} found in it by ids or columns ({1}).':
    'Die Datei ist ein einziges Objekt; darin gefundene Zeilen nach IDs oder Spalten: {0} ({1}).',
  'The file may be truncated or damaged. Copy or download it again.':
    'Die Datei ist vielleicht abgeschnitten oder beschädigt: noch einmal kopieren oder herunterladen.',
  'Your source files are unchanged; no data set was created.':
    'Die gelesenen Dateien sind unverändert; es entstand kein Datensatz.',
  'The distilled filters were saved.': 'Die Filter wurden destilliert und aufbewahrt.',
  'The first row is not a header; the columns were named {0}.':
    'Die erste Zeile ist keine Kopfzeile; die Spalten heißen {0}.',
  'Cannot open the folder ({0}).': 'Der Ordner lässt sich nicht öffnen ({0}).',
  'The folder is empty.': 'Der Ordner enthält keine Dateien.',
  'The fonts have no Unicode mapping (on {0} of {1} {1|one: page|other: pages}), so the text cannot be read.':
    'Die Schriften des Texts nennen ihre Buchstaben nicht (auf {0} von {1} {1|one: Seite|other: Seiten}): Der Text ist nicht lesbar.',
  'The saved prefix cache in {0} is damaged (checksum mismatch).':
    'Der gespeicherte Präfix-Cache in {0} ist beschädigt (die Prüfsumme weicht ab).',
  'The saved prefix cache in {0} is incomplete: layer {1} not found.':
    'Der gespeicherte Präfix-Cache in {0} ist unvollständig: Schicht {1} fehlt.',
  'The manifest': 'Das Manifest',
  'The map file': 'Die Datei der Karte',
  "Model '{0}' was not trained to write summaries; it only continues text.":
    "Das Modell '{0}' wurde nicht trainiert, Zusammenfassungen zu schreiben: Es setzt Text fort.",
  "Cannot use the model's chat template: {0}": 'Die eigene Chat-Vorlage des Modells ist nicht verwendbar: {0}',
  "The model's logits are not finite.": 'Die Logits des Modells sind nicht endlich.',
  "The model's logits are NaN.": 'Die Logits des Modells sind NaN.',
  'Using the checkpoint of step {0} instead: {1}': 'Stattdessen wird die von Schritt {0} verwendet: {1}',
  'The compressed data is damaged ({0}).': 'Die gepackten Daten sind beschädigt ({0}).',
  'The page contains no text.': 'Die Seite hat keinen Text.',
  'The installation is incomplete: resources/{0} not found.': 'Dem Programm fehlt seine Datei resources/{0}.',
  "The prompt has {0} tokens, but this model's context has {1}, including the answer.":
    'Der Prompt hat {0} Token, der Kontext dieses Modells aber {1}, die Antwort eingeschlossen.',
  "The prompt has {0} tokens, but this model's context has {1}.":
    'Der Prompt hat {0} Token, der Kontext dieses Modells aber {1}.',
  "The metadata of data set '{0}' is damaged ({1}).": "Der Eintrag des Datensatzes '{0}' ({1}) ist beschädigt.",
  'The record of the document': 'Der Eintrag des Dokuments',
  'Rows are read from {0}.': 'Die Zeilen werden aus {0} gelesen.',
  'Rows are read from {0}. Ignored fields: {1}.': 'Die Zeilen werden aus {0} gelesen. Daneben ausgelassen: {1}.',
  "Run '{0}' has no checkpoint.": "Der Lauf '{0}' hat noch keine Sicherung.",
  'The metadata of a saved prefix cache': 'Die Metadaten eines gespeicherten Präfix-Caches',
  'The text yields only {0} tokens instead of {1}: no further pair occurs more than once.':
    'Der Text ergibt {0} Token statt {1}: Nichts weiter kommt darin zweimal vor.',
  'The text will be prefilled again.': 'Der Prefill des Textes wird wiederholt.',
  'Text is read from {0}. Ignored fields: {1}.': 'Der Text wird aus {0} gelesen. Ausgelassen: {1}.',
  "The document's text file was truncated while it was being read.":
    'Der Text des Dokuments wurde kürzer, während er gelesen wurde.',
  'Cannot use tokenizer {0}: entry {1} of added_tokens is not a token with an id from 0 to {2}.':
    'Der Tokenizer {0} ist nicht verwendbar: Der Eintrag {1} seiner added_tokens ist kein Token mit einer ID von 0 bis {2}.',
  'Cannot use tokenizer {0}: {1}': 'Der Tokenizer {0} ist nicht verwendbar: {1}',
  'Tokenizer {0} is inconsistent: {1}.': 'Der Tokenizer {0} ist in sich nicht stimmig: {1}.',
  'Tokenizer {0} has no vocabulary.': 'Der Tokenizer {0} hat kein Vokabular.',
  'Tokenizer {0} has ids 0 to {1}; id {2} is out of range.': 'Der Tokenizer {0} hat die IDs 0 bis {1}, nicht {2}.',
  'Column {0} is not marked as text; its bytes were read as UTF-8.':
    'Der Typ von {0} sagt nicht, dass es Text ist; die Bytes wurden als UTF-8 gelesen.',
  'The vocabulary of {0} does not cover all 256 byte values.': 'Dem Vokabular von {0} fehlen einige der 256 Bytes.',
  'No rows found.': 'Es gibt keine Zeilen.',
  "Data set '{0}' already exists.": "Einen Datensatz '{0}' gibt es schon.",
  "Field '{0}' not found in the first rows.": "In den ersten Zeilen gibt es kein '{0}'.",
  "No field '{0}' with text. Available fields: {1}.": "Es gibt kein '{0}' mit Text. Vorhandene Felder: {1}.",
  "Data set '{0}' not found.": "Es gibt keinen Datensatz '{0}'.",
  'Document {0} not found.': 'Es gibt kein Dokument {0}.',
  'File or folder {0} not found.': 'Es gibt keine Datei und keinen Ordner {0}.',
  'File {0} not found.': 'Es gibt keine Datei {0}.',
  "Text column '{0}' not found; the file has no text columns.": "Es gibt keine Textspalte '{0}' und auch keine andere.",
  "Text column '{0}' not found. Text columns: {1}.": "Es gibt keine Textspalte '{0}'; vorhanden sind: {1}.",
  'No text found in {0}.': 'In {0} gibt es keinen Text.',
  "Unknown tokenizer: '{0}'.": "Es gibt keinen Tokenizer '{0}'.",
  'No text at this place.': 'Dort gibt es nichts zu lesen.',
  'Nothing to summarise in this document.': 'In diesem Dokument gibt es nichts zusammenzufassen.',
  "This model's context of {0} tokens is too short for a text and its summary.":
    'Im Kontext dieses Modells von {0} Token ist kein Platz für einen Text und seine Zusammenfassung.',
  "The model's vocabulary has no token that could continue the answer as valid JSON.":
    'Das Vokabular dieses Modells hat kein Token, mit dem die Antwort als JSON weitergehen könnte.',
  'Token {0} is not in the vocabulary: valid ids are 0 to {1}.':
    'Das Token {0} steht nicht im Vokabular: IDs gehen von 0 bis {1}.',
  'Train again under another name.': 'Ihn unter einem anderen Namen neu trainieren.',
  'Unpack the file and import one of the documents.': 'Die Datei entpacken und eines davon einlesen.',
  'Use an earlier checkpoint of the run.': 'Eine frühere Sicherung des Laufs verwenden.',
  'Example: bpe:4096, which is 256 bytes, an end-of-text token, and 3839 learned tokens.':
    'Richtig ist zum Beispiel bpe:4096: 256 Bytes, das Textende und was gelernt wird.',
  'a column has an unexpected name': 'eine Spalte hat einen anderen Namen',
  'a page is truncated within its levels': 'eine Seite endet innerhalb ihrer Ebenen',
  'a page has fewer levels than values': 'eine Seite hat weniger Ebenen als Werte',
  'a run of values has no valid length': 'eine Folge von Werten hat keine Länge',
  'a run of values is longer than its page': 'eine Folge von Werten ist länger als ihre Seite',
  'a run of values is too long': 'eine Folge von Werten ist zu lang',
  'add_prefix_space and prepend_scheme contradict each other': 'add_prefix_space und prepend_scheme widersprechen sich',
  'content is empty': 'content ist leer',
  'it produces more than {0} characters.': 'sie erzeugt mehr als {0} Zeichen.',
  'the header length is {0} bytes in a file of {1}':
    'sie gibt einen Kopf von {0} Byte an, bei {1} Byte der ganzen Datei',
  'the file was truncated while it was being read': 'sie endete, während sie gelesen wurde',
  'it has more than {0} characters.': 'sie hat mehr als {0} Zeichen.',
  'the file has only {0} {0|one: byte|other: bytes}': 'sie hat {0} Byte',
  'not a text file.': 'es ist kein Text.',
  'it creates a range of more than {0} numbers.': 'sie bildet einen Bereich von mehr als {0} Zahlen.',
  'it takes more than {0} seconds.': 'sie braucht mehr als {0} Sekunden.',
  'it takes more than {0} steps.': 'sie braucht mehr als {0} Schritte.',
  '__metadata__ is not an object': 'ihr __metadata__ ist kein Objekt',
  'the header does not start with {': 'ihr Kopf beginnt nicht mit {',
  "the header has the duplicate key '{0}'": "ihr Kopf hat den Schlüssel '{0}' zweimal",
  'the header is not valid JSON': 'ihr Kopf ist kein JSON',
  'the header is not valid UTF-8': 'ihr Kopf ist kein UTF-8',
  'the header is not a JSON object': 'ihr Kopf ist kein JSON-Objekt',
  "the metadata value '{0}' is not a string": "ihre Metadaten '{0}' sind keine Zeichenkette",
  'the tensors end at byte {0}, but the file has {1} bytes':
    'ihre Tensoren enden bei Byte {0}, die Datei hat aber {1} Byte',
  '{0} does not list {1}': 'in {0} ist {1} nicht aufgeführt',
  '{0} is missing or unreadable': '{0} fehlt oder ist nicht lesbar',
  'line {0}: {1}': 'Zeile {0}: {1}',
  'merges is not a list': 'merges ist keine Liste',
  'precompiled_charsmap is damaged': 'precompiled_charsmap ist beschädigt',
  "there is a gap before tensor '{0}'": "der Tensor '{0}' lässt vor sich eine Lücke",
  "tensor '{0}' of shape [{1}] does not match its offsets [{2}]":
    "der Tensor '{0}' der Form [{1}] passt nicht zu seinen Offsets [{2}]",
  "tensor '{0}' overlaps the previous tensor": "der Tensor '{0}' überlappt den vorherigen",
  "the entry for tensor '{0}' is malformed ({1})": "der Eintrag des Tensors '{0}' ist fehlerhaft ({1})",
  'vocabulary entry {0} is not a token with a score': 'der Eintrag {0} des Vokabulars ist kein Stück mit seinem Wert',
  "token '{0}' has the invalid id {1}": "die ID von '{0}' ist {1}",
  "id {0} of token '{1}' is too large for a vocabulary of {2} tokens":
    "die ID {0} von '{1}' liegt weit jenseits seiner {2} Token",
  'the levels of a page are longer than the page': 'die Ebenen einer Seite sind länger als die Seite',
  "a merge uses '{0}', which is not in the vocabulary": "die Merges verwenden '{0}', das nicht im Vokabular steht",
  'pattern {0} is not supported ({1})': 'das Muster {0} ist nicht verwendbar ({1})',
  "token '{0}' has id {1}; ids must be 0 to {2}": "das Token '{0}' hat die ID {1}; IDs gehen von 0 bis {2}",
  'the vocabulary has no entry for id {0}': 'das Vokabular hat keinen Eintrag für die ID {0}',
  'the vocabulary has {0} tokens; the maximum is {1}': 'das Vokabular hat {0} Stücke, mehr als {1}',
  "the {0} '{1}' has the setting {2}: {3}": "der Bestandteil {0} '{1}' hat die Einstellung {2}: {3}",
  "the {0} '{1}' is not supported": "der Bestandteil {0} '{1}' wird nicht unterstützt",
  "the {0} '{1}': {2}": "der Bestandteil {0} '{1}': {2}",
  'the {0} is not an object': 'der Bestandteil {0} ist kein Objekt',
  'unknown keys: {0}.': 'unbekannte Schlüssel {0}.',
  'value {0}: {1}': 'Wert {0}: {1}',
  'vocab is not a list': 'vocab ist keine Liste',
  'vocab is not an object': 'vocab ist kein Objekt',
  'vocab_size is missing.': 'vocab_size fehlt.',
  '{0} Pages were read in file-name order.': '{0} Seine Seiten wurden in der Reihenfolge ihrer Namen gelesen.',
  '{0} {0|one: byte sequence is not valid UTF-8 and was|other: byte sequences are not valid UTF-8 and were} kept unchanged.':
    'Bytefolgen, die kein gültiges UTF-8 sind: {0}; sie blieben, wie sie sind.',
  '{0} byte {0|one: sequence is|other: sequences are} not valid {1} and {0|one: was|other: were} replaced with U+FFFD.':
    'Bytefolgen, die kein gültiges {1} sind: {0}; aus ihnen wurde U+FFFD.',
  '{0} cannot be read ({1})': '{0} ist nicht lesbar ({1})',
  'Cannot read {0}: {1}': '{0} ist nicht lesbar: {1}',
  '{0} listed {0|one: chapter was|other: chapters were} not found in the book: {1}.':
    'Kapitel, die das Buch nennt, aber nicht enthält: {0} ({1}).',
  '{0} {0|one: chat has|other: chats have} no roles; turns were read as alternating questions and answers (first: row {1}).':
    'Chats, die keine Rollen nennen: {0}; ihre Beiträge wurden abwechselnd als Frage und Antwort gelesen (zuerst Zeile {1}).',
  '{0} {0|one: comment was|other: comments were} removed.': 'Ausgelassene Kommentare: {0}.',
  '{0} {0|one: conversation is|other: conversations are} stored newest first; messages were reordered from oldest to newest (first: row {1}).':
    'Gespräche, in denen das Neueste zuerst steht: {0}; sie wurden ab der ältesten Nachricht gelesen (zuerst Zeile {1}).',
  '{0} {0|one: conversation has|other: conversations have} no assistant answers; each was read as one text with speaker names before the messages: {1}.':
    'Gespräche ohne Antworten eines Assistenten: {0}; jedes wurde als ein Text mit den Namen vor den Nachrichten gelesen: {1}.',
  '{0} does not describe a Hyena model: {1}': '{0} beschreibt kein Hyena-Modell: {1}',
  '{0} embedded {0|one: object (chart, legacy equation, file) was|other: objects (charts, legacy equations, files) were} removed.':
    'Ausgelassene eingebettete Objekte (Diagramme, ältere Formeln, Dateien): {0}.',
  '{0} {0|one: entry among the messages is not a message and was|other: entries among the messages are not messages and were} skipped (first: row {1}).':
    'Ausgelassene Einträge zwischen den Nachrichten, die keine Nachrichten sind: {0} (zuerst in Zeile {1}).',
  '{0} system {0|one: file was|other: files were} skipped: {1}.':
    'Ausgelassene Dateien, wie Systeme sie in Ordnern hinterlassen: {0} ({1}).',
  '{0} alternative {0|one: answer was|other: answers were} skipped; the first answer to each question was used (first: row {1}).':
    'Ausgelassene weitere Antworten auf dieselben Fragen: {0}; gelernt wird jeweils die erste (zuerst in Zeile {1}).',
  '{0} has {1} bytes, expected {2}': '{0} hat {1} Byte, geschrieben wurden {2}',
  '{0} hidden {0|one: passage was|other: passages were} removed.': 'Ausgelassene verborgene Stellen: {0}.',
  '{0} contains more than {1} characters.': '{0} hat mehr als {1} Zeichen.',
  "{0} has no tensor named '{1}'.": "{0} enthält keinen Tensor namens '{1}'.",
  '{0} contains no text.': '{0} enthält keinen Text.',
  '{0} contains {1} documents.': '{0} enthält {1} Dokumente.',
  '{0} is nested too deep.': '{0} ist zu tief verschachtelt.',
  '{0} is not a valid merge': '{0} ist kein Merge',
  '{0} is not a tokenizer.json in the Hugging Face format.': '{0} ist keine tokenizer.json im Format von Hugging Face.',
  '{0} is not a tokenizer: {1}.': '{0} ist kein Tokenizer: {1}.',
  '{0} is not a file.': '{0} ist keine Datei.',
  '{0} is not a valid safetensors file: {1}.': '{0} ist keine gültige safetensors-Datei: {1}.',
  '{0} is not text.': '{0} ist kein Text.',
  'the checksum of {0} does not match': '{0} ist nicht mehr, was geschrieben wurde (die Prüfsumme weicht ab)',
  '{0} is too large for a tokenizer file.': '{0} ist zu groß für einen Tokenizer.',
  '{0} {0|one: line is not UTF-8, unlike the rest, and was|other: lines are not UTF-8, unlike the rest, and were} read as {1}.':
    'Zeilen, die anders als der Rest kein UTF-8 sind: {0}; gelesen als {1}.',
  '{0} {0|one: line is|other: lines are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: line {1}.':
    'Zeilen, die kein strenges JSON sind (NaN, Kommentare, Kommas am Ende, einfache Anführungszeichen): {0}; sie wurden gelesen, wie sie gemeint sind; die erste ist Zeile {1}.',
  '{0} {0|one: line before the table was|other: lines before the table were} skipped.':
    'Ausgelassene Zeilen vor der Tabelle: {0}.',
  '{0} {0|one: line is|other: lines are} not valid JSON and {0|one: was|other: were} skipped; {1}':
    'Ausgelassene Zeilen, die kein JSON sind: {0}; {1}',
  '{0} note {0|one: reference was|other: references were} removed.':
    'Ausgelassene Zeichen, die zu Anmerkungen führen: {0}.',
  '{0} {0|one: message has a role|other: messages have roles} other than user or assistant: {1}. {0|one: It was kept under a heading with its name and does|other: They were kept under headings with their names and do} not count in the loss (first: row {2}).':
    'Nachrichten, die weder Fragen noch Antworten sind: {0} ({1}). Sie wurden unter Überschriften dieser Namen behalten und werden nicht gelernt (zuerst in Zeile {2}).',
  '{0} {0|one: message on another branch was|other: messages on other branches were} skipped; each chat was read along its last branch (first: row {1}).':
    'Ausgelassene Nachrichten anderer Zweige: {0}; jeder Chat wurde entlang seines letzten Zweigs gelesen (zuerst in Zeile {1}).',
  '{0} {0|one: message without text was|other: messages without text were} skipped (first: row {1}).':
    'Ausgelassene Nachrichten ohne Text: {0} (zuerst in Zeile {1}).',
  '{0} of {1} {1|one: page|other: pages} {0|one: contains|other: contain} no text.':
    'Ohne Text {0|one: ist|other: sind} {0} von {1} {1|one: Seite|other: Seiten}.',
  '{0} of {1} {1|one: row|other: rows} {0|one: has answers|other: have answers} marked as undesirable and {0|one: was|other: were} skipped (first: row {2}).':
    'Ausgelassen {0|one: wurde|other: wurden} {0} von {1} {1|one: Zeile|other: Zeilen}, deren Antworten als unerwünscht gekennzeichnet sind (zuerst Zeile {2}).',
  '{0} of {1} {1|one: row|other: rows} {0|one: contains|other: contain} chats without answers and {0|one: was|other: were} skipped (first: row {2}).':
    'Ausgelassen {0|one: wurde|other: wurden} {0} von {1} {1|one: Zeile|other: Zeilen}, deren Chats keine Antwort enthalten (zuerst Zeile {2}).',
  '{0} of {1} {1|one: row|other: rows} {0|one: contains|other: contain} no text and {0|one: was|other: were} skipped (first: row {2}).':
    'Ausgelassen {0|one: wurde|other: wurden} {0} von {1} {1|one: Zeile|other: Zeilen} ohne Text (zuerst Zeile {2}).',
  '{0} {0|one: page contains no text; it may be an image|other: pages contain no text; they may be images}.':
    '{0} {0|one: Seite enthält keinen Text; vielleicht ist sie ein Bild|other: Seiten enthalten keinen Text; vielleicht sind es Bilder}.',
  "{0} {0|one: page|other: pages} outside the book's reading order {0|one: was|other: were} skipped: {1}.":
    'Ausgelassene Seiten, die nicht zur Lesereihenfolge des Buchs gehören: {0} ({1}).',
  '{0} {0|one: message part is not text and was|other: message parts are not text and were} skipped: {1} (first: row {2}).':
    'Ausgelassene Teile von Nachrichten, die kein Text sind: {0} ({1}; zuerst in Zeile {2}).',
  '{0} {0|one: passage|other: passages} marked as deleted {0|one: was|other: were} removed.':
    'Ausgelassene Stellen, die als gelöscht gekennzeichnet sind: {0}.',
  '{0} ruby {0|one: annotation was|other: annotations were} removed.':
    'Ausgelassene Lesungen neben Schriftzeichen (Ruby): {0}.',
  '{0} rejected {0|one: answer|other: answers} ({1}) {0|one: was|other: were} skipped; only preferred answers were used.':
    'Ausgelassene abgelehnte Antworten: {0} ({1}); gelernt werden die bevorzugten.',
  '{0} {0|one: row is a single message; it was|other: rows are single messages; they were} joined into {1} {1|one: chat|other: chats}.':
    'Zeilen, die einzelne Nachrichten sind: {0}; daraus wurden Chats zusammengesetzt: {1}.',
  '{0} {0|one: row has|other: rows have} fewer cells than the table has columns (first: line {1}).':
    'Zeilen mit weniger Zellen, als die Tabelle Spalten hat: {0} (zuerst Zeile {1}).',
  '{0} {0|one: row has|other: rows have} more cells than the table has columns; extra cells were joined to the last column (first: line {1}).':
    'Zeilen mit mehr Zellen, als die Tabelle Spalten hat: {0}; das Überzählige steht in der letzten Spalte (zuerst Zeile {1}).',
  '{0} {0|one: row has different fields and was|other: rows have different fields and were} read from {1} (first: row {2}).':
    'Zeilen mit anderen Feldern als die ersten: {0}; sie wurden aus {1} gelesen (zuerst Zeile {2}).',
  '{0} {0|one: row has|other: rows have} an unclosed quote; each was read as one line including the quote (first: line {1}).':
    'Zeilen mit nicht geschlossenem Anführungszeichen: {0}; jede wurde mit dem Zeichen als eine Zeile gelesen (zuerst Zeile {1}).',
  '{0} {0|one: row contains a list|other: rows contain lists} of texts in {1}; the texts of each row were joined into one document.':
    'Zeilen mit Listen von Texten in {1}: {0}; die Texte einer Zeile wurden zu einem Dokument verbunden.',
  '{0} symbol-font {0|one: character was|other: characters were} removed.':
    'Ausgelassene Zeichen aus Symbolschriften: {0}.',
  '{0} {0|one: table of contents was|other: tables of contents were} removed.':
    'Ausgelassene Inhaltsverzeichnisse: {0}.',
  '{0} {0|one: value is|other: values are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: value {1}.':
    'Werte, die kein strenges JSON sind (NaN, Kommentare, Kommas am Ende, einfache Anführungszeichen): {0}; sie wurden gelesen, wie sie gemeint sind; der erste ist Wert {1}.',
  '{0} {0|one: value is|other: values are} not valid JSON and {0|one: was|other: were} skipped; {1}':
    'Ausgelassene Werte, die kein JSON sind: {0}; {1}',
  '{0} {0|one: string was|other: strings were} double-encoded UTF-8 (as in Facebook exports) and {0|one: was|other: were} decoded.':
    'Zeichenketten, die als die Bytes ihres UTF-8 geschrieben waren (wie Facebook sie exportiert): {0}; sie wurden gelesen, wie sie gemeint sind.',
  '{0} alternative {0|one: answer was|other: answers were} skipped; the one preferred by {1} was used (first: row {2}).':
    'Weitere Antworten auf dieselben Fragen, ausgelassen: {0}; gelernt wird die nach {1} bevorzugte (zuerst in Zeile {2}).',
  'a shard was truncated': 'eine Teildatei wurde abgeschnitten',
  '{0} not found': '{0} nicht gefunden',
  "Data set '{0}' is damaged: {1}.": "Der Datensatz '{0}' ist beschädigt: {1}.",
  'Supported: plain text, Markdown, HTML, PDF, EPUB, Word, JSON, CSV, Parquet, FASTA, source code, and zip archives of these.':
    'Unterstützt werden: reiner Text, Markdown, HTML, PDF, EPUB, Word, JSON, CSV, Parquet, FASTA, Quelltext und zip-Archive davon.',
  'invalid column offset': 'ungültige Position einer Spalte',
  'invalid compressed size of a column': 'ungültige komprimierte Größe einer Spalte',
  'invalid row count of a row group': 'ungültige Zeilenzahl einer Zeilengruppe',
  'a row group and the file have different columns': 'eine Zeilengruppe hat andere Spalten als die Datei',
  'invalid value count of a column': 'ungültige Anzahl der Werte einer Spalte',
  'a column and its row group have different row counts': 'eine Spalte hat eine andere Zeilenzahl als ihre Gruppe',
  'invalid uncompressed size of a column': 'ungültige unkomprimierte Größe einer Spalte',
  'invalid compressed size of a page': 'ungültige komprimierte Größe einer Seite',
  'invalid uncompressed size of a page': 'ungültige unkomprimierte Größe einer Seite',
  'invalid dictionary size': 'ungültige Größe eines Wörterbuchs',
  'invalid value count of a page': 'ungültige Anzahl der Werte einer Seite',
  'invalid null count of a page': 'ungültige Anzahl der leeren Werte einer Seite',
  'invalid row count of a page': 'ungültige Zeilenzahl einer Seite',
  'invalid level length of a page': 'ungültige Länge der Ebenen einer Seite',
  'unsupported page type {0}': 'nicht unterstützte Seitenart {0}',
  'invalid bit width {0} in a page': 'ungültige Bitbreite {0} in einer Seite',
  'The archive has more than {0} entries.': 'Das Archiv hat mehr als {0} Einträge.',
  'The archive is damaged after {0} {0|one: entry|other: entries} ({1}); the remaining files were skipped.':
    'Das Archiv ist nach {0} {0|one: Eintrag|other: Einträgen} beschädigt ({1}); die übrigen Dateien wurden nicht gelesen.',
  'Hard link to another file, skipped.': 'Ein fester Link auf eine andere Datei; nicht gelesen.',
  'Sparse files are not supported. Unpack the archive and add the folder.':
    'Dateien mit Lücken (sparse) werden nicht gelesen. Entpacke das Archiv und füge den Ordner hinzu.',
  'The archive ends within this file.': 'Das Archiv endet mitten in dieser Datei.',
  '{0} {0|one: character looks|other: characters look} like UTF-8 that a program read as Windows-1252 (Ã© for é) and {0|one: was|other: were} kept unchanged. If so, save the file in its original encoding.':
    '{0} Zeichen {0|one: sieht|other: sehen} nach UTF-8 aus, das ein Programm als Windows-1252 gelesen hat (Ã© statt é); der Text blieb unverändert. Wenn das stimmt, speichere die Datei in ihrer ursprünglichen Kodierung.',
  'Nothing was started.': 'Es wurde nichts gestartet.',
  'Training needs about {0} of memory; {1} can be used.':
    'Das Training braucht etwa {0} Speicher; {1} stehen zur Verfügung.',
  'Use a smaller batch_size or gradient_checkpointing=true. To start it anyway, add --ignore-memory.':
    'Nimm ein kleineres batch_size oder gradient_checkpointing=true. Um trotzdem zu starten, füge --ignore-memory hinzu.',
  'Choose either one text column, or columns that are put together.':
    'Entweder eine Textspalte oder zusammengesetzte Spalten wählen.',
  "Column '{0}' not found.": "Die Spalte '{0}' gibt es nicht.",
  'The columns are incomplete or not written correctly.': 'Die Spalten sind unvollständig oder falsch geschrieben.',
  'Write prompt=NAME,reply=NAME, and system=NAME if there is one.':
    'prompt=NAME,reply=NAME schreiben, und system=NAME, falls vorhanden.',
  'Write {0} for the value of a column.': 'Für den Wert einer Spalte {0} schreiben.',
  "Runs were trained on the text as it was before. It was kept as '{0}', and they use that.":
    "Läufe wurden mit dem früheren Text trainiert. Er wurde als '{0}' behalten, und sie verwenden ihn.",
  'The data set is unchanged.': 'Der Datensatz ist unverändert.',
  "Data set '{0}' was generated; it has no files.": "Der Datensatz '{0}' wurde erzeugt; er hat keine Dateien.",
  "Data set '{0}' was generated; it has no text.": "Der Datensatz '{0}' wurde erzeugt; er hat keinen Text.",
  '{0} of the chosen {0|one: files is|other: files are} no longer there: {1}.':
    '{0} der gewählten Dateien {0|one: fehlt|other: fehlen}: {1}.',
  'Put the files back, or add the files as a new data set.':
    'Die Dateien zurücklegen oder als neuen Datensatz hinzufügen.',
  'The export was cancelled.': 'Der Export wurde abgebrochen.',
  'The file {0} already exists.': 'Die Datei {0} gibt es schon.',
  'Choose another file.': 'Eine andere Datei wählen.',
  'The template names no column.': 'Die Vorlage nennt keine Spalte.',
};

import type { Catalogue } from '../told.ts';

/** What readers, tokenizers, data sets, documents and checkpoints tell, by its English: see main/contract/told.ts. */
export const deData: Catalogue = {
  "'{0}' cannot name a data set: it {1}.": "'{0}' kann kein Name eines Datensatzes sein: Der Name {1}.",
  "'{0}' holds neither text nor chat messages.": "'{0}' enthält weder Text noch Chat-Nachrichten.",
  "'{0}' is no entry of a byte-level vocabulary": "'{0}' ist kein Eintrag eines Vokabulars auf Byte-Ebene",
  "'{0}' is not the id of a document.": "'{0}' ist keine ID eines Dokuments.",
  "'{0}' names no vocabulary size from {1} to {2}.": "'{0}' nennt keine Vokabulargröße von {1} bis {2}.",
  '(and {0} more)': '(und {0} weitere)',
  'A document without any text.': 'Ein Dokument ganz ohne Text.',
  'A file that systems leave in folders.': 'Eine Datei, wie Systeme sie in Ordnern hinterlassen.',
  'A folder of installed or generated files.': 'Ein Ordner mit installierten oder erzeugten Dateien.',
  'A later part of it is UTF-8 and was read as that.': 'Ein späterer Teil davon ist UTF-8 und wurde so gelesen.',
  'A link to a folder; add that folder itself.': 'Eine Verknüpfung zu einem Ordner; den Ordner selbst hinzufügen.',
  'A map of {0} characters would not fit the memory.': 'Eine Karte von {0} Zeichen würde nicht in den Speicher passen.',
  'A symbolic link; what it leads to was not read.': 'Eine symbolische Verknüpfung; ihr Ziel wurde nicht gelesen.',
  'Add chats with answers.': 'Chats mit Antworten hinzufügen.',
  'Add more text.': 'Mehr Text hinzufügen.',
  "Adding '{0}' was cancelled.": "Das Hinzufügen von '{0}' wurde abgebrochen.",
  'Ask for a shorter summary, or give the model a longer context: hyena extend {0} --context N.':
    'Eine kürzere Zusammenfassung verlangen oder dem Modell einen längeren Kontext geben: hyena extend {0} --context N.',
  'Characters left out: {0}. The vocabulary has neither them nor a token for unknown ones. Choose another tokenizer to keep them.':
    'Ausgelassene Zeichen: {0}. Das Vokabular enthält weder sie noch ein Token für unbekannte. Um sie zu behalten, einen anderen Tokenizer wählen.',
  'Chats are read from {0}. Left out: {1}.': 'Chats werden aus {0} gelesen. Ausgelassen: {1}.',
  'Check the path.': 'Den Pfad prüfen.',
  'Choose a part of at most {0} characters.': 'Einen Teil von höchstens {0} Zeichen wählen.',
  'Choose a part.': 'Einen Teil wählen.',
  'Choose a sequence length of at most {0}, or add more text.':
    'Eine Sequenzlänge von höchstens {0} wählen oder mehr Text hinzufügen.',
  'Choose a short name such as moby-dick.': 'Einen kurzen Namen wie moby-dick wählen.',
  'Choose another name, or remove the old one first.':
    'Einen anderen Namen wählen oder zuerst den alten Datensatz löschen.',
  'Choose another template.': 'Eine andere Vorlage wählen.',
  'Columns with text are {0}.': 'Spalten mit Text: {0}.',
  'Convert it to UTF-8 first.': 'Zuerst in UTF-8 umwandeln.',
  'Convert the file to F32, F16 or BF16.': 'Die Datei in F32, F16 oder BF16 umwandeln.',
  "Data set '{0}' has {1} tokens for training, fewer than one sequence of {2} and the token after it.":
    "Der Datensatz '{0}' hat {1} Token zum Trainieren, weniger als eine Sequenz von {2} und das Token danach.",
  "Data set '{0}' is damaged: {1}: {2}.": "Der Datensatz '{0}' ist beschädigt: {1}: {2}.",
  'Divide it, or convert it to plain text first.': 'Die Datei teilen oder zuerst in reinen Text umwandeln.',
  'Divide it; what no person reads at once goes into a data set.':
    'Aufteilen; was niemand am Stück liest, gehört in einen Datensatz.',
  "Elements {0} to {1} lie outside of tensor '{2}', which has {3}.":
    "Die Elemente {0} bis {1} liegen außerhalb des Tensors '{2}', der {3} hat.",
  'Free some space, or choose a library on another disk, and add it again.':
    'Platz schaffen oder eine Bibliothek auf einem anderen Datenträger wählen, dann die Daten noch einmal hinzufügen.',
  "Give a share of the text, as '40%', or the label of one of its pages, chapters or headings.":
    "Einen Anteil des Texts angeben, etwa '40%', oder die Bezeichnung einer seiner Seiten, Kapitel oder Überschriften.",
  'Give the file called tokenizer.json of a model.': 'Die Datei namens tokenizer.json eines Modells angeben.',
  'Hidden.': 'Verborgen.',
  'If you trust it, unpack it yourself and add the folder.':
    'Nur ein vertrauenswürdiges Archiv von Hand entpacken, dann den Ordner hinzufügen.',
  'Import .txt, .md, .pdf, .epub, .docx, .html or source code.':
    'Einlesen lassen sich .txt, .md, .pdf, .epub, .docx, .html und Quelltext.',
  'Import it: hyena read FILE': 'Einlesen: hyena read FILE',
  'Install it again.': 'Das Programm neu installieren.',
  'It begins as text, but holds binary data further on.': 'Es beginnt als Text, enthält danach aber Binärdaten.',
  'It cannot be opened ({0}).': 'Lässt sich nicht öffnen ({0}).',
  'It has more entries than it says.': 'Es hat mehr Einträge, als es angibt.',
  'It has no column of text.': 'Die Datei hat keine Textspalte.',
  'It has no rows.': 'Die Datei hat keine Zeilen.',
  'It has {0} entries; {1} are the most that are read.': 'Es hat {0} Einträge; gelesen werden höchstens {1}.',
  'It holds no text.': 'Die Datei enthält keinen Text.',
  'It is EBCDIC, the encoding of mainframes, which is not read.':
    'Es ist EBCDIC, die Kodierung von Großrechnern, die nicht gelesen wird.',
  'It is a 7z archive; unpack it first.': 'Es ist ein 7z-Archiv; zuerst entpacken.',
  'It is a GIF image.': 'Es ist ein GIF-Bild.',
  'It is a JPEG image.': 'Es ist ein JPEG-Bild.',
  'It is a PNG image.': 'Es ist ein PNG-Bild.',
  'It is a RAR archive; unpack it first.': 'Es ist ein RAR-Archiv; zuerst entpacken.',
  'It is a presentation; save it as .pdf.': 'Es ist eine Präsentation; als .pdf speichern.',
  'It is a program.': 'Es ist ein Programm.',
  'It is a spreadsheet; save it as .csv.': 'Es ist eine Tabellenkalkulation; als .csv speichern.',
  'It is a tar archive; unpack it first.': 'Es ist ein Tar-Archiv; zuerst entpacken.',
  'It is an OpenDocument text; save it as .docx.': 'Es ist ein OpenDocument-Text; als .docx speichern.',
  'It is an RTF document; save it as .docx.': 'Es ist ein RTF-Dokument; als .docx speichern.',
  'It is an object without rows of text. Its fields are {0}. Name the field that holds the text, or save the texts as JSON lines.':
    'Es ist ein Objekt ohne Textzeilen. Vorhandene Felder: {0}. Das Feld angeben, das den Text enthält, oder die Texte als JSON-Zeilen speichern.',
  'It is an old Office document; save it as .docx.': 'Es ist ein altes Office-Dokument; als .docx speichern.',
  'It is empty.': 'Die Datei ist leer.',
  'It is encrypted.': 'Die Datei ist verschlüsselt.',
  'It is larger than the {0} MiB that this format is read up to.':
    'Die Datei ist größer als die {0} MiB, bis zu denen dieses Format gelesen wird.',
  'It is not JSON. {0}': 'Es ist kein JSON. {0}',
  'It is not JSON: it holds binary data.': 'Es ist kein JSON, sondern enthält Binärdaten.',
  'It is not a Parquet file, or damaged: {0}.': 'Es ist keine Parquet-Datei, oder sie ist beschädigt: {0}.',
  'It is not a Word document.': 'Es ist kein Word-Dokument.',
  'It is not a page: it holds binary data.': 'Es ist keine Seite, sondern enthält Binärdaten.',
  'It is not a table: it holds binary data.': 'Es ist keine Tabelle, sondern enthält Binärdaten.',
  'It is not text: it holds binary data.': 'Es ist kein Text, sondern enthält Binärdaten.',
  'It is packed by Zstandard; unpack it first.': 'Die Datei ist mit Zstandard gepackt; zuerst entpacken.',
  'It is packed by bzip2; unpack it first.': 'Die Datei ist mit bzip2 gepackt; zuerst entpacken.',
  'It is packed by the method {0}, which is not read; unpack the archive and add the folder.':
    'Es ist mit dem Verfahren {0} gepackt, das nicht gelesen wird; das Archiv entpacken und den Ordner hinzufügen.',
  'It is packed by xz; unpack it first.': 'Die Datei ist mit xz gepackt; zuerst entpacken.',
  'It is the same file as one before.': 'Dieselbe Datei kam schon einmal vor.',
  'It lies {0} archives deep; {1} are the most that are opened.':
    'Es liegt {0} Archive tief; geöffnet werden höchstens {1}.',
  'It unpacks to more than {0} times its size, as archives do that are made to do harm.':
    'Beim Entpacken wird es mehr als {0}-mal so groß; so sind Archive gebaut, die Schaden anrichten sollen.',
  'Its columns are {0}.': 'Vorhandene Spalten: {0}.',
  'Its data in the archive is damaged (the checksum differs).':
    'Die Daten im Archiv sind beschädigt (die Prüfsumme weicht ab).',
  'Its data in the archive is damaged ({0}).': 'Die Daten im Archiv sind beschädigt ({0}).',
  'Its elements are nested more than {0} deep.': 'Die Elemente sind mehr als {0} Ebenen tief verschachtelt.',
  'Its encoding is not stated; it was read as {0}.': 'Die Kodierung ist nicht angegeben; gelesen wurde als {0}.',
  'Its fields are {0}.': 'Vorhandene Felder: {0}.',
  'Its list of files is damaged after {0} of {1} ({2}); the others were not read.':
    'Das Dateiverzeichnis ist nach {0} von {1} Einträgen beschädigt ({2}); die übrigen wurden nicht gelesen.',
  'Its part {0} is larger than {1} MiB.': 'Der Bestandteil {0} ist größer als {1} MiB.',
  'Its part {0} is not text.': 'Der Bestandteil {0} ist kein Text.',
  'Its path leads out of the archive; only its text was read.':
    'Der Pfad führt aus dem Archiv hinaus; nur der Text wurde gelesen.',
  'Messages hold fields that are not read: {0} ({1} times, the first in row {2}).':
    'Nachrichten enthalten Felder, die nicht gelesen werden: {0} ({1}-mal, zuerst in Zeile {2}).',
  'Name one file; a folder goes into a data set.': 'Eine einzelne Datei angeben; ein Ordner gehört in einen Datensatz.',
  'Name the field that holds the text.': 'Das Feld angeben, das den Text enthält.',
  'Neither a file nor a folder.': 'Weder eine Datei noch ein Ordner.',
  'No checkpoint of the run is sound. {0}': 'Keine Sicherung des Laufs ist unversehrt. {0}',
  'No data set was made.': 'Es entstand kein Datensatz.',
  'No rows of text were found in it, so it was read as the text it is written in, as a configuration file. Its fields are {0}.':
    'Darin wurden keine Textzeilen gefunden; die Datei wurde deshalb wie eine Konfigurationsdatei so gelesen, wie sie geschrieben ist. Vorhandene Felder: {0}.',
  'No text was found in the rows.': 'In den Zeilen wurde kein Text gefunden.',
  'No token for the end of a text was found in the tokenizer: a model trained with it does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.':
    'Im Tokenizer wurde kein Token für das Textende gefunden: Ein damit trainiertes Modell lernt nicht, seine Antworten zu beenden. Eine tokenizer_config.json mit eos_token neben die tokenizer.json legen oder einen anderen Tokenizer wählen.',
  'No token for the end of a text was found in the tokenizer: the {0} documents follow each other without a separator, and a model trained on them does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.':
    'Im Tokenizer wurde kein Token für das Textende gefunden: Die {0} Dokumente folgen ohne Trennung aufeinander, und ein damit trainiertes Modell lernt nicht, seine Antworten zu beenden. Eine tokenizer_config.json mit eos_token neben die tokenizer.json legen oder einen anderen Tokenizer wählen.',
  'None of its {0} pages has text: they are pictures, as of a scan.':
    'Keine der {0} Seiten hat Text: Es sind Bilder, wie nach einem Scan.',
  "None of the {0} training tokens of '{1}' is learned: it holds questions without answers.":
    "Keines der {0} Trainingstoken von '{1}' wird gelernt: Es sind Fragen ohne Antworten.",
  'Nothing of it was kept; the files that were read are unchanged.':
    'Davon wurde nichts behalten; die gelesenen Dateien sind unverändert.',
  'Nothing of the document lies before that place.': 'Vor dieser Stelle steht nichts vom Dokument.',
  'Nothing was imported.': 'Es wurde nichts eingelesen.',
  'Pages were left out as damaged: {0}.': 'Als beschädigt ausgelassene Seiten: {0}.',
  'Reading stopped after {0} documents: {1}': 'Nach Dokument {0} brach das Lesen ab: {1}',
  'Recognise its text first (OCR), for example with ocrmypdf --force-ocr.':
    'Zuerst den Text erkennen lassen (OCR), zum Beispiel mit ocrmypdf --force-ocr.',
  'Recognise its text first (OCR), for example with ocrmypdf.':
    'Zuerst den Text erkennen lassen (OCR), zum Beispiel mit ocrmypdf.',
  'Remove it and import the file again: hyena documents remove {0}':
    'Das Dokument löschen und die Datei noch einmal einlesen: hyena documents remove {0}',
  'Remove the data set and add its files again.': 'Den Datensatz löschen und seine Dateien noch einmal hinzufügen.',
  'Roles were guessed in {0} messages: {1}.': 'Nachrichten mit geratenen Rollen: {0} ({1}).',
  'Save a copy without the password.': 'Eine Kopie ohne Passwort speichern.',
  'Sentences of the document itself can be chosen with any model.':
    'Sätze des Dokuments selbst lassen sich mit jedem Modell auswählen.',
  'Several columns have the name {0}; the later ones are numbered: {1}.':
    'Mehrere Spalten heißen {0}; die späteren sind nummeriert: {1}.',
  'Several files in the archive have this name; the last was read, as unpacking leaves it.':
    'Mehrere Dateien im Archiv haben diesen Namen; gelesen wurde die letzte, die auch beim Entpacken übrig bleibt.',
  'Shorten the prompt, or give the model a longer context: hyena extend RUN --context N.':
    'Den Prompt kürzen oder dem Modell einen längeren Kontext geben: hyena extend RUN --context N.',
  'Tar archives are not read.': 'Tar-Archive werden nicht gelesen.',
  "Tensor '{0}' of {1} has the type {2}, which is not read.":
    "Der Tensor '{0}' in {1} hat den Typ {2}, der nicht gelesen wird.",
  "Tensor '{0}' of {1} is {2}, not floating point.": "Der Tensor '{0}' in {1} hat den Typ {2}, nicht Gleitkomma.",
  'Text in fonts whose letters the file does not name was left out, on {0} pages: {1}. Recognise it (OCR), for example with ocrmypdf --force-ocr.':
    'Ausgelassen wurde Text in Schriften, deren Buchstaben die Datei nicht nennt; betroffene Seiten: {0} ({1}). Ihn erkennen lassen (OCR), zum Beispiel mit ocrmypdf --force-ocr.',
  'The PDF is damaged: {0}': 'Das PDF ist beschädigt: {0}',
  'The PDF is locked with a password.': 'Das PDF ist mit einem Passwort gesperrt.',
  'The Parquet file is damaged: {0}.': 'Die Parquet-Datei ist beschädigt: {0}.',
  'The Word document has no text.': 'Das Word-Dokument hat keinen Text.',
  'The archive has no {0}.': 'Im Archiv fehlt {0}.',
  'The archive is damaged: {0}.': 'Das Archiv ist beschädigt: {0}.',
  'The book has no text; its pages may be pictures.': 'Das Buch hat keinen Text; vielleicht sind seine Seiten Bilder.',
  'The book is protected against copying and cannot be read.':
    'Das Buch ist gegen Kopieren geschützt und lässt sich nicht lesen.',
  'The book lacks its container.xml.': 'Dem Buch fehlt seine container.xml.',
  'The book lacks its package file.': 'Dem Buch fehlt seine Paketdatei.',
  'The book names no chapters.': 'Das Buch nennt keine Kapitel.',
  'The bytes tokenizer has the ids 0 to 255, not {0}.': 'Der Tokenizer bytes hat die IDs 0 bis 255, nicht {0}.',
  'The chapter {0} was left out: {1}': 'Das Kapitel {0} wurde ausgelassen: {1}',
  'The checkpoint {0} is damaged: {1}.': 'Die Sicherung {0} ist beschädigt: {1}.',
  "The column '{0}' holds no text.": "Die Spalte '{0}' enthält keinen Text.",
  'The column {0} is compressed by {1}, which is not read. Write the file again with Snappy, gzip or Zstandard.':
    'Die Spalte {0} ist mit {1} komprimiert, was nicht gelesen wird. Die Datei neu schreiben, mit Snappy, gzip oder Zstandard.',
  'The columns {0} cannot be read: {1}. Write the file again, or save it as JSON lines.':
    'Die Spalten {0} sind nicht lesbar: {1}. Die Datei neu schreiben oder als JSON-Zeilen speichern.',
  'The configuration': 'Die Konfiguration',
  'The conversation is unchanged.': 'Das Gespräch ist unverändert.',
  "The document has no place '{0}'.": "Das Dokument hat keine Stelle '{0}'.",
  'The encoding of {0} names in it is not stated; they were read as {1}.':
    'Namen darin ohne Angabe der Kodierung: {0}; sie wurden als {1} gelesen.',
  'The existing data set is unchanged.': 'Der vorhandene Datensatz ist unverändert.',
  'The file is one object; {0} rows were found in it by ids or columns ({1}).':
    'Die Datei ist ein einziges Objekt; darin gefundene Zeilen nach IDs oder Spalten: {0} ({1}).',
  'The file may be cut off or damaged: copy or download it again.':
    'Die Datei ist vielleicht abgeschnitten oder beschädigt: noch einmal kopieren oder herunterladen.',
  'The files that were read are unchanged; no data set was made.':
    'Die gelesenen Dateien sind unverändert; es entstand kein Datensatz.',
  'The filters were distilled and are kept.': 'Die Filter wurden destilliert und aufbewahrt.',
  'The first row is not a heading; the columns are called {0}.':
    'Die erste Zeile ist keine Kopfzeile; die Spalten heißen {0}.',
  'The folder cannot be opened ({0}).': 'Der Ordner lässt sich nicht öffnen ({0}).',
  'The folder holds no files.': 'Der Ordner enthält keine Dateien.',
  'The fonts of its text do not name their letters (on {0} of {1} pages): the text cannot be read.':
    'Die Schriften des Texts nennen ihre Buchstaben nicht (auf {0} von {1} Seiten): Der Text ist nicht lesbar.',
  'The kept reading in {0} is not what was written (its checksum differs).':
    'Der aufbewahrte Lesestand in {0} ist nicht mehr, was geschrieben wurde (die Prüfsumme weicht ab).',
  'The kept reading in {0} lacks layer {1}.': 'Dem aufbewahrten Lesestand in {0} fehlt Schicht {1}.',
  'The manifest': 'Das Manifest',
  'The map': 'Die Karte',
  "The model '{0}' was not trained to write summaries: it continues text.":
    "Das Modell '{0}' wurde nicht trainiert, Zusammenfassungen zu schreiben: Es setzt Text fort.",
  'The model reads {0} of {1} tokens at once: {2} of the document. --from chooses the part; hyena extend {3} --context {4} makes a model that reads further.':
    'Das Modell liest {0} von {1} Token auf einmal: {2} des Dokuments. --from wählt den Teil; hyena extend {3} --context {4} macht ein Modell, das weiter zurückblickt.',
  "The model's own chat template cannot be used: {0}": 'Die eigene Chat-Vorlage des Modells ist nicht verwendbar: {0}',
  "The model's scores are not finite.": 'Die Ausgabewerte des Modells sind nicht endlich.',
  "The model's scores are not numbers.": 'Die Ausgabewerte des Modells sind keine Zahlen.',
  'The one of step {0} is used instead: {1}': 'Stattdessen wird die von Schritt {0} verwendet: {1}',
  'The packed data is damaged ({0}).': 'Die gepackten Daten sind beschädigt ({0}).',
  'The page has no text.': 'Die Seite hat keinen Text.',
  'The program lacks its file resources/{0}.': 'Dem Programm fehlt seine Datei resources/{0}.',
  "The prompt has {0} tokens, but this model's context is {1}, with the answer.":
    'Der Prompt hat {0} Token, der Kontext dieses Modells aber {1}, die Antwort eingeschlossen.',
  "The prompt has {0} tokens, but this model's context is {1}.":
    'Der Prompt hat {0} Token, der Kontext dieses Modells aber {1}.',
  "The record of data set '{0}' ({1}) is damaged.": "Der Eintrag des Datensatzes '{0}' ({1}) ist beschädigt.",
  'The record of the document': 'Der Eintrag des Dokuments',
  'The rows are read from {0}.': 'Die Zeilen werden aus {0} gelesen.',
  'The rows are read from {0}. Left out beside them: {1}.':
    'Die Zeilen werden aus {0} gelesen. Daneben ausgelassen: {1}.',
  "The run '{0}' has no checkpoint yet.": "Der Lauf '{0}' hat noch keine Sicherung.",
  'The seal of a kept reading': 'Das Siegel eines aufbewahrten Lesestands',
  'The text gives {0} tokens instead of {1}: nothing more in it occurs twice.':
    'Der Text ergibt {0} Token statt {1}: Nichts weiter kommt darin zweimal vor.',
  'The text is read anew.': 'Der Text wird neu gelesen.',
  'The text is read from {0}. Left out: {1}.': 'Der Text wird aus {0} gelesen. Ausgelassen: {1}.',
  'The text of the document became shorter while it was read.':
    'Der Text des Dokuments wurde kürzer, während er gelesen wurde.',
  'The tokenizer {0} cannot be used: the entry {1} of its added_tokens is not a token with an id from 0 to {2}.':
    'Der Tokenizer {0} ist nicht verwendbar: Der Eintrag {1} seiner added_tokens ist kein Token mit einer ID von 0 bis {2}.',
  'The tokenizer {0} cannot be used: {1}': 'Der Tokenizer {0} ist nicht verwendbar: {1}',
  'The tokenizer {0} does not hold together: {1}.': 'Der Tokenizer {0} ist in sich nicht stimmig: {1}.',
  'The tokenizer {0} has no vocabulary.': 'Der Tokenizer {0} hat kein Vokabular.',
  'The tokenizer {0} has the ids 0 to {1}, not {2}.': 'Der Tokenizer {0} hat die IDs 0 bis {1}, nicht {2}.',
  'The type of {0} does not say that it is text; its bytes were read as UTF-8.':
    'Der Typ von {0} sagt nicht, dass es Text ist; die Bytes wurden als UTF-8 gelesen.',
  'The vocabulary of {0} lacks some of the 256 bytes.': 'Dem Vokabular von {0} fehlen einige der 256 Bytes.',
  'There are no rows.': 'Es gibt keine Zeilen.',
  "There is already a data set '{0}'.": "Einen Datensatz '{0}' gibt es schon.",
  "There is no '{0}' in the first rows.": "In den ersten Zeilen gibt es kein '{0}'.",
  "There is no '{0}' with text. Its fields are {1}.": "Es gibt kein '{0}' mit Text. Vorhandene Felder: {1}.",
  "There is no data set '{0}'.": "Es gibt keinen Datensatz '{0}'.",
  'There is no document {0}.': 'Es gibt kein Dokument {0}.',
  'There is no file or folder {0}.': 'Es gibt keine Datei und keinen Ordner {0}.',
  'There is no file {0}.': 'Es gibt keine Datei {0}.',
  "There is no text column '{0}'; there are none.": "Es gibt keine Textspalte '{0}' und auch keine andere.",
  "There is no text column '{0}'; there are {1}.": "Es gibt keine Textspalte '{0}'; vorhanden sind: {1}.",
  'There is no text in {0}.': 'In {0} gibt es keinen Text.',
  "There is no tokenizer '{0}'.": "Es gibt keinen Tokenizer '{0}'.",
  'There is nothing to read there.': 'Dort gibt es nichts zu lesen.',
  'There is nothing to summarise in this document.': 'In diesem Dokument gibt es nichts zusammenzufassen.',
  "This model's context of {0} tokens has no room for a text and its summary.":
    'Im Kontext dieses Modells von {0} Token ist kein Platz für einen Text und seine Zusammenfassung.',
  "This model's vocabulary has no token with which the answer could continue as JSON.":
    'Das Vokabular dieses Modells hat kein Token, mit dem die Antwort als JSON weitergehen könnte.',
  'Token {0} is not in the vocabulary: ids are 0 to {1}.':
    'Das Token {0} steht nicht im Vokabular: IDs gehen von 0 bis {1}.',
  'Train it anew under another name.': 'Ihn unter einem anderen Namen neu trainieren.',
  'Train one on documents with their summaries (docs/data.md): hyena train --from {0} --data NAME.':
    'Eines mit Dokumenten und ihren Zusammenfassungen trainieren (docs/data.md): hyena train --from {0} --data NAME.',
  'Unpack it and add the folder.': 'Das Archiv entpacken und den Ordner hinzufügen.',
  'Unpack it and import one of them.': 'Die Datei entpacken und eines davon einlesen.',
  'Use an earlier checkpoint of the run.': 'Eine frühere Sicherung des Laufs verwenden.',
  'Write bytes, gpt2, bpe:SIZE, or the path of a tokenizer.json.':
    'Möglich sind bytes, gpt2, bpe:SIZE oder der Pfad einer tokenizer.json.',
  'Write for example bpe:4096: 256 bytes, the end of text, and what is learned.':
    'Richtig ist zum Beispiel bpe:4096: 256 Bytes, das Textende und was gelernt wird.',
  '`hyena data list` shows those that are there.': '`hyena data list` zeigt, welche es gibt.',
  'a column has another name': 'eine Spalte hat einen anderen Namen',
  'a column has another number of rows than its group': 'eine Spalte hat eine andere Zeilenzahl als ihre Gruppe',
  'a group has other columns than the file': 'eine Gruppe hat andere Spalten als die Datei',
  'a page ends within its levels': 'eine Seite endet innerhalb ihrer Ebenen',
  'a page has fewer levels than values': 'eine Seite hat weniger Ebenen als Werte',
  'a page has numbers of {0} bits': 'eine Seite hat Zahlen von {0} Bit',
  'a page is of the kind {0}': 'eine Seite ist von der Art {0}',
  'a run of values has no length': 'eine Folge von Werten hat keine Länge',
  'a run of values is longer than its page': 'eine Folge von Werten ist länger als ihre Seite',
  'a run of values is too long': 'eine Folge von Werten ist zu lang',
  'a shard': 'ein Teilstück',
  'add_prefix_space and prepend_scheme contradict each other': 'add_prefix_space und prepend_scheme widersprechen sich',
  'content is empty': 'content ist leer',
  'docs/data.md lists what can be read.': 'docs/data.md führt auf, was gelesen werden kann.',
  'hyena documents list shows them.': 'hyena documents list zeigt sie.',
  'it builds more than {0} characters.': 'sie erzeugt mehr als {0} Zeichen.',
  'it claims a header of {0} bytes in a file of {1}':
    'sie gibt einen Kopf von {0} Byte an, bei {1} Byte der ganzen Datei',
  'it ended while it was being read': 'sie endete, während sie gelesen wurde',
  'it has become shorter': 'die Datei ist kürzer geworden',
  'it has more than {0} characters.': 'sie hat mehr als {0} Zeichen.',
  'it has {0} bytes': 'sie hat {0} Byte',
  'it has {0} bytes instead of {1}': 'die Datei hat {0} Byte statt {1}',
  'it is missing': 'die Datei fehlt',
  'it is not text.': 'es ist kein Text.',
  'it makes a range of more than {0} numbers.': 'sie bildet einen Bereich von mehr als {0} Zahlen.',
  'it takes more than {0} seconds.': 'sie braucht mehr als {0} Sekunden.',
  'it takes more than {0} steps.': 'sie braucht mehr als {0} Schritte.',
  'its __metadata__ is not an object': 'ihr __metadata__ ist kein Objekt',
  'its checksum differs': 'die Prüfsumme weicht ab',
  'its header does not begin with {': 'ihr Kopf beginnt nicht mit {',
  "its header has the key '{0}' twice": "ihr Kopf hat den Schlüssel '{0}' zweimal",
  'its header is not JSON': 'ihr Kopf ist kein JSON',
  'its header is not UTF-8': 'ihr Kopf ist kein UTF-8',
  'its header is not a JSON object': 'ihr Kopf ist kein JSON-Objekt',
  "its metadata '{0}' is not a string": "ihre Metadaten '{0}' sind keine Zeichenkette",
  'its tensors end at byte {0}, but the file has {1} bytes':
    'ihre Tensoren enden bei Byte {0}, die Datei hat aber {1} Byte',
  'its {0} does not list {1}': 'in {0} ist {1} nicht aufgeführt',
  'its {0} is missing or unreadable': '{0} fehlt oder ist nicht lesbar',
  'line {0}: {1}': 'Zeile {0}: {1}',
  'merges is not a list': 'merges ist keine Liste',
  'precompiled_charsmap is damaged': 'precompiled_charsmap ist beschädigt',
  "tensor '{0}' leaves a gap before it": "der Tensor '{0}' lässt vor sich eine Lücke",
  "tensor '{0}' of shape [{1}] does not fit its offsets [{2}]":
    "der Tensor '{0}' der Form [{1}] passt nicht zu seinen Offsets [{2}]",
  "tensor '{0}' overlaps the one before it": "der Tensor '{0}' überlappt den vorherigen",
  "the entry of tensor '{0}' is malformed ({1})": "der Eintrag des Tensors '{0}' ist fehlerhaft ({1})",
  'the entry {0} of the vocabulary is not a piece with its score':
    'der Eintrag {0} des Vokabulars ist kein Stück mit seinem Wert',
  "the id of '{0}' is {1}": "die ID von '{0}' ist {1}",
  "the id {0} of '{1}' is far beyond its {2} tokens": "die ID {0} von '{1}' liegt weit jenseits seiner {2} Token",
  'the length of a column': 'die Länge einer Spalte',
  'the length of a page': 'die Länge einer Seite',
  'the length of the levels in a page': 'die Länge der Ebenen einer Seite',
  'the levels of a page are longer than the page': 'die Ebenen einer Seite sind länger als die Seite',
  "the merges use '{0}', which is not in the vocabulary": "die Merges verwenden '{0}', das nicht im Vokabular steht",
  'the number of empty values in a page': 'die Zahl der leeren Werte einer Seite',
  'the number of rows in a group': 'die Zeilenzahl einer Gruppe',
  'the number of rows in a page': 'die Zeilenzahl einer Seite',
  'the number of values in a column': 'die Zahl der Werte einer Spalte',
  'the number of values in a page': 'die Zahl der Werte einer Seite',
  'the number of words in a dictionary': 'die Zahl der Wörter eines Wörterbuchs',
  'the pattern {0} cannot be used ({1})': 'das Muster {0} ist nicht verwendbar ({1})',
  'the place of a column': 'der Ort einer Spalte',
  'the size of a column': 'die Größe einer Spalte',
  'the size of a page': 'die Größe einer Seite',
  "the token '{0}' has the id {1}; ids are 0 to {2}": "das Token '{0}' hat die ID {1}; IDs gehen von 0 bis {2}",
  'the vocabulary has no entry for the id {0}': 'das Vokabular hat keinen Eintrag für die ID {0}',
  'the vocabulary has {0} pieces, more than {1}': 'das Vokabular hat {0} Stücke, mehr als {1}',
  "the {0} '{1}' has the setting {2}: {3}": "der Bestandteil {0} '{1}' hat die Einstellung {2}: {3}",
  "the {0} '{1}' is not supported": "der Bestandteil {0} '{1}' wird nicht unterstützt",
  "the {0} '{1}': {2}": "der Bestandteil {0} '{1}': {2}",
  'the {0} is not an object': 'der Bestandteil {0} ist kein Objekt',
  'unknown keys {0}.': 'unbekannte Schlüssel {0}.',
  'value {0}: {1}': 'Wert {0}: {1}',
  'vocab is not a list': 'vocab ist keine Liste',
  'vocab is not an object': 'vocab ist kein Objekt',
  'vocab_size is missing.': 'vocab_size fehlt.',
  '{0} Its pages were read in the order of their names.':
    '{0} Seine Seiten wurden in der Reihenfolge ihrer Namen gelesen.',
  '{0} byte sequences are not valid UTF-8; they were kept as they are.':
    'Bytefolgen, die kein gültiges UTF-8 sind: {0}; sie blieben, wie sie sind.',
  '{0} byte sequences are not valid {1}; they became U+FFFD.':
    'Bytefolgen, die kein gültiges {1} sind: {0}; aus ihnen wurde U+FFFD.',
  '{0} cannot be read ({1})': '{0} ist nicht lesbar ({1})',
  '{0} cannot be read: {1}': '{0} ist nicht lesbar: {1}',
  '{0} chapters that the book names are not in it: {1}.': 'Kapitel, die das Buch nennt, aber nicht enthält: {0} ({1}).',
  '{0} chats name no roles; their turns were read as question and answer in alternation (the first is row {1}).':
    'Chats, die keine Rollen nennen: {0}; ihre Beiträge wurden abwechselnd als Frage und Antwort gelesen (zuerst Zeile {1}).',
  '{0} comments were left out.': 'Ausgelassene Kommentare: {0}.',
  '{0} conversations are written newest first; they were read from the oldest message (the first is row {1}).':
    'Gespräche, in denen das Neueste zuerst steht: {0}; sie wurden ab der ältesten Nachricht gelesen (zuerst Zeile {1}).',
  '{0} conversations hold no answers of an assistant; each was read as one text with the names before the messages: {1}.':
    'Gespräche ohne Antworten eines Assistenten: {0}; jedes wurde als ein Text mit den Namen vor den Nachrichten gelesen: {1}.',
  '{0} describes no Hyena model: {1}': '{0} beschreibt kein Hyena-Modell: {1}',
  '{0} embedded objects (charts, older equations, files) were left out.':
    'Ausgelassene eingebettete Objekte (Diagramme, ältere Formeln, Dateien): {0}.',
  '{0} entries among the messages are not messages and were left out (the first in row {1}).':
    'Ausgelassene Einträge zwischen den Nachrichten, die keine Nachrichten sind: {0} (zuerst in Zeile {1}).',
  '{0} files that systems leave in folders were left out: {1}.':
    'Ausgelassene Dateien, wie Systeme sie in Ordnern hinterlassen: {0} ({1}).',
  '{0} further answers to the same questions were left out; the first one is learned (the first in row {1}).':
    'Ausgelassene weitere Antworten auf dieselben Fragen: {0}; gelernt wird jeweils die erste (zuerst in Zeile {1}).',
  '{0} has {1} bytes where {2} were written': '{0} hat {1} Byte, geschrieben wurden {2}',
  '{0} hidden passages were left out.': 'Ausgelassene verborgene Stellen: {0}.',
  '{0} holds more than {1} characters.': '{0} hat mehr als {1} Zeichen.',
  "{0} holds no tensor named '{1}'.": "{0} enthält keinen Tensor namens '{1}'.",
  '{0} holds no text.': '{0} enthält keinen Text.',
  '{0} holds {1} documents.': '{0} enthält {1} Dokumente.',
  '{0} is nested too deep.': '{0} ist zu tief verschachtelt.',
  '{0} is no merge': '{0} ist kein Merge',
  "{0} is no tokenizer.json of Hugging Face's layout.": '{0} ist keine tokenizer.json im Format von Hugging Face.',
  '{0} is no tokenizer: {1}.': '{0} ist kein Tokenizer: {1}.',
  '{0} is not a file.': '{0} ist keine Datei.',
  '{0} is not a merge': '{0} ist kein Merge',
  '{0} is not a valid safetensors file: {1}.': '{0} ist keine gültige safetensors-Datei: {1}.',
  '{0} is not text.': '{0} ist kein Text.',
  '{0} is not what was written (its checksum differs)':
    '{0} ist nicht mehr, was geschrieben wurde (die Prüfsumme weicht ab)',
  '{0} is too large to be a tokenizer.': '{0} ist zu groß für einen Tokenizer.',
  '{0} is {1}': '{0} ist {1}',
  '{0} lines are not UTF-8 as the rest is; they were read as {1}.':
    'Zeilen, die anders als der Rest kein UTF-8 sind: {0}; sie wurden als {1} gelesen.',
  '{0} lines are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is line {1}.':
    'Zeilen, die kein strenges JSON sind (NaN, Kommentare, Kommas am Ende, einfache Anführungszeichen): {0}; sie wurden gelesen, wie sie gemeint sind; die erste ist Zeile {1}.',
  '{0} lines before the table were left out.': 'Ausgelassene Zeilen vor der Tabelle: {0}.',
  '{0} lines that are not JSON were left out; {1}': 'Ausgelassene Zeilen, die kein JSON sind: {0}; {1}',
  '{0} marks that lead to notes were left out.': 'Ausgelassene Zeichen, die zu Anmerkungen führen: {0}.',
  '{0} messages are neither questions nor answers: {1}. They were kept under headings of these names and are not learned (the first in row {2}).':
    'Nachrichten, die weder Fragen noch Antworten sind: {0} ({1}). Sie wurden unter Überschriften dieser Namen behalten und werden nicht gelernt (zuerst in Zeile {2}).',
  '{0} messages of other branches were left out; each chat was read along its last branch (the first in row {1}).':
    'Ausgelassene Nachrichten anderer Zweige: {0}; jeder Chat wurde entlang seines letzten Zweigs gelesen (zuerst in Zeile {1}).',
  '{0} messages without text were left out (the first in row {1}).':
    'Ausgelassene Nachrichten ohne Text: {0} (zuerst in Zeile {1}).',
  '{0} of {1} pages have no text.': 'Ohne Text sind {0} von {1} Seiten.',
  '{0} of {1} rows were left out: their answers are marked as undesirable (the first is row {2}).':
    'Ausgelassen wurden {0} von {1} Zeilen, deren Antworten als unerwünscht gekennzeichnet sind (zuerst Zeile {2}).',
  '{0} of {1} rows were left out: their chats hold no answer (the first is row {2}).':
    'Ausgelassen wurden {0} von {1} Zeilen, deren Chats keine Antwort enthalten (zuerst Zeile {2}).',
  '{0} of {1} rows were left out: they hold no text (the first is row {2}).':
    'Ausgelassen wurden {0} von {1} Zeilen, die keinen Text enthalten (zuerst Zeile {2}).',
  '{0} pages hold no text; they may be pictures.': 'Seiten ohne Text: {0}; vielleicht sind es Bilder.',
  "{0} pages that are not part of the book's reading order were left out: {1}.":
    'Ausgelassene Seiten, die nicht zur Lesereihenfolge des Buchs gehören: {0} ({1}).',
  '{0} parts of messages are not text and were left out: {1} (the first in row {2}).':
    'Ausgelassene Teile von Nachrichten, die kein Text sind: {0} ({1}; zuerst in Zeile {2}).',
  '{0} passages that are marked as deleted were left out.':
    'Ausgelassene Stellen, die als gelöscht gekennzeichnet sind: {0}.',
  '{0} readings beside characters (ruby) were left out.': 'Ausgelassene Lesungen neben Schriftzeichen (Ruby): {0}.',
  '{0} rejected answers ({1}) were left out; the preferred ones are learned.':
    'Ausgelassene abgelehnte Antworten: {0} ({1}); gelernt werden die bevorzugten.',
  '{0} rows are single messages; they were joined to {1} chats.':
    'Zeilen, die einzelne Nachrichten sind: {0}; daraus wurden Chats zusammengesetzt: {1}.',
  '{0} rows have fewer cells than the table has columns (the first is line {1}).':
    'Zeilen mit weniger Zellen, als die Tabelle Spalten hat: {0} (zuerst Zeile {1}).',
  '{0} rows have more cells than the table has columns; the last column holds what is over (the first is line {1}).':
    'Zeilen mit mehr Zellen, als die Tabelle Spalten hat: {0}; das Überzählige steht in der letzten Spalte (zuerst Zeile {1}).',
  '{0} rows have other fields than the first ones and were read from {1} (the first is row {2}).':
    'Zeilen mit anderen Feldern als die ersten: {0}; sie wurden aus {1} gelesen (zuerst Zeile {2}).',
  '{0} rows hold a quote that is not closed; each was read as one line, with the quote (the first is line {1}).':
    'Zeilen mit nicht geschlossenem Anführungszeichen: {0}; jede wurde mit dem Zeichen als eine Zeile gelesen (zuerst Zeile {1}).',
  '{0} rows hold lists of texts in {1}; the texts of a row were joined to one document.':
    'Zeilen mit Listen von Texten in {1}: {0}; die Texte einer Zeile wurden zu einem Dokument verbunden.',
  '{0} symbols of fonts without letters were left out.': 'Ausgelassene Zeichen aus Symbolschriften: {0}.',
  '{0} tables of contents were left out.': 'Ausgelassene Inhaltsverzeichnisse: {0}.',
  '{0} values are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is value {1}.':
    'Werte, die kein strenges JSON sind (NaN, Kommentare, Kommas am Ende, einfache Anführungszeichen): {0}; sie wurden gelesen, wie sie gemeint sind; der erste ist Wert {1}.',
  '{0} values that are not JSON were left out; {1}': 'Ausgelassene Werte, die kein JSON sind: {0}; {1}',
  '{0} strings were written as the bytes of their UTF-8 (as Facebook exports them) and were read as they are meant.':
    'Zeichenketten, die als die Bytes ihres UTF-8 geschrieben waren (wie Facebook sie exportiert): {0}; sie wurden gelesen, wie sie gemeint sind.',
  '{0} further answers to the same questions were left out; the one that {1} prefers is learned (the first in row {2}).':
    'Weitere Antworten auf dieselben Fragen, ausgelassen: {0}; gelernt wird die nach {1} bevorzugte (zuerst in Zeile {2}).',
};

import type { Catalogue } from '../language.ts';

/** What imports of published models tell, by its English: see main/contract/message.ts. */
export const deImports: Catalogue = {
  'model.first_mlp is {0}, but model.mlp, {1}, has no gate.':
    'model.first_mlp ist {0}, aber model.mlp, {1}, hat kein Gate.',
  'The model was not imported; temporary files will be removed when the next one is.':
    'Das Modell wurde nicht importiert; temporäre Dateien werden beim nächsten Import entfernt.',
  "'{0}' has shape [{1}], but [{2}] is needed ({3})": "'{0}' hat die Form [{1}], aber [{2}] wird gebraucht ({3})",
  'If it is one of these, name it.': 'Wenn es eine davon ist, sie angeben.',
  'This is not a model of a known family ({0}).': 'Dieses Modell gehört zu keiner bekannten Familie ({0}).',
  'Choose a folder with the weights of the model.': 'Einen Ordner wählen, der die Gewichte des Modells enthält.',
  '{0} is not the configuration of a known family ({1}).':
    '{0} ist nicht die Konfiguration einer bekannten Familie ({1}).',
  'its configuration is out of bounds ({0})': 'seine Konfiguration liegt außerhalb der Grenzen ({0})',
  'This model cannot be imported: {0}.': 'Dieses Modell kann nicht importiert werden: {0}.',
  '{0} is {1}, which is not supported': '{0} ist {1}, was nicht unterstützt wird',
  "it contains '{0}', which is unknown for {1}": "es enthält '{0}', das für {1} unbekannt ist",
  "'{0}' has shape [{1}], which does not fit": "'{0}' hat die Form [{1}], die nicht passt",
  'the configuration does not state {0}': 'die Konfiguration gibt {0} nicht an',
  "'{0}' and '{1}' are two tensors for one place": "'{0}' und '{1}' sind zwei Tensoren für einen Platz",
  'All files of a model must be in one folder. Copy or download the missing ones.':
    'Alle Dateien eines Modells müssen in einem Ordner liegen. Die fehlenden kopieren oder herunterladen.',
  "The model is not complete: tensor '{0}' not found.":
    "Das Modell ist nicht vollständig: Tensor '{0}' nicht gefunden.",
  "its sine layers have different frequencies ('{0}')": "seine Sinusschichten haben eigene Frequenzen ('{0}')",
  '{0} says {1} {2}, the tensors have {3}; the tensors count.':
    '{0} sagt {1} {2}, die Tensoren haben {3}; es gelten die Tensoren.',
  'The filters have no exponential window, as in the published evaluation. If the file was trained with one, set modulate to true.':
    'Die Filter haben kein Exponentialfenster, wie in der veröffentlichten Auswertung. Wurde die Datei mit einem trainiert, modulate auf true setzen.',
  'The window is shifted by 0.05, as in the released inference code; the training code had no shift. To import the model without it, set modulation_shift to 0.':
    'Das Fenster ist um 0,05 verschoben, wie im veröffentlichten Inferenzcode; der Trainingscode hatte keine Verschiebung. Um das Modell ohne sie zu importieren, modulation_shift auf 0 setzen.',
  'The filters are read channel by channel, as safari writes them. If the file was written by its standalone program, choose order-major filters.':
    'Die Filter werden kanalweise gelesen, wie safari sie schreibt. Stammt die Datei von dessen eigenständigem Programm, die Filter nach Ordnung anordnen (order-major).',
  'The licence of LFM2 permits commercial use only to those whose yearly revenue is below 10 million US dollars, and asks that it be passed on with the model.':
    'Die Lizenz von LFM2 erlaubt die gewerbliche Nutzung nur bei einem Jahresumsatz unter 10 Millionen US-Dollar und verlangt, dass sie mit dem Modell weitergegeben wird.',
  'No configuration found: {0} heads and the rotary base were read off the file, epsilon and activation are those of {1}.':
    'Es gibt keine Konfiguration: {0} Köpfe und die Rotationsbasis wurden aus der Datei gelesen, Epsilon und Aktivierung sind die von {1}.',
  'No configuration found: {0} heads were assumed.': 'Es gibt keine Konfiguration: {0} Köpfe wurden angenommen.',
  "Its input projections were trained in FP8, which is not computed here. By NVIDIA's account the 7B models do without; the scores of the 1B model are then near random.":
    'Seine Eingangsprojektionen wurden in FP8 trainiert, das hier nicht gerechnet wird. Laut NVIDIA kommen die 7B-Modelle ohne aus; die Werte des 1B-Modells sind dann nahezu zufällig.',
  'Read the licence and accept it.': 'Die Lizenz lesen und akzeptieren.',
  'The model has the licence {0}, whose terms must be accepted first. {1}':
    'Das Modell hat die Lizenz {0}, deren Bedingungen zuerst akzeptiert werden müssen. {1}',
  'Download the model, then import its folder.': 'Das Modell herunterladen, dann seinen Ordner importieren.',
  'The weights of {0} are not here.': 'Die Gewichte von {0} sind nicht hier.',
  '{0} long {0|one: filter is|other: filters are} shared by {1} channels in the file; here each channel has a copy, which counts as parameters.':
    '{0} {0|one: langer Filter wird|other: lange Filter werden} in der Datei von {1} Kanälen gemeinsam benutzt; hier hat jeder Kanal eine Kopie, die als Parameter zählt.',
  'The import was stopped.': 'Der Import wurde angehalten.',
  'Nothing was imported; the source is unchanged.': 'Nichts wurde importiert; die Quelle ist unverändert.',
  '{0} is truncated: {1} bytes are needed, but the file has {2}.':
    '{0} ist abgeschnitten: {1} Bytes werden gebraucht, die Datei hat aber {2}.',
  '{0} is damaged: {1}.': '{0} ist beschädigt: {1}.',
  'the entry {0} is malformed': 'der Eintrag {0} ist fehlerhaft',
  'its directory cannot be read': 'das Verzeichnis kann nicht gelesen werden',
  'Unpack the archive and import the folder.': 'Das Archiv entpacken und den Ordner importieren.',
  '{0} in {1} is compressed; tensors must be stored.':
    '{0} in {1} ist komprimiert; Tensoren müssen unkomprimiert sein.',
  '{0} is too large: {1} bytes.': '{0} ist zu groß: {1} Bytes.',
  'File {0} not found in {1}.': 'In {1} gibt es kein {0}.',
  '{0} is not one of the known models.': '{0} ist keines der bekannten Modelle.',
  'The model is not complete: {0} not found.': 'Das Modell ist nicht vollständig: {0} nicht gefunden.',
  'A model has a file that ends in .safetensors, .ckpt, .pt, .pth or .bin.':
    'Ein Modell hat eine Datei, die auf .safetensors, .ckpt, .pt, .pth oder .bin endet.',
  'No weights found in {0}.': 'In {0} gibt es keine Gewichte.',
  'Choose one of the files instead of the folder.': 'Eine der Dateien wählen statt des Ordners.',
  '{0} has several files of weights: {1}.': '{0} hat mehrere Dateien mit Gewichten: {1}.',
  '{0} is not an index of files.': '{0} ist kein Verzeichnis von Dateien.',
  '{0} is not valid JSON: {1}': '{0} ist kein gültiges JSON: {1}',
  'Use the tokenizer.json file of this model.': 'Die Datei tokenizer.json dieses Modells verwenden.',
  'tokenizer.json has {0} tokens, but the model has {1}.': 'tokenizer.json hat {0} Token, das Modell aber {1}.',
  'tokenizer.model is not read; put the tokenizer.json of the model beside it. Until then texts are numbers of tokens, with spaces between.':
    'tokenizer.model wird nicht gelesen; die tokenizer.json des Modells danebenlegen. Bis dahin sind Texte Nummern von Token mit Leerzeichen dazwischen.',
  'No tokenizer.json found: texts are numbers of tokens, with spaces between.':
    'Es gibt keine tokenizer.json: Texte sind Nummern von Token mit Leerzeichen dazwischen.',
  '{0} is nested too deeply.': '{0} ist zu tief verschachtelt.',
  "Tensor '{0}' has type {1}, which is not supported.": "Tensor '{0}' hat den Typ {1}, der nicht unterstützt wird.",
  'Save it again after contiguous().': 'Nach contiguous() neu speichern.',
  "Tensor '{0}' is too large to be read across its rows.":
    "Tensor '{0}' ist zu groß, um quer zu seinen Zeilen gelesen zu werden.",
  "Tensor '{0}' occurs twice, the second time in {1}.": "Tensor '{0}' kommt zweimal vor, das zweite Mal in {1}.",
  "{0}: tensor '{1}' of shape [{2}] does not fit the numbers that are stored for it.":
    "{0}: Tensor '{1}' der Form [{2}] passt nicht zu den Zahlen, die für ihn gespeichert sind.",
  'Nothing in the file was run, and nothing was imported.':
    'Nichts aus der Datei wurde ausgeführt und nichts importiert.',
  'A file of weights has no need of it. Do not open the file with other programs; get the weights as safetensors.':
    'Eine Datei mit Gewichten braucht das nicht. Die Datei nicht mit anderen Programmen öffnen; die Gewichte als safetensors beschaffen.',
  '{0} was refused: it asks for {1}, which is neither a tensor nor a known record.':
    '{0} wurde abgelehnt: Die Datei verlangt {1}, was weder ein Tensor noch ein bekannter Datensatz ist.',
  'the description of its tensors is damaged at byte {0}': 'die Beschreibung der Tensoren ist bei Byte {0} beschädigt',
  '{0} is not a valid PyTorch file: {1}.': '{0} ist keine gültige PyTorch-Datei: {1}.',
  'it has no data.pkl': 'data.pkl fehlt',
  "the numbers of tensor '{0}' are missing": "die Zahlen von Tensor '{0}' fehlen",
  'its beginning is unknown': 'der Anfang ist unbekannt',
  'Open it in PyTorch and save it again with torch.save.': 'In PyTorch öffnen und mit torch.save neu speichern.',
  '{0} has the oldest format of PyTorch, a tar file.': '{0} hat das älteste Format von PyTorch, eine tar-Datei.',
  'Save it again in PyTorch on another machine, or as safetensors.':
    'In PyTorch auf einem anderen Rechner oder als safetensors neu speichern.',
  '{0} was written on a big-endian machine, which is not supported.':
    '{0} wurde auf einem Big-Endian-Rechner geschrieben, was nicht unterstützt wird.',
  'the numbers of storage {0} do not fit': 'die Zahlen des Speichers {0} passen nicht',
  'A file of weights is a dictionary of tensors, or has one as state_dict.':
    'Eine Datei mit Gewichten ist ein Dictionary von Tensoren oder hat eines als state_dict.',
  '{0} contains no tensors with names.': '{0} enthält keine benannten Tensoren.',
  "'{0}' does not have the form hf:OWNER/NAME or hf:OWNER/NAME@REVISION.":
    "'{0}' hat nicht die Form hf:OWNER/NAME oder hf:OWNER/NAME@REVISION.",
  'Accept its terms on the page of the model, and store an access token of yours in the settings.':
    'Die Bedingungen auf der Seite des Modells annehmen und in den Einstellungen ein eigenes Zugriffstoken speichern.',
  '{0} is not open to everyone, or does not exist ({1}).':
    '{0} ist nicht für alle zugänglich oder existiert nicht ({1}).',
  'Check the name and the revision.': 'Namen und Revision prüfen.',
  'The hub has no {0}.': 'Der Hub hat kein {0}.',
  'The hub refused {0}: {1}.': 'Der Hub hat {0} abgelehnt: {1}.',
  'Check the connection, or import a folder that was downloaded by other means.':
    'Die Verbindung prüfen oder einen anderweitig heruntergeladenen Ordner importieren.',
  'The hub cannot be reached: {0}': 'Der Hub ist nicht erreichbar: {0}',
  "The hub's answer about {0} cannot be read.": 'Die Antwort des Hubs zu {0} kann nicht gelesen werden.',
  'Its tokenizer is downloaded with it.': 'Sein Tokenizer wird mit heruntergeladen.',
  'The run is unchanged.': 'Der Lauf ist unverändert.',
  'A weight of the model is not a finite number and cannot be quantised.':
    'Ein Gewicht des Modells ist keine endliche Zahl und kann nicht quantisiert werden.',
  'its list of quantised weights is malformed': 'die Liste seiner quantisierten Gewichte ist fehlerhaft',
  "the numbers or the scales of tensor '{0}' do not fit its shape":
    "die Zahlen oder Skalen des Tensors '{0}' passen nicht zu seiner Form",
  "The weights of run '{0}' are {1}: only adapters can be trained for them.":
    "Die Gewichte des Laufs '{0}' sind {1}: Nur Adapter können dafür trainiert werden.",
  'Set an adapter rank, or import the model again with fp32 or bf16 weights and train from that.':
    'Einen Adapter-Rang setzen, oder das Modell noch einmal mit fp32- oder bf16-Gewichten importieren und davon aus trainieren.',
  "Set an adapter rank, or train from run '{0}', from which it was created.":
    "Einen Adapter-Rang setzen, oder vom Lauf '{0}' aus trainieren, aus dem er entstanden ist.",
  'The memory of this machine does not suffice to compute with it in this type.':
    'Der Arbeitsspeicher dieses Rechners reicht nicht aus, um in diesem Typ damit zu rechnen.',
  'Quantise the run from which it was created.': 'Den Lauf quantisieren, aus dem er entstanden ist.',
  "The weights of run '{0}' are {1} already.": "Die Gewichte des Laufs '{0}' sind bereits {1}.",
  'Quantising was stopped.': 'Die Quantisierung wurde abgebrochen.',
  'Nothing was written; the run is unchanged.': 'Nichts wurde geschrieben; der Lauf ist unverändert.',
  'Merge them into the weights first.': 'Sie zuerst in die Gewichte einrechnen.',
  "Run '{0}' consists of adapters, which are not quantised.":
    "Der Lauf '{0}' besteht aus Adaptern, die nicht quantisiert werden.",
};

import type { Catalogue } from '../language.ts';
import { deData } from './de-data.ts';
import { deDevices } from './de-devices.ts';
import { deImports } from './de-imports.ts';
import { deExport } from './de-export.ts';
import { deStorage } from './de-storage.ts';
import { deLab } from './de-lab.ts';
import { deSequences } from './de-sequences.ts';

/** What host and workers report, by its English: see main/contract/message.ts. */
export const de: Catalogue = {
  'A model of the layers {0} reads at most {1} tokens.': 'Ein Modell aus den Schichten {0} liest höchstens {1} Token.',
  'Each step of this run uses {0} sequences, which is not a multiple of a batch size of {1}.':
    'Ein Schritt dieses Laufs lernt aus {0} Sequenzen, die sich nicht in Stapel von {1} teilen lassen.',
  'The nearest valid batch size is {0}.': 'Am nächsten liegt {0}.',
  '{0} cannot be changed after a run has started.': '{0} lässt sich nicht mehr ändern, wenn ein Lauf begonnen hat.',
  "These keys can be changed: {0}. To change others, start a new run, optionally from this run's weights: hyena train --from RUN":
    'Änderbar sind: {0}. Für den Rest einen neuen Lauf trainieren, gern mit den Gewichten von diesem: hyena train --from RUN',
  ...deData,
  ...deDevices,
  ...deImports,
  ...deExport,
  ...deStorage,
  ...deLab,
  ...deSequences,
  "'{0}' is not a valid name for a data set.": "'{0}' kann kein Name eines Datensatzes sein.",
  "'{0}' is not a valid name for a run.": "'{0}' kann kein Name eines Laufs sein.",
  "'{0}' is not a valid name for a run. {1}": "'{0}' ist kein gültiger Name für einen Lauf. {1}",
  "'{0}' is already being set up.": "'{0}' wird schon eingerichtet.",
  "'{0}' does not have the form key=value.": "'{0}' hat nicht die Form key=value.",
  "'{0}' is not a valid chat id.": "'{0}' ist keine ID eines Chats.",
  'Malformed message: {0}.': 'Eine Nachricht ist fehlerhaft: {0}.',
  'Blocked a message from {0}.': 'Eine Nachricht von {0} wurde abgewiesen.',
  "A model is processing '{0}'.": "Ein Modell arbeitet gerade an '{0}'.",
  'A model folder must contain {0}.': 'Ein Modell braucht {0} in einem Ordner.',
  "A model that starts from the weights of '{0}' must have the same architecture: {1}.":
    "Ein Modell, das mit den Gewichten von '{0}' beginnt, hat dessen Form: {1}.",
  "Blocked a page's request for permission: {0}.":
    'Eine Seite hat um die Berechtigung {0} gebeten; sie wurde nicht erteilt.',
  "Blocked a page's request to {0}.": 'Eine Seite hat {0} angefordert; das wurde verweigert.',
  "Blocked a page's navigation to {0}.": 'Eine Seite wollte {0} aufrufen; das wurde verweigert.',
  'Blocked a page from embedding another page.': 'Eine Seite wollte eine andere Seite einbetten; das wurde verweigert.',
  'Blocked a page from opening {0}.': 'Eine Seite wollte {0} öffnen; das wurde verweigert.',
  'A run folder contains run.json; a model folder contains {0}.': 'Ein Lauf hat run.json, ein Modell hat {0}.',
  'A run is training and may be using this device.': 'Ein Lauf trainiert gerade und rechnet womöglich darauf.',
  'A run is training; a benchmark during training would be meaningless.':
    'Ein Lauf trainiert gerade; eine Messung daneben sagte nichts aus.',
  "A sequence length of {0} exceeds the model's context length (l_max) of {1}.":
    'Die Sequenzlänge {0} übersteigt die Kontextlänge (l_max) des Modells von {1}.',
  'Stream {0} is already subscribed.': 'Unter {0} ist schon ein Datenstrom verbunden.',
  'A token must be 1 to 512 printable ASCII characters without spaces.':
    'Ein Token besteht aus 1 bis 512 Buchstaben, Ziffern und Zeichen aus ASCII, ohne Leerzeichen.',
  'After step {0} the validation loss is not finite.': 'Nach Schritt {0} ist der Validierungsverlust nicht endlich.',
  'A profile needs the native device; this is {0}.': 'Ein Profil braucht das Gerät native; dies ist {0}.',
  'Choose the device native.': 'Wähle das Gerät native.',
  'After {0} tokens, the logits deviate by {1} of the largest logit; the tolerance is {2}.':
    'Nach {0} Token weichen die Logits um {1} des größten Logits ab; die Toleranz ist {2}.',
  'Give this user write permission for that folder, or choose another library folder.':
    'Diesem Benutzer das Schreiben in diesem Ordner erlauben oder einen anderen Ordner für die Bibliothek wählen.',
  'Another window is generating an answer in this chat.':
    'Ein anderes Fenster generiert in diesem Chat gerade eine Antwort.',
  'An answer is being generated in this chat.': 'In diesem Chat wird gerade eine Antwort generiert.',
  'Another device may work.': 'Ein anderes Gerät funktioniert vielleicht.',
  'Another model is generating.': 'Ein anderes Modell generiert gerade.',
  'Another program has locked {0} for too long.': 'Ein anderes Programm hält {0} schon lange fest.',
  'At step {0} {1}, after {2|one: one earlier recovery|other: {2} earlier recoveries}.':
    'Schritt {0}: {1}, nachdem der Lauf zuvor schon {2|one: einmal|other: {2}-mal} gerettet wurde.',
  'At step {0} {1}, and recovery is disabled (max_recoveries is 0).':
    'Schritt {0}: {1}, und Rettungen sind nicht zugelassen (max_recoveries ist 0).',
  'Start with the root or the drive letter.': 'Mit dem Wurzelverzeichnis oder dem Laufwerk beginnen.',
  'Cancel that job first.': 'Das zuerst abbrechen.',
  'Choose another port with --port, or omit --port to use any free one.':
    'Mit --port einen anderen wählen oder die Option weglassen, um irgendeinen freien zu nehmen.',
  'Select one above the conversation.': 'Eines über dem Gespräch wählen.',
  'Choose the files again.': 'Die Dateien noch einmal wählen.',
  'Available data sets: {0}.': 'Datensätze: {0}.',
  'Delete {0}.': '{0} löschen.',
  'Did you mean {0}?': 'War {0} gemeint?',
  'Free some disk space, then resume from the last checkpoint.':
    'Platz schaffen, dann geht es von der letzten Sicherung weiter.',
  'Use --prompt TEXT, --prompt-file FILE or --document DOC.':
    '--prompt TEXT, --prompt-file FILE oder --document DOC angeben.',
  'Rename the file to a shorter name.': 'Der Datei einen kürzeren Namen geben.',
  'The library location is set by the environment variable HYENA_HOME.':
    'HYENA_HOME bestimmt, wo die Bibliothek liegt.',
  'Hyena Studio was restarted, and this page is not connected to it.':
    'Hyena Studio wurde neu gestartet, und diese Seite ist nicht damit verbunden.',
  'Unless it was killed manually, use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Wenn ihn niemand von Hand beendet hat: einen kleineren Batch, eine kürzere Sequenzlänge oder Gradient Checkpointing verwenden.',
  'Start it again.': 'Es lässt sich neu starten.',
  'It must contain a single object such as {"model": {"d_model": 128}, "training": {"max_steps": 100}}.':
    'Die Datei enthält ein Objekt wie {"model": {"d_model": 128}, "training": {"max_steps": 100}}.',
  'It is intact there.': 'Dort ist es vollständig.',
  'Stopped on request.': 'Es wurde auf Wunsch angehalten.',
  'Its filters were trained for {0} tokens and now span {1}.':
    'Seine Filter entstanden für {0} Token und überspannen jetzt {1}.',
  'Last output: {0}': 'Letzte Ausgabe: {0}',
  'Leave these keys unchanged. Only {0} may differ.': 'Diese Schlüssel unverändert lassen. Nur {0} dürfen abweichen.',
  'Leave vocab_size empty.': 'vocab_size leer lassen.',
  'Line {0} is damaged and was skipped.': 'Zeile {0} ist beschädigt und wird ausgelassen.',
  'Too many streams: at most {0} can be subscribed.': 'Es wurden mehr als {0} Datenströme verbunden.',
  'Use an id instead: {0}.': 'Eines mit seiner ID angeben: {0}.',
  'No model is selected for this chat.': 'Für diesen Chat ist kein Modell gewählt.',
  'The validation split contains no answers, so none of its tokens count; evaluation is disabled.':
    'Kein Token des Validierungstexts zählt: Es ist keine Antwort darin, und es wird nichts ausgewertet.',
  'The client is no longer waiting for this answer.': 'Auf diese Antwort wartet niemand mehr.',
  'None of the {0} tokens of {1} counts: it contains no answers.':
    'Keines der {0} Token von {1} zählt: Es ist keine Antwort darin.',
  'Checkpoints are intact in the moved folder; nothing newer was saved.':
    'Nichts Neues. Wurde der Ordner verschoben, enthält er die Sicherungen noch.',
  'The data set was not created; temporary files will be removed when the next one is added.':
    'Vom Datensatz wurde nichts behalten; Halbfertiges wird beim nächsten Hinzufügen entfernt.',
  'The document was not imported.': 'Vom Dokument wurde nichts eingelesen.',
  'The partial file was discarded.': 'Von dieser Datei wurde nichts behalten.',
  'Nothing was changed.': 'Es wurde nichts geändert.',
  'Nothing was copied.': 'Es wurde nichts kopiert.',
  'Nothing was deleted.': 'Es wurde nichts gelöscht.',
  'Nothing was kept.': 'Es wurde nichts behalten.',
  'Nothing was removed from {0}.': 'Aus {0} wurde nichts gelöscht.',
  'Nothing was removed.': 'Es wurde nichts gelöscht.',
  'Nothing was written.': 'Es wurde nichts geschrieben.',
  'No checkpoint was available.': 'Nichts: Es gab keine Sicherung.',
  'Of {0} training tokens, {1} contribute to the loss ({2}): only answers count; the rest is context.':
    'Von den {0} Trainingstoken werden {1} gelernt ({2}): Nur Antworten zählen, den Rest machen Fragen aus.',
  'Open the new address that was printed at startup.': 'Die neue Adresse öffnen, die es beim Start ausgegeben hat.',
  'Pause the run first.': 'Den Lauf zuerst pausieren.',
  'Port {0} is already in use by another program.': 'Der Port {0} ist von einem anderen Programm belegt.',
  'Port {0} is already in use.': 'Der Port {0} ist belegt.',
  'Available presets: {0}.': 'Verfügbare Vorlagen: {0}.',
  'Process {0} on {1} has been training this run since {2}.': 'Prozess {0} auf {1} trainiert diesen Lauf seit {2}.',
  "Process {0} on {1} is already training '{2}'.": 'Prozess {0} auf {1} trainiert {2} schon.',
  'Put the folder back, or connect its drive again, and resume the run.':
    'Den Ordner zurücklegen oder sein Laufwerk wieder anschließen, dann den Lauf fortsetzen.',
  'Raise l_max or lower sequence_length.': 'l_max erhöhen oder sequence_length verringern.',
  'Refused with {0}: {1}': 'Abgewiesen mit {0}: {1}',
  'Reload the page.': 'Die Seite neu laden.',
  'Remove it and import the file again.': 'Das Dokument löschen und die Datei noch einmal einlesen.',
  'Restore it from the trash, then restart Hyena Studio.': 'Dort wiederherstellen, dann das Programm neu starten.',
  'Runs continue; nothing is lost.': 'Läufe gehen weiter; nichts ist verloren.',
  'Score a longer text.': 'Einen längeren Text auswerten.',
  'Score chats with answers.': 'Chats mit Antworten auswerten.',
  'Choose a folder with write permission, or set the environment variable HYENA_HOME to one.':
    'HYENA_HOME auf einen beschreibbaren Ordner setzen.',
  "Several documents are named '{0}'.": "Mehrere Dokumente heißen '{0}'.",
  'Shorten the message, or select a shorter part of the document.':
    'Die Nachricht kürzen oder einen kürzeren Teil des Dokuments verwenden.',
  'Shorten the message.': 'Die Nachricht kürzen.',
  'Start a run with a lower learning rate, a longer warmup or a lower grad_clip.':
    'Einen Lauf mit niedrigerer Lernrate, längerem Anlauf oder kleinerem grad_clip beginnen.',
  'Stop it first.': 'Zuerst anhalten.',
  'Stop it there first.': 'Zuerst dort anhalten.',
  'Stop that process first. If it no longer exists, delete {0}.':
    'Zuerst dort anhalten. Gibt es diesen Prozess nicht: {0} löschen.',
  'Stop the run first.': 'Den Lauf zuerst anhalten.',
  'Stopped before it started.': 'Angehalten, bevor es begann.',
  'The benchmark was cancelled.': 'Die Messung wurde abgebrochen.',
  'The budget is {0} tokens but the data set has {1}: the run makes {2} passes over it and will overfit. Add data, train for fewer steps, or let the run stop early.':
    'Das Budget sind {0} Token, und der Datensatz hat {1}: Der Lauf geht ihn {2}-mal durch und wird überanpassen. Daten hinzufügen, weniger Schritte trainieren oder den Lauf vorzeitig enden lassen.',
  'The chat is unchanged.': 'Der Chat ist unverändert.',
  'The client disconnected.': 'Der Client ist nicht mehr da.',
  'Cannot start the compute process: {0}': 'Der Rechenprozess ließ sich nicht starten: {0}',
  'The compute process crashed ({0}).': 'Der Rechenprozess ist abgestürzt ({0}).',
  'The compute process exited without a result (exit code {0}).':
    'Der Rechenprozess endete ohne Antwort (Exit-Code {0}).',
  'The compute process exited without a result ({0}).': 'Der Rechenprozess endete ohne Antwort ({0}).',
  'The compute process stopped responding and was terminated.':
    'Der Rechenprozess reagierte nicht mehr und wurde beendet.',
  'The compute process ran out of memory.': 'Dem Rechenprozess ging der Speicher aus.',
  'The compute process sent a malformed message: {0}': 'Der Rechenprozess hat etwas Unverständliches gemeldet: {0}',
  'The compute process was terminated ({0}) before it started.':
    'Der Rechenprozess wurde beendet ({0}), bevor er begonnen hatte.',
  'The compute process was killed by the system, usually because memory ran out.':
    'Der Rechenprozess wurde vom System beendet, meist weil der Speicher ausging.',
  'The compute process was terminated on request.': 'Der Rechenprozess wurde auf Wunsch beendet.',
  "The model's config.json is not valid JSON.": 'Die config.json des Modells ist kein JSON.',
  'Cannot read the configuration {0}: {1}': 'Die Konfiguration {0} ist nicht lesbar: {1}',
  'Invalid configuration: {0}.': 'Die Konfiguration: {0}.',
  'The connection to Hyena Studio was lost.': 'Die Verbindung zu Hyena Studio ist abgebrochen.',
  "The context of '{0}' already has {1} tokens.": "Der Kontext von '{0}' umfasst schon {1} Token.",
  'The damaged checkpoint was kept as {0}; delete it when you no longer need it.':
    'Die beschädigte Sicherung wurde als {0} behalten; sie kann gelöscht werden, wenn sie nicht gebraucht wird.',
  "Data set '{0}' and run '{1}' have different tokenizers.":
    "Der Datensatz '{0}' hat einen anderen Tokenizer als der Lauf '{1}'.",
  "Data set '{0}' is not the one that run '{1}' started with.":
    "Der Datensatz '{0}' ist nicht der, mit dem der Lauf '{1}' begonnen wurde.",
  "Data set '{0}' is not the one that run '{1}' was trained on.":
    "Der Datensatz '{0}' ist nicht der, mit dem der Lauf '{1}' trainiert wurde.",
  "Data set '{0}' was created with a different tokenizer than this model.":
    "Der Datensatz '{0}' entstand mit einem anderen Tokenizer als dem dieses Modells.",
  'The data set has no validation split; evaluation is disabled.':
    'Der Datensatz hat keinen Text zur Validierung: Es wird nichts ausgewertet.',
  'The device or its driver may be hanging.': 'Vielleicht hängt das Gerät oder sein Treiber.',
  'The disk is full: {0}': 'Der Datenträger ist voll: {0}',
  'The document is unchanged.': 'Das Dokument ist unversehrt.',
  'The existing run is unchanged.': 'Der vorhandene Lauf ist unverändert.',
  'The first file was kept.': 'Die erste Datei wurde behalten.',
  'The job was stopped on request.': 'Die Aufgabe wurde auf Wunsch angehalten.',
  'The last entry is incomplete and was skipped.': 'Der letzte Eintrag bricht mittendrin ab und wird ausgelassen.',
  'The library and its runs are unaffected.': 'Die Bibliothek und ihre Läufe sind davon nicht betroffen.',
  'Cannot use {0} as the library folder: {1}': 'Die Bibliothek kann nicht in {0} liegen: {1}',
  'The library location is unchanged.': 'Die Bibliothek bleibt, wo sie ist.',
  'Cannot take over the lock.': 'Die Sperre konnte nicht übernommen werden.',
  'The model was unloaded.': 'Das Modell wurde geschlossen.',
  'The name of an uploaded file is too long.': 'Der Name einer hochgeladenen Datei ist zu lang.',
  'The name of an uploaded file points outside the upload folder.':
    'Der Name einer hochgeladenen Datei führt anderswohin.',
  'The existing task is unaffected.': 'Die andere läuft weiter.',
  'The places of the document': 'Das Stellenverzeichnis des Dokuments',
  'The notes of the document': 'Die Notizen des Dokuments',
  'The tokens of the answer': 'Die Token der Antwort',
  'Hyena Studio is shutting down.': 'Das Programm wird gerade geschlossen.',
  'Cannot read the prompt: {0}': 'Der Prompt ist nicht lesbar: {0}',
  'Cannot save the queue: {0}': 'Die Warteschlange ließ sich nicht speichern: {0}',
  'The queue remains in memory and will be lost when Hyena Studio exits.':
    'Die Warteschlange bleibt nur im Arbeitsspeicher und geht mit dem Ende des Programms verloren.',
  'The record': 'Der Eintrag',
  'The record in the trash': 'Der Eintrag im Papierkorb',
  'The record of the data set': 'Der Eintrag des Datensatzes',
  'The record of the run': 'Der Eintrag des Laufs',
  'Cannot serve the request.': 'Die Anfrage ließ sich nicht bedienen.',
  'Malformed request {0}: {1}.': 'Die Anfrage {0} ist fehlerhaft: {1}.',
  "Run '{0}' has already been trained.": "Der Lauf '{0}' wurde schon trainiert.",
  "Run '{0}' has no checkpoint to start from.":
    "Der Lauf '{0}' hat noch keine Sicherung: Es gibt nichts, womit begonnen werden könnte.",
  'The run ended during its warmup: the learning rate never reached {0}. Shorten the warmup, or train longer.':
    'Der Lauf endete noch im Anlauf: Die Lernrate hat {0} nie erreicht. Den Anlauf kürzen oder länger trainieren.',
  'The run resumes from its checkpoint of step {0}.': 'Der Lauf geht von seiner Sicherung von Schritt {0} weiter.',
  'The run restarts from the beginning because no checkpoint had been saved.':
    'Der Lauf beginnt noch einmal von vorn, denn es gab noch keine Sicherung.',
  "Run '{0}' is being trained by process {1} on {2}.": 'Der Lauf {0} wird gerade von Prozess {1} auf {2} trainiert.',
  "Run '{0}' is training on data set '{1}'.": 'Der Lauf {0} trainiert gerade mit dem Datensatz {1}.',
  'The state of the run': 'Der Stand des Laufs',
  'No permission to write to {0}.': 'Das System erlaubt nicht, nach {0} zu schreiben.',
  "The stored text of document '{0}' has changed since import.":
    "Der Text des Dokuments '{0}' ist nicht mehr der, der eingelesen wurde.",
  'Invalid token.': 'Ungültiges Token.',
  'Cannot read the token file: {0}': 'Die Token-Datei ist nicht lesbar: {0}',
  'The upload was interrupted.': 'Das Hochladen wurde unterbrochen.',
  'The upload was refused ({0}).': 'Das Hochladen wurde abgewiesen ({0}).',
  "The warmup takes {0} of the run's {1} steps. Shorten the warmup to at most {2}, or train for more steps.":
    'Der Anlauf dauert {0} der {1} Schritte des Laufs. Den Anlauf auf höchstens {2} Schritte kürzen oder mehr Schritte trainieren.',
  'The warmup takes {0} steps but the run has only {1}: it ends at {2} of the learning rate {3}. Shorten the warmup to at most {4}, or train for more steps.':
    'Der Anlauf dauert {0} Schritte und der ganze Lauf {1}: Er endet bei {2} der Lernrate von {3}. Den Anlauf auf höchstens {4} Schritte kürzen oder mehr Schritte trainieren.',
  "Weights loaded from run '{0}' after step {1}.": 'Die Gewichte sind die des Laufs {0} nach Schritt {1}.',
  'The window reconnects automatically.': 'Das Fenster verbindet sich von selbst wieder.',
  'Wrong {0} of the convolution: got {1}, expected {2} at element {3}.':
    'Bei der Faltung stimmt {0} nicht: {1} statt {2} bei Element {3}.',
  'Task {0} already exists.': 'Die Aufgabe {0} gibt es schon.',
  "Run '{0}' already exists.": "Einen Lauf namens '{0}' gibt es schon.",
  "No file or document named '{0}'.": "Es gibt weder eine Datei noch ein Dokument '{0}'.",
  'Unknown key {0} in {1}.': 'Es gibt keinen Schlüssel {0} in {1}.',
  'Unknown key: {0}.': 'Es gibt keinen Schlüssel {0}.',
  'Unknown preset: {0}.': 'Unbekannte Vorlage: {0}.',
  'No prompt given.': 'Es fehlt ein Prompt.',
  "Unknown request: '{0}'.": "Es gibt keine Anfrage '{0}'.",
  "Run '{0}' not found in {1}.": "In {1} gibt es keinen Lauf namens '{0}'.",
  "Unknown stream: '{0}'.": "Es gibt keinen Datenstrom '{0}'.",
  'This chat no longer exists.': 'Diesen Chat gibt es nicht mehr.',
  'This message is no longer in the chat.': 'Diese Nachricht gibt es in diesem Chat nicht mehr.',
  'Item not found in the trash.': 'So etwas liegt nicht im Papierkorb.',
  'No trained model found.': 'Es gibt noch kein trainiertes Modell.',
  'The document has no text at that place.': 'An dieser Stelle steht nichts vom Dokument.',
  'No checkpoint had been saved.': 'Es gab noch keine Sicherung.',
  'These files were chosen before Hyena Studio restarted.':
    'Diese Dateien wurden gewählt, bevor das Programm neu gestartet wurde.',
  'This data set is small: its answers have {0} {0|one: token|other: tokens}. The model will memorise them rather than learn to answer.':
    'Dieser Datensatz ist klein: Seine Antworten haben {0} Token. Das Modell wird sie eher auswendig lernen als antworten lernen.',
  'This device computes incorrect results. Use another device and report this.':
    'Dieses Gerät rechnet falsch: ein anderes verwenden und den Fehler melden.',
  'This upload already has a file or folder with that name.':
    'Unter den abgelegten Dateien gibt es schon eine Datei oder einen Ordner dieses Namens.',
  'This upload has no file with that name.': 'Unter den abgelegten Dateien ist keine dieses Namens.',
  "This message does not fit into the model's context of {0} tokens.":
    'Diese Nachricht passt nicht: Das Modell blickt auf {0} Token zurück.',
  'Train a model first.': 'Zuerst ein Modell trainieren.',
  'Train a new run on this data set.': 'Damit einen neuen Lauf trainieren.',
  'Train on chats with more or longer answers, or with a longer sequence_length.':
    'Mit Chats trainieren, die mehr oder längere Antworten haben, oder mit größerer sequence_length.',
  'Try again. If no other program is using the library, delete that file.':
    'Noch einmal versuchen; wenn kein anderes Programm die Bibliothek benutzt, diese Datei löschen.',
  'Unset that variable, then choose a folder here.': 'Diese Variable entfernen, dann lässt sich hier wählen.',
  'Use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Einen kleineren Batch, eine kürzere Sequenzlänge oder Gradient Checkpointing verwenden.',
  'Use another port, or 0 for any free one.': 'Einen anderen verwenden oder 0 für irgendeinen freien.',
  'Wait for its answer, or stop it.': 'Seine Antwort abwarten oder sie anhalten.',
  'Wait for some jobs to finish, or cancel them.': 'Warten, bis einige davon fertig sind, oder sie abbrechen.',
  'The deleted item is no longer in the trash.': 'Was gelöscht wurde, liegt nicht mehr im Papierkorb.',
  'Downloaded files were kept; the device was not enabled.':
    'Was schon geladen ist, bleibt; das Gerät wurde nicht verfügbar gemacht.',
  'Example: d_model=128.': 'Richtig ist zum Beispiel d_model=128.',
  'Your message and the partial answer were kept.':
    'Die Nachricht und die Antwort, soweit sie geschrieben war, wurden behalten.',
  'Your message was kept.': 'Die Nachricht wurde behalten.',
  'a number': 'eine Zahl',
  'a whole number': 'eine ganze Zahl',
  'range|from {0} to {1}': 'von {0} bis {1}',
  'range|above {0} up to {1}': 'über {0} bis {1}',
  'range|from {0} below {1}': 'ab {0} und unter {1}',
  'range|above {0} below {1}': 'über {0} und unter {1}',
  'range|above {0}': 'über {0}',
  batches: 'Batches',
  'range|below {0}': 'unter {0}',
  channels: 'Kanäle',
  epochs: 'Epochen',
  evaluations: 'Auswertungen',
  'range|from {0}': 'ab {0}',
  'Names may contain only letters, digits, dots, hyphens, underscores and spaces.':
    'Namen dürfen nur Buchstaben, Ziffern, Punkte, Bindestriche, Unterstriche und Leerzeichen enthalten.',
  minutes: 'Minuten',
  'must be odd: one time feature plus sine and cosine pairs':
    'muss ungerade sein: ein Zeitmerkmal und Paare aus Sinus und Kosinus',
  'Names must contain at least one letter or digit.':
    'Namen müssen mindestens einen Buchstaben oder eine Ziffer enthalten.',
  'Names are limited to {0} bytes of UTF-8; this one has {1}.':
    'Namen dürfen in UTF-8 höchstens {0} Byte lang sein; dieser hat {1}.',
  'Names are limited to {0} characters; this one has {1}.':
    'Namen dürfen höchstens {0} Zeichen lang sein; dieser hat {1}.',
  'Names must not end with a dot, a space or a joiner.':
    'Namen dürfen nicht mit einem Punkt, einem Leerzeichen oder einem Verbindungszeichen enden.',
  'Names must start with a letter or digit.': 'Namen müssen mit einem Buchstaben oder einer Ziffer beginnen.',
  nats: 'Nats',
  sequences: 'Sequenzen',
  steps: 'Schritte',
  'value|text': 'Text',
  'the gradient norm is infinite': 'die Gradientennorm ist unendlich',
  'the gradient norm is NaN': 'die Gradientennorm ist keine Zahl',
  'the loss is infinite': 'der Verlust ist unendlich',
  'the loss is NaN': 'der Verlust ist keine Zahl',
  'the loss jumped to {0}, {1} times its average of {2}':
    'der Verlust sprang auf {0}, das {1}-Fache seines Mittels von {2}',
  'range|to {0}': 'bis {0}',
  tokens: 'Token',
  'training.sequence_length ({0}) exceeds model.l_max ({1}), the context length.':
    'training.sequence_length ({0}) ist länger als model.l_max ({1}), die Kontextlänge.',
  'training.sequence_length_start ({0}) exceeds the full sequence length ({1}).':
    'training.sequence_length_start ({0}) ist länger als {1}, die volle Länge.',
  "vocab_size is {0}, but the tokenizer of data set '{1}' has {2} tokens.":
    "vocab_size ist {0}, der Tokenizer von '{1}' hat aber {2} Token.",
  windows: 'Fenster',
  '{0} consecutive batches had no tokens that count in the loss.':
    '{0} Batches in Folge enthielten kein Token, das gelernt wird.',
  "Cannot move {0} to the system's trash: {1}": '{0} lässt sich nicht in den Papierkorb des Systems legen: {1}',
  'Cannot display {0}: {1}': '{0} lässt sich nicht anzeigen: {1}',
  '{0} does not contain a JSON object.': '{0} enthält kein Objekt.',
  '{0} has {1} {1|one: token|other: tokens}, too few to predict anything.':
    '{0} enthält {1} Token: Es gibt nichts vorherzusagen.',
  '{0} in {1} is not an object.': '{0} in {1} ist kein Objekt.',
  '{0} has not been imported into the library.': '{0} ist eine Datei, die noch nicht in der Bibliothek ist.',
  "Cannot delete '{0}' while it is training.": '{0} trainiert gerade und lässt sich deshalb nicht löschen.',
  "Cannot rename '{0}' while it is training.": '{0} trainiert gerade und lässt sich deshalb nicht umbenennen.',
  '{0} not found: the run folder was removed or moved during training.':
    '{0} ist nicht mehr da: Der Ordner des Laufs wurde während des Trainings gelöscht oder verschoben.',
  "{0} has already been moved to the system's trash.": '{0} liegt inzwischen im Papierkorb des Systems.',
  '{0} is missing. Expected: {1}.': '{0} fehlt; erwartet wird {1}.',
  '{0} is not an absolute path.': '{0} ist kein absoluter Pfad.',
  '{0} is not JSON: {1}': '{0} ist kein JSON: {1}',
  '{0} is not a complete model: {1} not found.': '{0} ist kein vollständiges Modell; es fehlt: {1}.',
  "'{0}' is not training in this process.": '{0} wird hier nicht trainiert.',
  '{0} is not a run folder or a model folder.': '{0} ist nicht der Ordner eines Laufs oder eines Modells.',
  'Too many jobs: {0} {0|one: job is|other: jobs are} already queued.':
    'Es {0|one: wartet|other: warten} schon {0} {0|one: Aufgabe|other: Aufgaben}.',
  '{0} more {0|one: request was|other: requests were} refused.': 'Weitere abgewiesene Anfragen: {0}.',
  '{0} must be {1}; got {2}.': '{0} muss {1} sein; angegeben wurde {2}.',
  '{0} or {1}': '{0} oder {1}',
  '{0} {0|one: request of this window is|other: requests of this window are} still pending.':
    '{0} {0|one: Anfrage dieses Fensters ist|other: Anfragen dieses Fensters sind} noch nicht beantwortet.',
  '{0} {1} is not valid JSON.': '{0} {1} ist kein JSON.',
  '{0} {1} has an unexpected format: {2}': '{0} {1} ist nicht wie erwartet: {2}',
  '{0} {1}. Expected: {2}; got {3}.': '{0} {1}; erwartet wird {2}; angegeben wurde {3}.',
  '{0}, or none': '{0} oder leer',
  '{0}; the batch was skipped': '{0}; der Batch wird ausgelassen',
  'Names may contain only letters, digits, dots, hyphens and underscores.':
    'Namen dürfen nur Buchstaben, Ziffern, Punkte, Bindestriche und Unterstriche enthalten.',
  'Invalid character: {0}': 'Ungültiges Zeichen: {0}',
  'The name {0} is reserved by Windows.': 'Der Name {0} ist von Windows reserviert.',
  'Add files to create it.': 'Dateien hinzufügen, um ihn anzulegen.',
  'Use the path of a file, or the title or id of a document in the library.':
    'Den Pfad einer Datei oder Titel oder ID eines Dokuments der Bibliothek angeben.',
  'Choose a longer context.': 'Einen längeren Kontext wählen.',
  'Train a model to create a run.': 'Ein Modell trainieren, um einen Lauf anzulegen.',
  'Resume its training first.': 'Zuerst sein Training fortsetzen.',
  'Use a library folder on a disk with a trash, or delete it permanently.':
    'Einen Bibliotheksordner auf einem Laufwerk mit Papierkorb verwenden oder endgültig löschen.',
  'The checkpoint of step {0} was kept.': 'Die Sicherung von Schritt {0} wurde behalten.',
  'Resume the run.': 'Den Lauf fortsetzen.',
  "'{0}' was removed from the queue: {1}": "'{0}' wurde aus der Warteschlange entfernt: {1}",
  'Choose a data set of the library.': 'Einen Datensatz der Bibliothek wählen.',
  'Choose a document of the library.': 'Ein Dokument der Bibliothek wählen.',
  'Import the document first.': 'Das Dokument zuerst importieren.',
  'Choose another name, resume the existing run, or remove it.':
    'Einen anderen Namen wählen, den vorhandenen Lauf fortsetzen oder ihn entfernen.',
  'Choose a run of the library.': 'Einen Lauf der Bibliothek wählen.',
  "Add the text again with the run's tokenizer.": 'Den Text noch einmal mit dem Tokenizer des Laufs hinzufügen.',
  'Import it first.': 'Zuerst importieren.',
  'Wrong {0} of attention: got {1}, expected {2}.': 'Bei der Attention stimmt {0} nicht: {1} statt {2}.',
  'Wrong {0} of attention: got {1}, expected {2} at element {3}.':
    'Bei der Attention stimmt {0} nicht: {1} statt {2} bei Element {3}.',
  'Width {0} is not divisible by {1} heads.': 'Die Breite {0} ist nicht durch {1} Köpfe teilbar.',
  'Choose a width that is a multiple of {0}, or change the number of heads.':
    'Eine Breite wählen, die ein Vielfaches von {0} ist, oder die Zahl der Köpfe ändern.',
  "The model's context holds {0} of {1} tokens: {2} of the document. Select another part, or extend the model's context to {3} tokens.":
    'Der Kontext des Modells fasst {0} von {1} Token: {2} des Dokuments. Einen anderen Teil wählen oder den Kontext des Modells auf {3} Token verlängern.',
  'Request a shorter summary, or use a model with a longer context.':
    'Eine kürzere Zusammenfassung anfordern oder ein Modell mit längerem Kontext verwenden.',
  'Train a model on documents paired with summaries.':
    'Ein Modell mit Dokumenten und ihren Zusammenfassungen trainieren.',
  'Score the source file instead.': 'Stattdessen die Quelldatei bewerten.',
  'To score it anyway, choose it explicitly.': 'Um ihn trotzdem zu bewerten, ausdrücklich auswählen.',
  'Resume it.': 'Ihn fortsetzen.',
  'Free some disk space, then resume the run.': 'Platz auf dem Datenträger schaffen, dann den Lauf fortsetzen.',
  'Resume with less memory per step; the training stays the same otherwise.':
    'Mit weniger Speicher je Schritt fortsetzen; das Training bleibt sonst dasselbe.',
  'Resume on another device, or train a new run with a shorter sequence_length or a smaller model.':
    'Auf einem anderen Gerät fortsetzen oder einen neuen Lauf mit kürzerer sequence_length oder kleinerem Modell trainieren.',
  'model.{0} {1}.': 'model.{0} {1}.',
  'Your library is unchanged.': 'Die Bibliothek ist unverändert.',
  'Cannot read the library setting in {0}.': 'Die Einstellung der Bibliothek in {0} ist nicht lesbar.',
  'Set the folder as {"library": "/absolute/path"}, or delete the file to use {0}.':
    'Den Ordner als {"library": "/absolute/path"} angeben, oder die Datei löschen, um {0} zu verwenden.',
  'model.layers: {0} is neither a mixer nor mixer*count.': 'model.layers: {0} ist weder ein Mixer noch mixer*anzahl.',
  'model.layers: mixer {0} not found.': 'model.layers: Mixer {0} nicht gefunden.',
  'Available mixers: {0}.': 'Verfügbare Mixer: {0}.',
  'model.layers: {0} must have 1 to {1} layers.': 'model.layers: {0} muss 1 bis {1} Schichten haben.',
  'A {0} layer has no filters to plot.': 'Eine {0}-Schicht hat keine darstellbaren Filter.',
  'belongs to the mixer {0}, which model.layers does not use': 'gehört zum Mixer {0}, den model.layers nicht verwendet',
  'applies only to rotary positions': 'gilt nur für rotierende Positionen',
  'model.{0} is {1}, which does not divide model.d_model, {2}.':
    'model.{0} ist {1} und teilt model.d_model, {2}, nicht.',
  'model.mamba_head_dim is {0}, which does not divide the {1} inner channels.':
    'model.mamba_head_dim ist {0} und teilt die {1} inneren Kanäle nicht.',
  'model.ssm_state must be even, but is {0}.': 'model.ssm_state muss gerade sein, ist aber {0}.',
  'model.n_head must divide model.d_model: {0} channels cannot be split into {1} heads.':
    'model.n_head muss model.d_model teilen: {0} Kanäle lassen sich nicht auf {1} Köpfe aufteilen.',
  'model.n_kv_head must divide model.n_head: {0} heads cannot share {1}.':
    'model.n_kv_head muss model.n_head teilen: {0} Köpfe können sich nicht {1} teilen.',
  'Rotary positions need heads of even width: {0} heads of {1} channels have {2} each.':
    'Rotierte Positionen (RoPE) brauchen Köpfe gerader Breite: Bei {1} Kanälen haben {0} Köpfe je {2}.',
  'Generate with the exact model instead.': 'Stattdessen mit dem exakten Modell generieren.',
  'A model with layers {0} has no filters to distil: only those of Hyena layers are replaced.':
    'Ein Modell mit den Schichten {0} hat keine Filter zu destillieren: Nur die von hyena werden ersetzt.',
  "'{0}' reads texts of any length and was already trained on sequences of {1} tokens.":
    '„{0}“ liest Texte beliebiger Länge und wurde bereits mit Sequenzen von {1} Token trainiert.',
  heads: 'Köpfe',
};

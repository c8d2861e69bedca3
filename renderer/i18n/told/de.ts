import type { Catalogue } from '../told.ts';
import { deData } from './de-data.ts';
import { deDevices } from './de-devices.ts';

/** What host and workers tell, by its English: see main/contract/told.ts. */
export const de: Catalogue = {
  'A step of this run learns from {0} sequences, which batches of {1} do not divide.':
    'Ein Schritt dieses Laufs lernt aus {0} Sequenzen, die sich nicht in Stapel von {1} teilen lassen.',
  'The nearest that does is {0}.': 'Am nächsten liegt {0}.',
  'Go on with less memory a step, and the same training otherwise: hyena resume {0} {1}':
    'Mit weniger Speicher je Schritt und sonst demselben Training fortsetzen: hyena resume {0} {1}',
  'Go on with it on another device (hyena resume {0} --device NAME), or train anew with a shorter sequence_length or a smaller model.':
    'Auf einem anderen Gerät fortsetzen (hyena resume {0} --device NAME) oder mit kürzerer sequence_length oder kleinerem Modell neu trainieren.',
  '{0} cannot be changed once a run has begun.': '{0} lässt sich nicht mehr ändern, wenn ein Lauf begonnen hat.',
  "What can: {0}. For the rest train a new run, from this one's weights if you like: hyena train --from RUN":
    'Änderbar sind: {0}. Für den Rest einen neuen Lauf trainieren, gern mit den Gewichten von diesem: hyena train --from RUN',
  ...deData,
  ...deDevices,
  "'{0}' cannot be the name of a data set.": "'{0}' kann kein Name eines Datensatzes sein.",
  "'{0}' cannot be the name of a run.": "'{0}' kann kein Name eines Laufs sein.",
  "'{0}' cannot be the name of a run: it {1}.": "'{0}' kann kein Name eines Laufs sein: Der Name {1}.",
  "'{0}' is being set up already.": "'{0}' wird schon eingerichtet.",
  "'{0}' is not of the form key=value.": "'{0}' hat nicht die Form key=value.",
  "'{0}' is not the id of a chat.": "'{0}' ist keine ID eines Chats.",
  'A message is malformed: {0}.': 'Eine Nachricht ist fehlerhaft: {0}.',
  'A message of {0} was refused.': 'Eine Nachricht von {0} wurde abgewiesen.',
  "A model is at work on '{0}'.": "Ein Modell arbeitet gerade an '{0}'.",
  'A model needs {0} in one folder.': 'Ein Modell braucht {0} in einem Ordner.',
  "A model that starts from the weights of '{0}' has its shape: {1}.":
    "Ein Modell, das mit den Gewichten von '{0}' beginnt, hat dessen Form: {1}.",
  'A name {0}.': 'Ein Name {0}.',
  'A page asked for the permission {0}; it was denied.':
    'Eine Seite hat um die Berechtigung {0} gebeten; sie wurde nicht erteilt.',
  'A page asked for {0}; it was refused.': 'Eine Seite hat {0} angefordert; das wurde verweigert.',
  'A page tried to go to {0}; it was refused.': 'Eine Seite wollte {0} aufrufen; das wurde verweigert.',
  'A page tried to hold another page; it was refused.':
    'Eine Seite wollte eine andere Seite einbetten; das wurde verweigert.',
  'A page tried to open {0}; it was refused.': 'Eine Seite wollte {0} öffnen; das wurde verweigert.',
  'A run has run.json, a model has {0}.': 'Ein Lauf hat run.json, ein Modell hat {0}.',
  'A run is training and may compute on it.': 'Ein Lauf trainiert gerade und rechnet womöglich darauf.',
  'A run is training; a benchmark beside it would tell nothing.':
    'Ein Lauf trainiert gerade; eine Messung daneben sagte nichts aus.',
  "A sequence length of {0} is more than the model's context length (l_max) of {1}.":
    'Die Sequenzlänge {0} übersteigt die Kontextlänge (l_max) des Modells von {1}.',
  'A stream is joined under {0} already.': 'Unter {0} ist schon ein Datenstrom verbunden.',
  'A token has 1 to 512 letters, digits and signs of ASCII, without spaces.':
    'Ein Token besteht aus 1 bis 512 Buchstaben, Ziffern und Zeichen aus ASCII, ohne Leerzeichen.',
  "Add the text again with the run's own: hyena data add PATH --name NAME --tokenizer {0}":
    'Den Text noch einmal mit dem des Laufs hinzufügen: hyena data add PATH --name NAME --tokenizer {0}',
  'After step {0} the validation loss is not finite.': 'Nach Schritt {0} ist der Validierungsverlust nicht endlich.',
  'After {0} tokens the scores are off by {1} of the largest; allowed are {2}.':
    'Nach {0} Token weichen die Ausgabewerte um {1} des größten ab; zulässig sind {2}.',
  'Allow this user to write to that folder, or choose another folder for the library.':
    'Diesem Benutzer das Schreiben in diesem Ordner erlauben oder einen anderen Ordner für die Bibliothek wählen.',
  'An answer is being written in this chat by another window.':
    'In diesem Chat schreibt gerade ein anderes Fenster eine Antwort.',
  'An answer is being written in this chat.': 'In diesem Chat wird gerade eine Antwort geschrieben.',
  'Another device may work: hyena devices lists them.':
    'Ein anderes Gerät funktioniert vielleicht: hyena devices führt sie auf.',
  'Another model is writing.': 'Ein anderes Modell schreibt gerade.',
  'Another program has held {0} for long.': 'Ein anderes Programm hält {0} schon lange fest.',
  'At step {0} {1}, after the run had been recovered once before.':
    'Schritt {0}: {1}, nachdem der Lauf zuvor schon einmal gerettet wurde.',
  'At step {0} {1}, after the run had been recovered {2} times before.':
    'Schritt {0}: {1}, nachdem der Lauf zuvor schon {2}-mal gerettet wurde.',
  'At step {0} {1}, and no recovery is allowed (max_recoveries is 0).':
    'Schritt {0}: {1}, und Rettungen sind nicht zugelassen (max_recoveries ist 0).',
  'Begin with the root or the drive.': 'Mit dem Wurzelverzeichnis oder dem Laufwerk beginnen.',
  'Cancel that first.': 'Das zuerst abbrechen.',
  'Choose another name, go on with it (hyena resume {0}), or remove it (hyena runs remove {1}).':
    'Einen anderen Namen wählen, den Lauf fortsetzen (hyena resume {0}) oder ihn löschen (hyena runs remove {1}).',
  'Choose another with --port, or leave it out for any free one.':
    'Mit --port einen anderen wählen oder die Option weglassen, um irgendeinen freien zu nehmen.',
  'Choose one above the conversation.': 'Eines über dem Gespräch wählen.',
  'Choose them again.': 'Die Dateien noch einmal wählen.',
  'Data sets: {0}.': 'Datensätze: {0}.',
  'Delete {0}.': '{0} löschen.',
  'Did you mean {0}?': 'War {0} gemeint?',
  'Free some space, then go on from the last checkpoint.':
    'Platz schaffen, dann geht es von der letzten Sicherung weiter.',
  'Free some space, then: hyena resume {0}': 'Platz schaffen, danach: hyena resume {0}',
  'Give --prompt TEXT, --prompt-file FILE or --document DOC.':
    '--prompt TEXT, --prompt-file FILE oder --document DOC angeben.',
  'Give the file a shorter name.': 'Der Datei einen kürzeren Namen geben.',
  'Give the path of a file, or what hyena documents list shows.':
    'Den Pfad einer Datei angeben oder etwas, das hyena documents list zeigt.',
  'Go on with it: hyena resume {0}': 'Fortsetzen: hyena resume {0}',
  'Go on: hyena resume {0}': 'Fortsetzen: hyena resume {0}',
  'HYENA_HOME says where the library is.': 'HYENA_HOME bestimmt, wo die Bibliothek liegt.',
  'Hyena Studio was restarted, and this page is not connected to it.':
    'Hyena Studio wurde neu gestartet, und diese Seite ist nicht damit verbunden.',
  'If nobody ended it by hand, use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Wenn ihn niemand von Hand beendet hat: einen kleineren Batch, eine kürzere Sequenzlänge oder die Neuberechnung (gradient_checkpointing) verwenden.',
  'Import it first: hyena read {0}': 'Zuerst einlesen: hyena read {0}',
  'In the terminal, remove --permanently deletes it for good.': 'Im Terminal löscht remove --permanently endgültig.',
  'It can be started again.': 'Es lässt sich neu starten.',
  'It holds one object such as {"model": {"d_model": 128}, "training": {"max_steps": 100}}.':
    'Die Datei enthält ein Objekt wie {"model": {"d_model": 128}, "training": {"max_steps": 100}}.',
  'It is whole there.': 'Dort ist es vollständig.',
  'It was asked to stop.': 'Es wurde auf Wunsch angehalten.',
  'Its filters were made for {0} tokens and now span {1}.':
    'Seine Filter entstanden für {0} Token und überspannen jetzt {1}.',
  'Its last words: {0}': 'Seine letzte Meldung: {0}',
  'Leave these keys as they are. Only {0} may differ.': 'Diese Schlüssel unverändert lassen. Nur {0} dürfen abweichen.',
  'Leave vocab_size empty.': 'vocab_size leer lassen.',
  'Line {0} is damaged and is left out.': 'Zeile {0} ist beschädigt und wird ausgelassen.',
  'More than {0} streams were joined.': 'Es wurden mehr als {0} Datenströme verbunden.',
  'Name a longer one: hyena extend {0} --context {1}': 'Einen längeren angeben: hyena extend {0} --context {1}',
  'Name it to score it all the same: hyena eval {0} --data {1}':
    'Um trotzdem mit ihm auszuwerten: hyena eval {0} --data {1}',
  'Name one by its id: {0}.': 'Eines mit seiner ID angeben: {0}.',
  'No model is chosen for this chat.': 'Für diesen Chat ist kein Modell gewählt.',
  'No token of the validation text counts: it holds no answer, and nothing is evaluated.':
    'Kein Token des Validierungstexts zählt: Es ist keine Antwort darin, und es wird nichts ausgewertet.',
  'Nobody waits for this answer.': 'Auf diese Antwort wartet niemand mehr.',
  'None of the {0} tokens of {1} counts: it holds no answer.':
    'Keines der {0} Token von {1} zählt: Es ist keine Antwort darin.',
  'Nothing new. What was moved elsewhere still holds the checkpoints.':
    'Nichts Neues. Wurde der Ordner verschoben, enthält er die Sicherungen noch.',
  'Nothing of the data set; what was half made is removed with the next one.':
    'Vom Datensatz wurde nichts behalten; Halbfertiges wird beim nächsten Hinzufügen entfernt.',
  'Nothing of the document was imported.': 'Vom Dokument wurde nichts eingelesen.',
  'Nothing of this file was kept.': 'Von dieser Datei wurde nichts behalten.',
  'Nothing was changed.': 'Es wurde nichts geändert.',
  'Nothing was copied.': 'Es wurde nichts kopiert.',
  'Nothing was deleted.': 'Es wurde nichts gelöscht.',
  'Nothing was kept.': 'Es wurde nichts behalten.',
  'Nothing was removed from {0}.': 'Aus {0} wurde nichts gelöscht.',
  'Nothing was removed.': 'Es wurde nichts gelöscht.',
  'Nothing was written.': 'Es wurde nichts geschrieben.',
  'Nothing: there was no checkpoint.': 'Nichts: Es gab keine Sicherung.',
  'Of the {0} training tokens {1} are learned ({2}): only answers count, and questions make up the rest.':
    'Von den {0} Trainingstoken werden {1} gelernt ({2}): Nur Antworten zählen, den Rest machen Fragen aus.',
  'Open the new address that it printed when it started.': 'Die neue Adresse öffnen, die es beim Start ausgegeben hat.',
  'Pause the run first.': 'Den Lauf zuerst pausieren.',
  'Port {0} is taken by another program.': 'Der Port {0} ist von einem anderen Programm belegt.',
  'Port {0} is taken.': 'Der Port {0} ist belegt.',
  'Presets: {0}.': 'Ausgangspunkte: {0}.',
  'Process {0} on {1} has been training this run since {2}.': 'Prozess {0} auf {1} trainiert diesen Lauf seit {2}.',
  'Process {0} on {1} trains {2} already.': 'Prozess {0} auf {1} trainiert {2} schon.',
  'Put the folder back, or connect its drive again, and resume the run.':
    'Den Ordner zurücklegen oder sein Laufwerk wieder anschließen, dann den Lauf fortsetzen.',
  'Raise l_max or lower sequence_length.': 'l_max erhöhen oder sequence_length verringern.',
  'Refused with {0}: {1}': 'Abgewiesen mit {0}: {1}',
  'Reload the page.': 'Die Seite neu laden.',
  'Remove it and import the file again.': 'Das Dokument löschen und die Datei noch einmal einlesen.',
  'Restore it there, then start the program again.': 'Dort wiederherstellen, dann das Programm neu starten.',
  'Runs go on; nothing is lost.': 'Läufe gehen weiter; nichts ist verloren.',
  'Score a longer text.': 'Einen längeren Text auswerten.',
  'Score chats with answers.': 'Chats mit Antworten auswerten.',
  'Score the file that it was made of: hyena eval RUN --file PATH.':
    'Die Datei auswerten, aus der er entstand: hyena eval RUN --file PATH.',
  'Set HYENA_HOME to a folder that you may write to.': 'HYENA_HOME auf einen beschreibbaren Ordner setzen.',
  "Several documents are called '{0}'.": "Mehrere Dokumente heißen '{0}'.",
  'Shorten the message, or use a shorter part of the document.':
    'Die Nachricht kürzen oder einen kürzeren Teil des Dokuments verwenden.',
  'Shorten the message.': 'Die Nachricht kürzen.',
  'Start a run with a lower learning rate, a longer warmup or a lower grad_clip.':
    'Einen Lauf mit niedrigerer Lernrate, längerem Anlauf oder kleinerem grad_clip beginnen.',
  'Stop it first.': 'Zuerst anhalten.',
  'Stop it there first.': 'Zuerst dort anhalten.',
  'Stop it there first. If no such process exists, delete {0}.':
    'Zuerst dort anhalten. Gibt es diesen Prozess nicht: {0} löschen.',
  'Stop the run first.': 'Den Lauf zuerst anhalten.',
  'Stopped before it started.': 'Angehalten, bevor es begann.',
  'The benchmark was cancelled.': 'Die Messung wurde abgebrochen.',
  'The budget is {0} tokens and the data set has {1}: the run reads it {2} times and learns it by heart. Add data, train for fewer steps, or set early_stopping_patience.':
    'Das Budget sind {0} Token, und der Datensatz hat {1}: Der Lauf liest ihn {2}-mal und lernt ihn auswendig. Daten hinzufügen, weniger Schritte trainieren oder early_stopping_patience setzen.',
  'The chat is unchanged.': 'Der Chat ist unverändert.',
  'The checkpoint of step {0}: {1}': 'Die Sicherung von Schritt {0} ist da: {1}',
  'The client is gone.': 'Der Client ist nicht mehr da.',
  'The compute process could not be started: {0}': 'Der Rechenprozess ließ sich nicht starten: {0}',
  'The compute process crashed ({0}).': 'Der Rechenprozess ist abgestürzt ({0}).',
  'The compute process ended without an answer (exit code {0}).':
    'Der Rechenprozess endete ohne Antwort (Exit-Code {0}).',
  'The compute process ended without an answer ({0}).': 'Der Rechenprozess endete ohne Antwort ({0}).',
  'The compute process gave no sign of life any more and was ended.':
    'Der Rechenprozess gab kein Lebenszeichen mehr und wurde beendet.',
  'The compute process ran out of memory.': 'Dem Rechenprozess ging der Speicher aus.',
  'The compute process told something malformed: {0}': 'Der Rechenprozess hat etwas Unverständliches gemeldet: {0}',
  'The compute process was ended ({0}) before it had begun.':
    'Der Rechenprozess wurde beendet ({0}), bevor er begonnen hatte.',
  'The compute process was killed from outside, as systems do when memory runs out.':
    'Der Rechenprozess wurde von außen beendet, wie es Systeme tun, wenn der Speicher ausgeht.',
  'The compute process was terminated on request.': 'Der Rechenprozess wurde auf Wunsch beendet.',
  'The config.json of the model is not JSON.': 'Die config.json des Modells ist kein JSON.',
  'The configuration {0} cannot be read: {1}': 'Die Konfiguration {0} ist nicht lesbar: {1}',
  'The configuration: {0}.': 'Die Konfiguration: {0}.',
  'The connection to Hyena Studio was lost.': 'Die Verbindung zu Hyena Studio ist abgebrochen.',
  "The context of '{0}' is {1} tokens already.": "Der Kontext von '{0}' umfasst schon {1} Token.",
  'The damaged checkpoint was kept as {0}; delete it when you do not need it.':
    'Die beschädigte Sicherung wurde als {0} behalten; sie kann gelöscht werden, wenn sie nicht gebraucht wird.',
  "The data set '{0}' has another tokenizer than the run '{1}'.":
    "Der Datensatz '{0}' hat einen anderen Tokenizer als der Lauf '{1}'.",
  "The data set '{0}' is not the one that the run '{1}' was begun with.":
    "Der Datensatz '{0}' ist nicht der, mit dem der Lauf '{1}' begonnen wurde.",
  "The data set '{0}' is not the one that the run '{1}' was trained on.":
    "Der Datensatz '{0}' ist nicht der, mit dem der Lauf '{1}' trainiert wurde.",
  "The data set '{0}' was made with another tokenizer than this model.":
    "Der Datensatz '{0}' entstand mit einem anderen Tokenizer als dem dieses Modells.",
  'The data set has no validation text: nothing is evaluated.':
    'Der Datensatz hat keinen Text zur Validierung: Es wird nichts ausgewertet.',
  'The device or its driver may hang.': 'Vielleicht hängt das Gerät oder sein Treiber.',
  'The disk is full: {0}': 'Der Datenträger ist voll: {0}',
  'The document.': 'Das Dokument ist unversehrt.',
  'The existing run is unchanged.': 'Der vorhandene Lauf ist unverändert.',
  'The first one was kept.': 'Die erste Datei wurde behalten.',
  'The job was asked to stop.': 'Die Aufgabe wurde auf Wunsch angehalten.',
  'The last entry was cut off in the middle and is left out.':
    'Der letzte Eintrag bricht mittendrin ab und wird ausgelassen.',
  'The library and its runs are not affected.': 'Die Bibliothek und ihre Läufe sind davon nicht betroffen.',
  'The library cannot be kept in {0}: {1}': 'Die Bibliothek kann nicht in {0} liegen: {1}',
  'The library stays where it is.': 'Die Bibliothek bleibt, wo sie ist.',
  'The lock could not be taken over.': 'Die Sperre konnte nicht übernommen werden.',
  'The model was closed.': 'Das Modell wurde geschlossen.',
  'The name of an uploaded file is too long.': 'Der Name einer hochgeladenen Datei ist zu lang.',
  'The name of an uploaded file leads elsewhere.': 'Der Name einer hochgeladenen Datei führt anderswohin.',
  'The other one goes on.': 'Die andere läuft weiter.',
  'The places of the document': 'Das Stellenverzeichnis des Dokuments',
  'The program is being closed.': 'Das Programm wird gerade geschlossen.',
  'The prompt cannot be read: {0}': 'Der Prompt ist nicht lesbar: {0}',
  'The queue could not be saved: {0}': 'Die Warteschlange ließ sich nicht speichern: {0}',
  'The queue is kept in memory and is lost when the program ends.':
    'Die Warteschlange bleibt nur im Arbeitsspeicher und geht mit dem Ende des Programms verloren.',
  'The record': 'Der Eintrag',
  'The record in the trash': 'Der Eintrag im Papierkorb',
  'The record of the data set': 'Der Eintrag des Datensatzes',
  'The record of the run': 'Der Eintrag des Laufs',
  'The request could not be served.': 'Die Anfrage ließ sich nicht bedienen.',
  'The request {0} is malformed: {1}.': 'Die Anfrage {0} ist fehlerhaft: {1}.',
  "The run '{0}' has been trained already.": "Der Lauf '{0}' wurde schon trainiert.",
  "The run '{0}' has no checkpoint yet: there is nothing to start from.":
    "Der Lauf '{0}' hat noch keine Sicherung: Es gibt nichts, womit begonnen werden könnte.",
  'The run ended within its warmup: the learning rate never reached {0}. Set warmup_steps to fewer steps, or train for longer.':
    'Der Lauf endete noch im Anlauf: Die Lernrate hat {0} nie erreicht. warmup_steps verringern oder länger trainieren.',
  'The run goes on from its checkpoint of step {0}.': 'Der Lauf geht von seiner Sicherung von Schritt {0} weiter.',
  'The run goes on from its start, for there was no checkpoint yet.':
    'Der Lauf beginnt noch einmal von vorn, denn es gab noch keine Sicherung.',
  'The run {0} is being trained by process {1} on {2}.': 'Der Lauf {0} wird gerade von Prozess {1} auf {2} trainiert.',
  'The run {0} is being trained on {1}.': 'Der Lauf {0} trainiert gerade mit dem Datensatz {1}.',
  'The same command goes on.': 'Derselbe Befehl macht dort weiter.',
  'The state of the run': 'Der Stand des Laufs',
  'The system does not allow writing to {0}.': 'Das System erlaubt nicht, nach {0} zu schreiben.',
  "The text of the document '{0}' is not what was imported.":
    "Der Text des Dokuments '{0}' ist nicht mehr der, der eingelesen wurde.",
  'The token cannot be used.': 'Das Token ist nicht verwendbar.',
  'The token file cannot be read: {0}': 'Die Token-Datei ist nicht lesbar: {0}',
  'The upload was interrupted.': 'Das Hochladen wurde unterbrochen.',
  'The upload was refused ({0}).': 'Das Hochladen wurde abgewiesen ({0}).',
  'The warmup takes {0} of the {1} steps of the run. Set warmup_steps to {2} at most, or train for more steps.':
    'Der Anlauf dauert {0} der {1} Schritte des Laufs. warmup_steps auf höchstens {2} setzen oder mehr Schritte trainieren.',
  'The warmup takes {0} steps and the whole run {1}: it ends at {2} of the learning rate of {3}. Set warmup_steps to {4} at most, or train for more steps.':
    'Der Anlauf dauert {0} Schritte und der ganze Lauf {1}: Er endet bei {2} der Lernrate von {3}. warmup_steps auf höchstens {4} setzen oder mehr Schritte trainieren.',
  'The weights are those of the run {0} after step {1}.': 'Die Gewichte sind die des Laufs {0} nach Schritt {1}.',
  'The window connects again by itself.': 'Das Fenster verbindet sich von selbst wieder.',
  'The {0} of the convolution is wrong: {1} instead of {2} at element {3}.':
    'Bei der Faltung stimmt {0} nicht: {1} statt {2} bei Element {3}.',
  'There is a task {0} already.': 'Die Aufgabe {0} gibt es schon.',
  "There is already a run named '{0}'.": "Einen Lauf namens '{0}' gibt es schon.",
  "There is neither a file nor a document '{0}'.": "Es gibt weder eine Datei noch ein Dokument '{0}'.",
  'There is no key {0} in {1}.': 'Es gibt keinen Schlüssel {0} in {1}.',
  'There is no key {0}.': 'Es gibt keinen Schlüssel {0}.',
  'There is no preset {0}.': 'Es gibt keinen Ausgangspunkt {0}.',
  'There is no prompt.': 'Es fehlt ein Prompt.',
  "There is no request '{0}'.": "Es gibt keine Anfrage '{0}'.",
  "There is no run named '{0}' in {1}.": "In {1} gibt es keinen Lauf namens '{0}'.",
  "There is no stream '{0}'.": "Es gibt keinen Datenstrom '{0}'.",
  'There is no such chat any more.': 'Diesen Chat gibt es nicht mehr.',
  'There is no such message in this chat any more.': 'Diese Nachricht gibt es in diesem Chat nicht mehr.',
  'There is no such thing in the trash.': 'So etwas liegt nicht im Papierkorb.',
  'There is no trained model yet.': 'Es gibt noch kein trainiertes Modell.',
  'There is none yet. Add files: hyena data add PATH --name {0}':
    'Es gibt noch keinen. Dateien hinzufügen: hyena data add PATH --name {0}',
  'There is none yet: hyena train makes one.': 'Es gibt noch keinen: hyena train legt einen an.',
  'There is nothing of the document at that place.': 'An dieser Stelle steht nichts vom Dokument.',
  'There was no checkpoint yet.': 'Es gab noch keine Sicherung.',
  'These files were chosen before the program was started anew.':
    'Diese Dateien wurden gewählt, bevor das Programm neu gestartet wurde.',
  'This data is small: its answers have {0} tokens. The model will repeat them rather than learn to answer.':
    'Diese Daten sind knapp: Ihre Antworten haben {0} Token. Das Modell wird sie eher wiederholen als antworten lernen.',
  'This device computes wrongly: use another one, and report this.':
    'Dieses Gerät rechnet falsch: ein anderes verwenden und den Fehler melden.',
  'This drop already has a file or folder of that name.':
    'Unter den abgelegten Dateien gibt es schon eine Datei oder einen Ordner dieses Namens.',
  'This drop has no file of that name.': 'Unter den abgelegten Dateien ist keine dieses Namens.',
  'This message does not fit: the model looks back at {0} tokens.':
    'Diese Nachricht passt nicht: Das Modell blickt auf {0} Token zurück.',
  'Train a model first.': 'Zuerst ein Modell trainieren.',
  'Train a new run on it.': 'Damit einen neuen Lauf trainieren.',
  'Train it first: hyena resume {0}': 'Zuerst trainieren: hyena resume {0}',
  'Train on chats with more or longer answers, or with a longer sequence_length.':
    'Mit Chats trainieren, die mehr oder längere Antworten haben, oder mit größerer sequence_length.',
  'Try again; if no other program uses the library, delete that file.':
    'Noch einmal versuchen; wenn kein anderes Programm die Bibliothek benutzt, diese Datei löschen.',
  'Unset it, then choose here.': 'Diese Variable entfernen, dann lässt sich hier wählen.',
  'Use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Einen kleineren Batch, eine kürzere Sequenzlänge oder die Neuberechnung (gradient_checkpointing) verwenden.',
  'Use another, or 0 for any.': 'Einen anderen verwenden oder 0 für irgendeinen freien.',
  'Wait for its answer, or stop it.': 'Seine Antwort abwarten oder sie anhalten.',
  'Wait for some of them to finish, or cancel them.': 'Warten, bis einige davon fertig sind, oder sie abbrechen.',
  'What was deleted is no longer in the trash.': 'Was gelöscht wurde, liegt nicht mehr im Papierkorb.',
  'What was fetched; the device was not made available.':
    'Was schon geladen ist, bleibt; das Gerät wurde nicht verfügbar gemacht.',
  'Write for example --set d_model=128.': 'Richtig ist zum Beispiel --set d_model=128.',
  'Your message and the answer as far as it was written were kept.':
    'Die Nachricht und die Antwort, soweit sie geschrieben war, wurden behalten.',
  'Your message was kept.': 'Die Nachricht wurde behalten.',
  'a number': 'eine Zahl',
  'a whole number': 'eine ganze Zahl',
  'above {0}': 'über {0}',
  batches: 'Batches',
  'below {0}': 'unter {0}',
  channels: 'Kanäle',
  epochs: 'Epochen',
  evaluations: 'Auswertungen',
  'from {0}': 'ab {0}',
  'hyena runs list shows the runs there are.': 'hyena runs list zeigt, welche Läufe es gibt.',
  'hyena train --help lists every key with its bounds.':
    'hyena train --help führt alle Schlüssel mit ihren Grenzen auf.',
  'letters, digits, dots, hyphens and underscores': 'Buchstaben, Ziffern, Punkte, Bindestriche und Unterstriche',
  'letters, digits, dots, hyphens, underscores and spaces':
    'Buchstaben, Ziffern, Punkte, Bindestriche, Unterstriche und Leerzeichen',
  'may have {0}; {1} is none of them': 'darf {0} enthalten; {1} gehört nicht dazu',
  minutes: 'Minuten',
  'must be odd: one time feature and pairs of sine and cosine':
    'muss ungerade sein: ein Zeitmerkmal und Paare aus Sinus und Kosinus',
  'must have at least one letter or digit': 'muss mindestens einen Buchstaben oder eine Ziffer haben',
  'must have at most {0} bytes as UTF-8; this one has {1}': 'darf als UTF-8 höchstens {0} Byte haben; dieser hat {1}',
  'must have at most {0} characters; this one has {1}': 'darf höchstens {0} Zeichen haben; dieser hat {1}',
  'must not be one that Windows reserves for itself, such as {0}':
    'darf keiner sein, den Windows sich vorbehält, wie {0}',
  'must not end with a dot, a space or a joiner':
    'darf nicht mit einem Punkt, einem Leerzeichen oder einem Verbindungszeichen enden',
  'must start with a letter or digit': 'muss mit einem Buchstaben oder einer Ziffer beginnen',
  nats: 'Nats',
  sequences: 'Sequenzen',
  steps: 'Schritte',
  text: 'Text',
  'the gradient norm is infinite': 'die Gradientennorm ist unendlich',
  'the gradient norm is not a number': 'die Gradientennorm ist keine Zahl',
  'the loss is infinite': 'der Verlust ist unendlich',
  'the loss is not a number': 'der Verlust ist keine Zahl',
  'the loss jumped to {0}, {1} times its average of {2}':
    'der Verlust sprang auf {0}, das {1}-Fache seines Mittels von {2}',
  'to {0}': 'bis {0}',
  tokens: 'Token',
  'training.sequence_length ({0}) is longer than model.l_max ({1}), the longest sequence the filters are defined for.':
    'training.sequence_length ({0}) ist länger als model.l_max ({1}), die längste Sequenz, für die die Filter definiert sind.',
  'training.sequence_length_start ({0}) is longer than {1}, the full length.':
    'training.sequence_length_start ({0}) ist länger als {1}, die volle Länge.',
  'up to {0}': 'bis {0}',
  "vocab_size is {0}, but the tokenizer of '{1}' has {2} tokens.":
    "vocab_size ist {0}, der Tokenizer von '{1}' hat aber {2} Token.",
  windows: 'Fenster',
  '{0} batches in a row held no learned token.': '{0} Batches in Folge enthielten kein Token, das gelernt wird.',
  "{0} cannot be moved to the system's trash: {1}": '{0} lässt sich nicht in den Papierkorb des Systems legen: {1}',
  '{0} cannot be shown: {1}': '{0} lässt sich nicht anzeigen: {1}',
  '{0} does not hold an object.': '{0} enthält kein Objekt.',
  '{0} holds {1} tokens: there is nothing to predict.': '{0} enthält {1} Token: Es gibt nichts vorherzusagen.',
  '{0} in {1} is not an object.': '{0} in {1} ist kein Objekt.',
  '{0} is a file that is not in the library yet.': '{0} ist eine Datei, die noch nicht in der Bibliothek ist.',
  '{0} is being trained, so it cannot be deleted.': '{0} trainiert gerade und lässt sich deshalb nicht löschen.',
  '{0} is being trained, so it cannot be renamed.': '{0} trainiert gerade und lässt sich deshalb nicht umbenennen.',
  '{0} is gone: the folder of the run was removed or moved while it trained.':
    '{0} ist nicht mehr da: Der Ordner des Laufs wurde während des Trainings gelöscht oder verschoben.',
  "{0} is in the system's trash by now.": '{0} liegt inzwischen im Papierkorb des Systems.',
  '{0} is missing: it takes {1}.': '{0} fehlt; erwartet wird {1}.',
  '{0} is no whole path.': '{0} ist kein vollständiger Pfad.',
  '{0} is not JSON: {1}': '{0} ist kein JSON: {1}',
  '{0} is not a whole model: {1} not found.': '{0} ist kein vollständiges Modell; es fehlt: {1}.',
  '{0} is not being trained here.': '{0} wird hier nicht trainiert.',
  '{0} is not the folder of a run or of a model.': '{0} ist nicht der Ordner eines Laufs oder eines Modells.',
  '{0} jobs are waiting already.': 'Es warten schon {0} Aufgaben.',
  '{0} more requests were refused.': 'Weitere abgewiesene Anfragen: {0}.',
  '{0} must be {1}; {2} was given.': '{0} muss {1} sein; angegeben wurde {2}.',
  '{0} or {1}': '{0} oder {1}',
  '{0} requests of this window are not answered yet.': '{0} Anfragen dieses Fensters sind noch nicht beantwortet.',
  '{0} {1} is not JSON.': '{0} {1} ist kein JSON.',
  '{0} {1} is not as expected: {2}': '{0} {1} ist nicht wie erwartet: {2}',
  '{0} {1}; it takes {2}; {3} was given.': '{0} {1}; erwartet wird {2}; angegeben wurde {3}.',
  '{0}, or none': '{0} oder leer',
  '{0}; the batch is left out': '{0}; der Batch wird ausgelassen',
};

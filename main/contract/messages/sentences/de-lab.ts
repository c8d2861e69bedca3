import type { Catalogue } from '../language.ts';

/** What the laboratory reports, by its English: see main/contract/message.ts. */
export const deLab: Catalogue = {
  "Recipe '{0}' not found.": "Rezept '{0}' nicht gefunden.",
  'Recipes: {0}.': 'Rezepte: {0}.',
  'The recipe {0} needs a file: {1}.': 'Das Rezept {0} braucht eine Datei: {1}.',
  'It is at {0}.': 'Sie liegt unter {0}.',
  'Remove it, or choose another seed.': 'Ihn entfernen oder einen anderen Seed wählen.',
  "Run '{0}' exists, and does not belong to the recipe {1}.":
    "Der Lauf '{0}' existiert und gehört nicht zum Rezept {1}.",
  'Cannot read the recipe {0}: {1}': 'Das Rezept {0} kann nicht gelesen werden: {1}',
  'Compare it with a recipe that comes with the program.': 'Sie mit einem mitgelieferten Rezept vergleichen.',
  '{0} is not a recipe: {1}: {2}': '{0} ist kein Rezept: {1}: {2}',
  'Remove the data set first.': 'Zuerst den Datensatz entfernen.',
  "Data set '{0}' exists, and is not the one of the recipe {1}.":
    "Der Datensatz '{0}' existiert und ist nicht der des Rezepts {1}.",
  'The task {0} has no setting {1}.': 'Die Aufgabe {0} hat keine Einstellung {1}.',
  'Its settings are {0}.': 'Ihre Einstellungen sind {0}.',
  'Example: length=128.': 'Beispiel: length=128.',
  'Use bytes, characters, gpt2, bpe:SIZE, or the path to a tokenizer.json.':
    'bytes, characters, gpt2, bpe:GRÖSSE oder den Pfad einer tokenizer.json angeben.',
  'The recipe {0} has no contestant {1}.': 'Das Rezept {0} hat keinen Teilnehmer {1}.',
  'Its contestants are {0}.': 'Seine Teilnehmer sind {0}.',
  "The rows of '{0}' have {1} tokens, but sequences of {2} were requested.":
    "Die Zeilen von '{0}' haben {1} Token, angefordert sind Sequenzen von {2}.",
  'Set sequence_length to {0}, without a sequence length warmup.':
    'sequence_length auf {0} setzen, ohne Aufwärmen der Sequenzlänge.',
  '{0} is {1}, but these settings allow {2} at most.': '{0} ist {1}, diese Einstellungen erlauben aber höchstens {2}.',
  '{0} is {1}, but must be even.': '{0} ist {1}, muss aber gerade sein.',
  'Choose fewer or shorter rows.': 'Weniger oder kürzere Zeilen wählen.',
  '{0} rows of {1} tokens exceed {2} tokens.': '{0} Zeilen von {1} Token überschreiten {2} Token.',
  'Choose fewer rows, or longer ones.': 'Weniger oder längere Zeilen wählen.',
  'These settings have no more than about {0} different rows.':
    'Mit diesen Einstellungen gibt es nur etwa {0} verschiedene Zeilen.',
  'Choose another tokenizer, such as bytes.': 'Einen anderen Tokenizer wählen, etwa bytes.',
  'The text has {0} different characters.': 'Der Text hat {0} verschiedene Zeichen.',
  'The evaluation {0} needs a file: {1}.': 'Die Auswertung {0} braucht eine Datei: {1}.',
  '{0}, line {1}: not JSON.': '{0}, Zeile {1}: kein JSON.',
  'Files without labels cannot be scored; use the validation file.':
    'Dateien ohne Lösungen können nicht bewertet werden; die Validierungsdatei nehmen.',
  '{0}, line {1}: {2}: {3}.': '{0}, Zeile {1}: {2}: {3}.',
  '{0}, line {1}: the right answer is not a choice.': '{0}, Zeile {1}: Die richtige Antwort ist keine Auswahl.',
  '{0} has no questions.': '{0} hat keine Fragen.',
  '{0}, line {1}: no text in it.': '{0}, Zeile {1}: kein Text darin.',
  '{0}, line {1}: a single word.': '{0}, Zeile {1}: ein einzelnes Wort.',
  '{0} has no passages.': '{0} hat keine Textstellen.',
  'Choose fewer shots.': 'Weniger Beispiele wählen.',
  '{0} has {1} questions, too few for {2} solved ones.': '{0} hat {1} Fragen, zu wenige für {2} gelöste.',
  "{0}: '{1}' is neither a range nor a list of values.": "{0}: '{1}' ist weder ein Bereich noch eine Liste von Werten.",
  'Examples: 1e-4..1e-2, 1e-4..1e-2/5, or 64,128,256.': 'Beispiele: 1e-4..1e-2, 1e-4..1e-2/5 oder 64,128,256.',
  'A sweep cannot change {0}.': 'Ein Sweep kann {0} nicht ändern.',
  'The sweep names {0} twice.': 'Der Sweep nennt {0} zweimal.',
  'A sweep has at most {0} runs; these are {1}.': 'Ein Sweep hat höchstens {0} Läufe; dies sind {1}.',
  'Successive halving needs a budget in steps, tokens or epochs.':
    'Successive Halving braucht ein Budget in Schritten, Token oder Epochen.',
  'Set max_steps, max_tokens or max_epochs.': 'max_steps, max_tokens oder max_epochs setzen.',
  "Experiment '{0}' not found.": "Experiment '{0}' nicht gefunden.",
  "An experiment named '{0}' already exists.": "Es gibt bereits ein Experiment namens '{0}'.",
  'The experiment': 'Das Experiment',
  'Draw some of them at random, or give fewer values.': 'Einige davon zufällig ziehen oder weniger Werte angeben.',
};

import type { Catalogue } from '../language.ts';

/** What the laboratory reports, by its English: see main/contract/message.ts. */
export const itLab: Catalogue = {
  "Recipe '{0}' not found.": "Ricetta '{0}' non trovata.",
  'Recipes: {0}.': 'Ricette: {0}.',
  'The recipe {0} needs a file: {1}.': 'La ricetta {0} richiede un file: {1}.',
  'It is at {0}.': 'Si trova in {0}.',
  'Remove it, or choose another seed.': 'Rimuovila o scegli un altro seed.',
  "Run '{0}' exists, and does not belong to the recipe {1}.":
    "L'esecuzione '{0}' esiste e non appartiene alla ricetta {1}.",
  'Cannot read the recipe {0}: {1}': 'Impossibile leggere la ricetta {0}: {1}',
  'Compare it with a recipe that comes with the program.': 'Confrontalo con una ricetta inclusa nel programma.',
  '{0} is not a recipe: {1}: {2}': '{0} non è una ricetta: {1}: {2}',
  'Remove the data set first.': 'Rimuovi prima il dataset.',
  "Data set '{0}' exists, and is not the one of the recipe {1}.":
    "Il dataset '{0}' esiste e non è quello della ricetta {1}.",
  'The task {0} has no setting {1}.': "L'attività {0} non ha l'impostazione {1}.",
  'Its settings are {0}.': 'Le sue impostazioni sono {0}.',
  'Example: length=128.': 'Esempio: length=128.',
  'Use bytes, characters, gpt2, bpe:SIZE, or the path to a tokenizer.json.':
    'Usa bytes, characters, gpt2, bpe:DIMENSIONE o il percorso di un tokenizer.json.',
  'The recipe {0} has no contestant {1}.': 'La ricetta {0} non ha il concorrente {1}.',
  'Its contestants are {0}.': 'I suoi concorrenti sono {0}.',
  "The rows of '{0}' have {1} tokens, but sequences of {2} were requested.":
    "Le righe di '{0}' hanno {1} token, ma sono richieste sequenze di {2}.",
  'Set sequence_length to {0}, without a sequence length warmup.':
    'Imposta sequence_length a {0}, senza warmup della lunghezza.',
  '{0} is {1}, but these settings allow {2} at most.': '{0} è {1}, ma queste impostazioni consentono al massimo {2}.',
  '{0} is {1}, but must be even.': '{0} è {1}, ma deve essere pari.',
  'Choose fewer or shorter rows.': 'Scegli meno righe o righe più corte.',
  '{0} rows of {1} tokens exceed {2} tokens.': '{0} righe di {1} token superano {2} token.',
  'Choose fewer rows, or longer ones.': 'Scegli meno righe o righe più lunghe.',
  'These settings have no more than about {0} different rows.':
    'Con queste impostazioni ci sono solo circa {0} righe diverse.',
  'Choose another tokenizer, such as bytes.': 'Scegli un altro tokenizer, per esempio bytes.',
  'The text has {0} different characters.': 'Il testo ha {0} caratteri diversi.',
  'The evaluation {0} needs a file: {1}.': 'La valutazione {0} richiede un file: {1}.',
  '{0}, line {1}: not JSON.': '{0}, riga {1}: non è JSON.',
  'Files without labels cannot be scored; use the validation file.':
    'I file senza etichette non si possono valutare; usa il file di validazione.',
  '{0}, line {1}: {2}: {3}.': '{0}, riga {1}: {2}: {3}.',
  '{0}, line {1}: the right answer is not a choice.': '{0}, riga {1}: la risposta esatta non è fra le opzioni.',
  '{0} has no questions.': '{0} non ha domande.',
  'Name the run to evaluate.': 'Indica l’esecuzione da valutare.',
  '{0} is not JSON.': '{0} non è JSON.',
  'The file must have the form of SQuAD: data, paragraphs, qas, answers.':
    'Il file deve avere la forma di SQuAD: data, paragraphs, qas, answers.',
  '{0} has no questions with answers in their texts.': '{0} non ha domande con risposte nei loro testi.',
  '{0}, line {1}: no text in it.': '{0}, riga {1}: nessun testo.',
  '{0}, line {1}: a single word.': '{0}, riga {1}: una sola parola.',
  '{0} has no passages.': '{0} non ha brani.',
  'Choose fewer shots.': 'Scegli meno esempi.',
  '{0} has {1} questions, too few for {2} solved ones.': '{0} ha {1} domande, troppo poche per {2} risolte.',
  "{0}: '{1}' is neither a range nor a list of values.": "{0}: '{1}' non è né un intervallo né un elenco di valori.",
  'Examples: 1e-4..1e-2, 1e-4..1e-2/5, or 64,128,256.': 'Esempi: 1e-4..1e-2, 1e-4..1e-2/5 oppure 64,128,256.',
  'A sweep cannot change {0}.': 'Uno sweep non può modificare {0}.',
  'The sweep names {0} twice.': 'Lo sweep nomina {0} due volte.',
  'A sweep has at most {0} runs; these are {1}.': 'Uno sweep ha al massimo {0} esecuzioni; queste sono {1}.',
  'dataset is missing.': 'dataset mancante.',
  'Choose a data set.': 'Scegliere un dataset.',
  '{0} is in the race twice.': '{0} è due volte nella gara.',
  '{0} needs more memory than this computer has.': '{0} richiede più memoria di quella del computer.',
  'Leave it out, or use smaller models or batches.': 'Toglierlo, o usare modelli o batch più piccoli.',
  "'{0}' is not a positive number.": "'{0}' non è un numero positivo.",
  'Example: 1e15.': 'Esempio: 1e15.',
  'A race needs one budget: --steps, --tokens, --flops or --minutes.':
    'Una gara richiede un budget: --steps, --tokens, --flops o --minutes.',
  'A race needs at least two contestants.': 'Una gara richiede almeno due partecipanti.',
  'A batch had no tokens that count in the loss.': 'Un batch non aveva token che contano nella perdita.',
  'Use a larger batch_size.': 'Usare una batch_size maggiore.',
  'The first learning rate must be below the last one.':
    'Il primo tasso di apprendimento deve essere inferiore all’ultimo.',
  'A run is training. Two trainings would slow each other down.':
    'Un’esecuzione è in addestramento. Due addestramenti si rallenterebbero a vicenda.',
  'None of its runs exists yet.': 'Nessuna delle sue esecuzioni esiste ancora.',
  'Train it first.': 'Addestrarlo prima.',
  '{0} does not end with .html, .csv or .json.': '{0} non termina con .html, .csv o .json.',
  'Choose another name.': 'Scegliere un altro nome.',
  'Example: 1e-4.': 'Esempio: 1e-4.',
  'Successive halving needs a budget in steps, tokens or epochs.':
    'Il dimezzamento successivo richiede un budget in passi, token o epoche.',
  'Set max_steps, max_tokens or max_epochs.': 'Impostare max_steps, max_tokens o max_epochs.',
  "Experiment '{0}' not found.": "Esperimento '{0}' non trovato.",
  "An experiment named '{0}' already exists.": "Esiste già un esperimento di nome '{0}'.",
  'The experiment': "L'esperimento",
  'Draw some of them at random, or give fewer values.': 'Estrarne alcune a caso o indicare meno valori.',
};

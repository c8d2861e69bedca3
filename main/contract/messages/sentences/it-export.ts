import type { Catalogue } from '../language.ts';

/** What exports and the device torch tell, by its English: see main/contract/message.ts. */
export const itExport: Catalogue = {
  'Choose the folder of a run that was exported for torchrun.':
    'Scegli la cartella di un addestramento esportato per torchrun.',
  '{0} is not the folder of an exported run: {1} not found.':
    '{0} non è la cartella di un addestramento esportato: manca {1}.',
  'The plan of the run': "Il piano dell'addestramento",
  '{0} has no checkpoint.': '{0} non ha alcun checkpoint.',
  "Run '{0}' was trained here after it had left.": "L'addestramento '{0}' è proseguito qui dopo l'esportazione.",
  "Another run is named '{0}'.": "Un altro addestramento si chiama '{0}'.",
  'The export was stopped.': 'L’esportazione è stata interrotta.',
  'Choose a new or an empty folder.': 'Scegli una cartella nuova o vuota.',
  'The folder {0} is not empty.': 'La cartella {0} non è vuota.',
  '{0} is not valid JSON.': '{0} non è JSON valido.',
  'its layers mix with {0}': 'i suoi strati mescolano con {0}',
  'its norm is {0}': 'la sua norma è {0}',
  'its MLP is {0}': 'il suo MLP è {0}',
  'its projections have no biases': 'le sue proiezioni non hanno bias',
  'its positions are {0}': 'le sue posizioni sono {0}',
  'its head has its own weights': 'la sua testa ha pesi propri',
  'its logits are scaled by {0}': 'i suoi logit sono scalati di {0}',
  'its filter network is {0}': 'la sua rete dei filtri è {0}',
  'the time of its filters runs over {0} positions': 'il tempo dei suoi filtri scorre su {0} posizioni',
  'Export it for Hugging Face.': 'Esportalo per Hugging Face.',
  "Run '{0}' is not plain Hyena: {1}.": "L'addestramento '{0}' non è Hyena puro: {1}.",
  'Start its training here; it can leave after its first checkpoint.':
    "Inizia qui l'addestramento; potrà essere esportato dopo il primo checkpoint.",
  "Run '{0}' starts from the weights of another run.":
    "L'addestramento '{0}' parte dai pesi di un altro addestramento.",
  'PyTorch {0} ({1}), {2}, {3}': 'PyTorch {0} ({1}), {2}, {3}',
  'no GPU for PyTorch found': 'nessuna GPU per PyTorch trovata',
  'no Python with PyTorch: {0}': 'nessun Python con PyTorch: {0}',
  'Install PyTorch (pip install torch numpy), or name a Python that has it in the settings or in the environment variable HYENA_PYTHON.':
    "Installa PyTorch (pip install torch numpy) o indica nelle impostazioni o nella variabile d'ambiente HYENA_PYTHON un Python che lo abbia.",
  'Resume the run, on another device if it happens again.':
    "Riprendi l'addestramento; se succede di nuovo, su un altro dispositivo.",
  'PyTorch ended early ({0}).{1}': 'PyTorch è terminato in anticipo ({0}).{1}',
  'PyTorch ran out of memory: {0}': 'PyTorch ha esaurito la memoria: {0}',
  'PyTorch failed: {0}': 'PyTorch non è riuscito: {0}',
  '{0} is not a working Python': '{0} non è un Python funzionante',
  'no Python found': 'nessun Python trovato',
  '{0} has no PyTorch': '{0} non ha PyTorch',
  'Both are unchanged.': 'Entrambi sono rimasti invariati.',
  'Bring it back under another name.': 'Riportalo con un altro nome.',
  "Run '{0}' has no adapters: all its weights were trained.":
    "L'esecuzione '{0}' non ha adattatori: sono stati addestrati tutti i suoi pesi.",
  'Merge its adapters into a new run, and train that one elsewhere.':
    'Unisci i suoi adattatori in una nuova esecuzione e addestra quella altrove.',
  "Run '{0}' trains adapters, which the exported program does not.":
    "L'esecuzione '{0}' addestra adattatori, cosa che il programma esportato non fa.",
  '{0} does not say the rank and alpha of its adapters.': '{0} non indica rango e alfa dei suoi adattatori.',
  'Adapters are trained for the weights of a run, but none is chosen.':
    "Gli adattatori si addestrano per i pesi di un'esecuzione, ma non ne è stata scelta nessuna.",
  'Choose a run to start from, or leave the adapter rank blank.':
    "Scegli un'esecuzione di partenza o lascia vuoto il rango degli adattatori.",
  'Use another device, or train all weights.': 'Usa un altro dispositivo o addestra tutti i pesi.',
  "Device '{0}' cannot train adapters.": "Il dispositivo '{0}' non può addestrare adattatori.",
  'Adapters of rank {0} are trained: {1} of {2} parameters.':
    'Si addestrano adattatori di rango {0}: {1} di {2} parametri.',
  "Device '{0}' cannot train on the rows of a task.":
    "Il dispositivo '{0}' non può addestrare sulle righe di un compito.",
  "Run '{0}' trains on the rows of a task, which the exported program does not.":
    "L'esecuzione '{0}' si addestra sulle righe di un compito, cosa che il programma esportato non fa.",
  'Use another device.': 'Usa un altro dispositivo.',
};

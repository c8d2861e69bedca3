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
  'Choose a new or an empty folder.': 'Scegli una cartella nuova o vuota.',
  'The folder {0} is not empty.': 'La cartella {0} non è vuota.',
  '{0} is not valid JSON.': '{0} non è JSON valido.',
  'its layers mix with {0}': 'i suoi strati mescolano con {0}',
  'its norm is {0}': 'la sua norma è {0}',
  'its MLP is {0}': 'il suo MLP è {0}',
  'its projections have no biases': 'le sue proiezioni non hanno bias',
  'its positions are {0}': 'le sue posizioni sono {0}',
  'its head has its own weights': 'la sua testa ha pesi propri',
  'Export it for Hugging Face.': 'Esportalo per Hugging Face.',
  "Run '{0}' is not plain Hyena: {1}.": "L'addestramento '{0}' non è Hyena puro: {1}.",
  'Start its training here; it can leave after its first checkpoint.':
    "Inizia qui l'addestramento; potrà essere esportato dopo il primo checkpoint.",
  "Run '{0}' starts from the weights of another run.":
    "L'addestramento '{0}' parte dai pesi di un altro addestramento.",
  'PyTorch {0} ({1}), {2}, {3}': 'PyTorch {0} ({1}), {2}, {3}',
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
};

import type { RunsMessages } from './runs-en.ts';

/** What the window says of the end of a run, of its checkpoints and of groups of runs, in Italian. */
export const runs: RunsMessages = {
  'result.title': 'Risultato',
  'result.reason.budget': 'Terminata: il budget è esaurito',
  'result.reason.early-stopping': 'Terminata in anticipo: la perdita di validazione non migliorava più',
  'result.reason.solved': "Terminata: raggiunta l'accuratezza richiesta",
  'result.tokens': '{n} token',
  'result.best': 'Migliore perdita di validazione',
  'result.full': 'Perdita di validazione completa',
  'result.full.help': "Sull'intera parte di validazione, alla fine dell'esecuzione",
  'result.speed': 'Velocità media',
  'result.memory': 'Memoria massima',
  'checkpoint.chat': 'Chat',
  'checkpoint.resume.help': 'Addestra una copia da questo checkpoint; questa esecuzione conserva il proprio',
  'checkpoint.copied': '{run} è una copia di quel checkpoint.',
  'checkpoint.copies':
    "I checkpoint diversi dal migliore e dall'ultimo si aprono come copia: una nuova esecuzione con la cronologia fino a lì.",
  'checkpoint.delete': 'Elimina il checkpoint: {checkpoint}',
  'checkpoint.delete.text': "Libera {size} e non si può annullare. L'esecuzione e gli altri checkpoint restano.",
  'runs.group': 'Raggruppa per',
  'runs.group.none': 'Senza etichetta',
  'runs.group.by.none': 'Niente',
  'runs.group.by.dataset': 'Dataset',
  'runs.group.by.mixer': 'Mixer',
  'runs.group.by.tag': 'Prima etichetta',
  'models.merge': 'Unisci gli adattatori',
  'models.merge.help':
    'Crea un modello normale che si può addestrare ancora e che altri programmi leggono; questo resta',
  'models.merged': '{run} contiene gli adattatori uniti.',
  'result.last': 'Ultima perdita di validazione',
};

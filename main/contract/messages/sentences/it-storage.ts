import type { Catalogue } from '../language.ts';

/** What backups and the storage of the library tell, by its English: see main/contract/message.ts. */
export const itStorage: Catalogue = {
  '{0} already exists.': '{0} esiste già.',
  'Choose another name.': 'Scegli un altro nome.',
  '{0} MiB are needed in {1}, but {2} MiB are free.': 'In {1} servono {0} MiB, ma ne sono liberi {2}.',
  'Free some disk space, or choose another disk.': 'Libera spazio sul disco o scegli un altro disco.',
  '{0} is not a complete backup: it is truncated, damaged, or another kind of file.':
    '{0} non è un backup completo: è troncato, danneggiato o un file di altro tipo.',
  'The backup {0} is damaged: the checksum of {1} does not match.':
    'Il backup {0} è danneggiato: la somma di controllo di {1} non corrisponde.',
  '{0} cannot be restored: {1}': '{0} non può essere ripristinato: {1}',
  'It is not a backup of a library.': 'Non è il backup di una libreria.',
  'It has a file named {0}.': 'Contiene un file di nome {0}.',
  'A newer version of Hyena Studio wrote it. Update Hyena Studio first.':
    'Lo ha scritto una versione più recente di Hyena Studio. Aggiorna prima Hyena Studio.',
  'The library is unchanged.': 'La libreria è rimasta invariata.',
  'Copy the backup again, or choose another one.': 'Copia di nuovo il backup o scegline un altro.',
  'Wait until it has ended, and try again.': 'Attendi che sia terminato e riprova.',
  'Another process is restoring a backup into this library.':
    'Un altro processo sta ripristinando un backup in questa libreria.',
  'The backup was cancelled.': 'Il backup è stato annullato.',
  'No file was written.': 'Non è stato scritto alcun file.',
  'Restoring was cancelled.': 'Il ripristino è stato annullato.',
  'A model is being imported; its download is still needed.':
    "È in corso l'importazione di un modello; il suo download serve ancora.",
  'Nothing was deleted.': 'Non è stato eliminato nulla.',
  'Wait until the import has ended, or cancel it.': "Attendi la fine dell'importazione o annullala.",
  "This is the only checkpoint of run '{0}'.": "Questo è l'unico checkpoint dell'esecuzione '{0}'.",
  'Delete the run instead.': "Elimina invece l'esecuzione.",
  "Run '{0}' has no checkpoint of step {1}.": "L'esecuzione '{0}' non ha un checkpoint del passo {1}.",
  "Cannot delete a checkpoint of '{0}' while it is training.":
    "Impossibile eliminare un checkpoint di '{0}' durante l'addestramento.",
};

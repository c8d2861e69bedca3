import type { Catalogue } from '../language.ts';

/** What backups and the storage of the library tell, by its English: see main/contract/message.ts. */
export const esStorage: Catalogue = {
  '{0} already exists.': '{0} ya existe.',
  'Choose another name.': 'Elige otro nombre.',
  '{0} MiB are needed in {1}, but {2} MiB are free.': 'Se necesitan {0} MiB en {1}, pero hay {2} MiB libres.',
  'Free some disk space, or choose another disk.': 'Libera espacio en el disco o elige otro disco.',
  '{0} is not a complete backup: it is truncated, damaged, or another kind of file.':
    '{0} no es una copia de seguridad completa: está truncada, dañada o es otro tipo de archivo.',
  'The backup {0} is damaged: the checksum of {1} does not match.':
    'La copia de seguridad {0} está dañada: la suma de verificación de {1} no coincide.',
  '{0} cannot be restored: {1}': '{0} no se puede restaurar: {1}',
  'It is not a backup of a library.': 'No es una copia de seguridad de una biblioteca.',
  'It has a file named {0}.': 'Contiene un archivo llamado {0}.',
  'A newer version of Hyena Studio wrote it. Update Hyena Studio first.':
    'Lo escribió una versión más nueva de Hyena Studio. Actualiza primero Hyena Studio.',
  'The library is unchanged.': 'La biblioteca no ha cambiado.',
  'Copy the backup again, or choose another one.': 'Copia de nuevo la copia de seguridad o elige otra.',
  'Wait until it has ended, and try again.': 'Espere a que termine e inténtelo de nuevo.',
  'Another process is restoring a backup into this library.':
    'Otro proceso está restaurando una copia de seguridad en esta biblioteca.',
  'The backup was cancelled.': 'La copia de seguridad se canceló.',
  'No file was written.': 'No se escribió ningún archivo.',
  'Restoring was cancelled.': 'La restauración se canceló.',
  'A model is being imported; its download is still needed.':
    'Se está importando un modelo; su descarga todavía hace falta.',
  'Nothing was deleted.': 'No se borró nada.',
  'Wait until the import has ended, or cancel it.': 'Espera a que termine la importación o cancélala.',
  "This is the only checkpoint of run '{0}'.": "Este es el único punto de control de la ejecución '{0}'.",
  'Delete the run instead.': 'Elimina la ejecución en su lugar.',
  "Run '{0}' has no checkpoint of step {1}.": "La ejecución '{0}' no tiene un punto de control del paso {1}.",
  "Cannot delete a checkpoint of '{0}' while it is training.":
    "No se puede eliminar un punto de control de '{0}' mientras se entrena.",
};

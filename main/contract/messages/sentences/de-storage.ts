import type { Catalogue } from '../language.ts';

/** What backups and the storage of the library tell, by its English: see main/contract/message.ts. */
export const deStorage: Catalogue = {
  '{0} already exists.': '{0} gibt es schon.',
  'Choose another name.': 'Einen anderen Namen wählen.',
  '{0} MiB are needed in {1}, but {2} MiB are free.': '{0} MiB werden in {1} gebraucht, aber nur {2} MiB sind frei.',
  'Free some disk space, or choose another disk.': 'Speicherplatz freigeben oder einen anderen Datenträger wählen.',
  '{0} is not a complete backup: it is truncated, damaged, or another kind of file.':
    '{0} ist keine vollständige Sicherung: Die Datei ist abgeschnitten, beschädigt oder von anderer Art.',
  'The backup {0} is damaged: the checksum of {1} does not match.':
    'Die Sicherung {0} ist beschädigt: Die Prüfsumme von {1} stimmt nicht.',
  '{0} cannot be restored: {1}': '{0} kann nicht wiederhergestellt werden: {1}',
  'It is not a backup of a library.': 'Es ist keine Sicherung einer Bibliothek.',
  'It has a file named {0}.': 'Es enthält eine Datei namens {0}.',
  'A newer version of Hyena Studio wrote it. Update Hyena Studio first.':
    'Eine neuere Version von Hyena Studio hat es geschrieben. Zuerst Hyena Studio aktualisieren.',
  'The library is unchanged.': 'Die Bibliothek ist unverändert.',
  'Copy the backup again, or choose another one.': 'Die Sicherung noch einmal kopieren oder eine andere wählen.',
  'Wait until it has ended, and try again.': 'Warten Sie, bis er beendet ist, und versuchen Sie es noch einmal.',
  'Another process is restoring a backup into this library.':
    'Ein anderer Prozess stellt gerade eine Sicherung in dieser Bibliothek wieder her.',
  'The backup was cancelled.': 'Die Sicherung wurde abgebrochen.',
  'No file was written.': 'Es wurde keine Datei geschrieben.',
  'Restoring was cancelled.': 'Die Wiederherstellung wurde abgebrochen.',
  'A model is being imported; its download is still needed.':
    'Ein Modell wird importiert; seine heruntergeladenen Dateien werden noch gebraucht.',
  'Nothing was deleted.': 'Es wurde nichts gelöscht.',
  'Wait until the import has ended, or cancel it.': 'Das Ende des Imports abwarten oder ihn abbrechen.',
  "This is the only checkpoint of run '{0}'.": "Das ist der einzige Checkpoint des Laufs '{0}'.",
  'Delete the run instead.': 'Stattdessen den Lauf löschen.',
  "Run '{0}' has no checkpoint of step {1}.": "Der Lauf '{0}' hat keinen Checkpoint von Schritt {1}.",
  "Cannot delete a checkpoint of '{0}' while it is training.":
    "Ein Checkpoint von '{0}' kann nicht gelöscht werden, während der Lauf trainiert.",
};

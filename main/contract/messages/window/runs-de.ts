import type { RunsMessages } from './runs-en.ts';

/** What the window says of the end of a run, of its checkpoints and of groups of runs, in German. */
export const runs: RunsMessages = {
  'result.title': 'Ergebnis',
  'result.reason.budget': 'Fertig: Das Budget ist aufgebraucht',
  'result.reason.early-stopping': 'Vorzeitig fertig: Der Validierungsverlust sank nicht mehr',
  'result.reason.solved': 'Fertig: Die Zielgenauigkeit ist erreicht',
  'result.tokens': '{n} Token',
  'result.best': 'Bester Validierungsverlust',
  'result.full': 'Voller Validierungsverlust',
  'result.full.help': 'Auf dem ganzen Validierungsteil, am Ende des Laufs',
  'result.speed': 'Mittlere Geschwindigkeit',
  'result.memory': 'Höchster Speicherbedarf',
  'checkpoint.chat': 'Chat',
  'checkpoint.resume.help': 'Trainiert eine Kopie ab diesem Checkpoint; dieser Lauf behält seinen Stand',
  'checkpoint.copied': '{run} ist eine Kopie dieses Checkpoints.',
  'checkpoint.copies':
    'Andere Checkpoints als der beste und der neueste werden als Kopie geöffnet: ein neuer Lauf mit dem Verlauf bis dorthin.',
  'checkpoint.delete': 'Checkpoint löschen: {checkpoint}',
  'checkpoint.delete.text':
    'Das gibt {size} frei und kann nicht rückgängig gemacht werden. Der Lauf und seine anderen Checkpoints bleiben.',
  'runs.group': 'Gruppieren nach',
  'runs.group.none': 'Ohne Tags',
  'runs.group.by.none': 'Nichts',
  'runs.group.by.dataset': 'Datensatz',
  'runs.group.by.mixer': 'Mixer',
  'runs.group.by.tag': 'Erstes Tag',
  'models.merge': 'Adapter vereinen',
  'models.merge.help':
    'Erstellt ein gewöhnliches Modell, das weiter trainiert und von anderen Programmen gelesen werden kann; dieses bleibt',
  'models.merged': '{run} enthält die vereinten Adapter.',
  'result.last': 'Letzter Validierungsverlust',
};

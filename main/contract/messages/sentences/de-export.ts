import type { Catalogue } from '../language.ts';

/** What exports and the device torch tell, by its English: see main/contract/message.ts. */
export const deExport: Catalogue = {
  'Choose the folder of a run that was exported for torchrun.':
    'Den Ordner eines für torchrun exportierten Laufs wählen.',
  '{0} is not the folder of an exported run: {1} not found.':
    '{0} ist nicht der Ordner eines exportierten Laufs: {1} fehlt.',
  'The plan of the run': 'Der Plan des Laufs',
  '{0} has no checkpoint.': '{0} hat keinen Checkpoint.',
  "Run '{0}' was trained here after it had left.":
    "Der Lauf '{0}' wurde hier weiter trainiert, nachdem er exportiert worden war.",
  "Another run is named '{0}'.": "Ein anderer Lauf heißt '{0}'.",
  'The export was stopped.': 'Der Export wurde angehalten.',
  'Choose a new or an empty folder.': 'Einen neuen oder leeren Ordner wählen.',
  'The folder {0} is not empty.': 'Der Ordner {0} ist nicht leer.',
  '{0} is not valid JSON.': '{0} ist kein gültiges JSON.',
  'its layers mix with {0}': 'seine Schichten mischen mit {0}',
  'its norm is {0}': 'seine Norm ist {0}',
  'its MLP is {0}': 'sein MLP ist {0}',
  'its projections have no biases': 'seine Projektionen haben keine Biases',
  'its positions are {0}': 'seine Positionen sind {0}',
  'its head has its own weights': 'sein Kopf hat eigene Gewichte',
  'its logits are scaled by {0}': 'seine Logits werden mit {0} skaliert',
  'its filter network is {0}': 'sein Filternetz ist {0}',
  'the time of its filters runs over {0} positions': 'die Zeit seiner Filter läuft über {0} Positionen',
  'Export it for Hugging Face.': 'Für Hugging Face exportieren.',
  "Run '{0}' is not plain Hyena: {1}.": "Der Lauf '{0}' ist kein reines Hyena: {1}.",
  'Start its training here; it can leave after its first checkpoint.':
    'Sein Training hier beginnen; nach dem ersten Checkpoint kann er exportiert werden.',
  "Run '{0}' starts from the weights of another run.": "Der Lauf '{0}' beginnt mit den Gewichten eines anderen Laufs.",
  'PyTorch {0} ({1}), {2}, {3}': 'PyTorch {0} ({1}), {2}, {3}',
  'no GPU for PyTorch found': 'keine GPU für PyTorch gefunden',
  'no Python with PyTorch: {0}': 'kein Python mit PyTorch: {0}',
  'Install PyTorch (pip install torch numpy), or name a Python that has it in the settings or in the environment variable HYENA_PYTHON.':
    'PyTorch installieren (pip install torch numpy) oder in den Einstellungen oder in der Umgebungsvariablen HYENA_PYTHON ein Python angeben, das es hat.',
  'Resume the run, on another device if it happens again.':
    'Den Lauf fortsetzen, bei Wiederholung auf einem anderen Gerät.',
  'PyTorch ended early ({0}).{1}': 'PyTorch ist vorzeitig beendet worden ({0}).{1}',
  'PyTorch ran out of memory: {0}': 'PyTorch hat nicht genug Speicher: {0}',
  'PyTorch failed: {0}': 'PyTorch ist gescheitert: {0}',
  '{0} is not a working Python': '{0} ist kein lauffähiges Python',
  'no Python found': 'kein Python gefunden',
  '{0} has no PyTorch': '{0} hat kein PyTorch',
  'Both are unchanged.': 'Beide sind unverändert.',
  'Bring it back under another name.': 'Ihn unter einem anderen Namen zurückholen.',
  "Run '{0}' has no adapters: all its weights were trained.":
    "Der Lauf '{0}' hat keine Adapter: Alle seine Gewichte wurden trainiert.",
  'Merge its adapters into a new run, and train that one elsewhere.':
    'Seine Adapter in einem neuen Lauf mit den Gewichten vereinen und diesen anderswo trainieren.',
  "Run '{0}' trains adapters, which the exported program does not.":
    "Der Lauf '{0}' trainiert Adapter; das exportierte Programm kann das nicht.",
  '{0} does not say the rank and alpha of its adapters.': '{0} nennt Rang und Alpha seiner Adapter nicht.',
  'Adapters are trained for the weights of a run, but none is chosen.':
    'Adapter werden für die Gewichte eines Laufs trainiert, aber es ist keiner gewählt.',
  'Choose a run to start from, or leave the adapter rank blank.':
    'Einen Lauf wählen, mit dem begonnen wird, oder den Adapterrang leer lassen.',
  'Use another device, or train all weights.': 'Ein anderes Gerät verwenden oder alle Gewichte trainieren.',
  "Device '{0}' cannot train adapters.": "Das Gerät '{0}' kann keine Adapter trainieren.",
  'Adapters of rank {0} are trained: {1} of {2} parameters.':
    'Trainiert werden Adapter vom Rang {0}: {1} von {2} Parametern.',
  "Device '{0}' cannot train on the rows of a task.":
    "Das Gerät '{0}' kann nicht mit den Zeilen einer Aufgabe trainieren.",
  "Run '{0}' trains on the rows of a task, which the exported program does not.":
    "Der Lauf '{0}' trainiert mit den Zeilen einer Aufgabe; das exportierte Programm kann das nicht.",
  'Use another device.': 'Ein anderes Gerät verwenden.',
};

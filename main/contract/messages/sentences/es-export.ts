import type { Catalogue } from '../language.ts';

/** What exports and the device torch tell, by its English: see main/contract/message.ts. */
export const esExport: Catalogue = {
  'Choose the folder of a run that was exported for torchrun.':
    'Elige la carpeta de una ejecución exportada para torchrun.',
  '{0} is not the folder of an exported run: {1} not found.':
    '{0} no es la carpeta de una ejecución exportada: falta {1}.',
  'The plan of the run': 'El plan de la ejecución',
  '{0} has no checkpoint.': '{0} no tiene ningún punto de control.',
  "Run '{0}' was trained here after it had left.":
    "La ejecución '{0}' se siguió entrenando aquí después de exportarla.",
  "Another run is named '{0}'.": "Otra ejecución se llama '{0}'.",
  'The export was stopped.': 'La exportación se detuvo.',
  'Choose a new or an empty folder.': 'Elige una carpeta nueva o vacía.',
  'The folder {0} is not empty.': 'La carpeta {0} no está vacía.',
  '{0} is not valid JSON.': '{0} no es JSON válido.',
  'its layers mix with {0}': 'sus capas mezclan con {0}',
  'its norm is {0}': 'su norma es {0}',
  'its MLP is {0}': 'su MLP es {0}',
  'its projections have no biases': 'sus proyecciones no tienen sesgos',
  'its positions are {0}': 'sus posiciones son {0}',
  'its head has its own weights': 'su cabeza tiene pesos propios',
  'its logits are scaled by {0}': 'sus logits se escalan por {0}',
  'its filter network is {0}': 'su red de filtros es {0}',
  'the time of its filters runs over {0} positions': 'el tiempo de sus filtros recorre {0} posiciones',
  'Export it for Hugging Face.': 'Expórtala para Hugging Face.',
  "Run '{0}' is not plain Hyena: {1}.": "La ejecución '{0}' no es Hyena puro: {1}.",
  'Start its training here; it can leave after its first checkpoint.':
    'Empieza aquí su entrenamiento; podrá exportarse tras el primer punto de control.',
  "Run '{0}' starts from the weights of another run.": "La ejecución '{0}' parte de los pesos de otra ejecución.",
  'PyTorch {0} ({1}), {2}, {3}': 'PyTorch {0} ({1}), {2}, {3}',
  'no GPU for PyTorch found': 'no se encontró ninguna GPU para PyTorch',
  'no Python with PyTorch: {0}': 'ningún Python con PyTorch: {0}',
  'Install PyTorch (pip install torch numpy), or name a Python that has it in the settings or in the environment variable HYENA_PYTHON.':
    'Instala PyTorch (pip install torch numpy) o indica en los ajustes o en la variable de entorno HYENA_PYTHON un Python que lo tenga.',
  'Resume the run, on another device if it happens again.':
    'Reanuda la ejecución; si vuelve a ocurrir, en otro dispositivo.',
  'PyTorch ended early ({0}).{1}': 'PyTorch terminó antes de tiempo ({0}).{1}',
  'PyTorch ran out of memory: {0}': 'PyTorch se quedó sin memoria: {0}',
  'PyTorch failed: {0}': 'PyTorch falló: {0}',
  '{0} is not a working Python': '{0} no es un Python que funcione',
  'no Python found': 'no se encontró Python',
  '{0} has no PyTorch': '{0} no tiene PyTorch',
  'Both are unchanged.': 'Ninguna de las dos ha cambiado.',
  'Bring it back under another name.': 'Recupérala con otro nombre.',
  "Run '{0}' has no adapters: all its weights were trained.":
    "La ejecución '{0}' no tiene adaptadores: se entrenaron todos sus pesos.",
  'Merge its adapters into a new run, and train that one elsewhere.':
    'Combina sus adaptadores en una ejecución nueva y entrena esa en otro lugar.',
  "Run '{0}' trains adapters, which the exported program does not.":
    "La ejecución '{0}' entrena adaptadores, y el programa exportado no puede hacerlo.",
  '{0} does not say the rank and alpha of its adapters.': '{0} no indica el rango ni el alfa de sus adaptadores.',
  'Adapters are trained for the weights of a run, but none is chosen.':
    'Los adaptadores se entrenan para los pesos de una ejecución, pero no se ha elegido ninguna.',
  'Choose a run to start from, or leave the adapter rank blank.':
    'Elige una ejecución de partida o deja vacío el rango de los adaptadores.',
  'Use another device, or train all weights.': 'Usa otro dispositivo o entrena todos los pesos.',
  "Device '{0}' cannot train adapters.": "El dispositivo '{0}' no puede entrenar adaptadores.",
  'Adapters of rank {0} are trained: {1} of {2} parameters.':
    'Se entrenan adaptadores de rango {0}: {1} de {2} parámetros.',
  "Device '{0}' cannot train on the rows of a task.":
    "El dispositivo '{0}' no puede entrenar con las filas de una tarea.",
  "Run '{0}' trains on the rows of a task, which the exported program does not.":
    "La ejecución '{0}' se entrena con las filas de una tarea, lo que el programa exportado no hace.",
  'Use another device.': 'Usa otro dispositivo.',
};

import type { RunsMessages } from './runs-en.ts';

/** What the window says of the end of a run, of its checkpoints and of groups of runs, in Spanish. */
export const runs: RunsMessages = {
  'result.title': 'Resultado',
  'result.reason.budget': 'Terminada: se agotó el presupuesto',
  'result.reason.early-stopping': 'Terminada antes: la pérdida de validación dejó de mejorar',
  'result.reason.solved': 'Terminada: se alcanzó la exactitud objetivo',
  'result.tokens': '{n} tokens',
  'result.best': 'Mejor pérdida de validación',
  'result.full': 'Pérdida de validación completa',
  'result.full.help': 'En toda la partición de validación, al final de la ejecución',
  'result.speed': 'Velocidad media',
  'result.memory': 'Memoria máxima',
  'checkpoint.chat': 'Chat',
  'checkpoint.resume.help': 'Entrena una copia desde este punto de control; esta ejecución conserva el suyo',
  'checkpoint.copied': '{run} es una copia de ese punto de control.',
  'checkpoint.copies':
    'Los puntos de control que no son el mejor ni el último se abren como copia: una ejecución nueva con el historial hasta ahí.',
  'checkpoint.delete': 'Eliminar el punto de control: {checkpoint}',
  'checkpoint.delete.text':
    'Esto libera {size} y no se puede deshacer. La ejecución y sus otros puntos de control se conservan.',
  'runs.group': 'Agrupar por',
  'runs.group.none': 'Sin etiqueta',
  'runs.group.by.none': 'Nada',
  'runs.group.by.dataset': 'Conjunto de datos',
  'runs.group.by.mixer': 'Mezclador',
  'runs.group.by.tag': 'Primera etiqueta',
  'models.merge': 'Fusionar adaptadores',
  'models.merge.help':
    'Crea un modelo normal que se puede seguir entrenando y que otros programas leen; este se conserva',
  'models.merged': '{run} tiene los adaptadores fusionados.',
  'result.last': 'Última pérdida de validación',
};

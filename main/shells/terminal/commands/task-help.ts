import { fieldsOf } from '../../../contract/schema-fields.ts';
import { describeValues, formatValue } from '../../../contract/fields.ts';
import { isFileTask, taskNames, tasks, type TaskName } from '../../../contract/lab/tasks.ts';
import { wrap } from '../format.ts';

/** The settings of a task with their defaults and bounds. */
export function taskSettingsHelp(name: TaskName, width = 80): string {
  return fieldsOf('run', tasks[name].settings)
    .map((field) =>
      [
        `  ${field.key} = ${formatValue(field.default)}`,
        wrap(`${field.description} Values: ${describeValues(field)}.`, width, '      '),
      ].join('\n'),
    )
    .join('\n');
}

/** All tasks in a line or two each. */
export function tasksHelp(width = 80): string {
  const lines = taskNames.map((name) => {
    const { title, description, settings } = tasks[name];
    const files = isFileTask(name) ? ` Takes --file PATH: ${tasks[name].files}.` : '';
    return `  ${name}\n${wrap(`${title}. ${description}${files} Keys: ${Object.keys(settings.shape).join(', ')}.`, width, '      ')}`;
  });
  return ['', 'Tasks (hyena lab show TASK prints their keys):', ...lines].join('\n');
}

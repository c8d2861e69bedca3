import type { Template } from '../template.ts';

/** What the window says of data, in English. */
export const data = {
  'add.columns': 'Text of a row',
  'add.columns.text': 'One column',
  'add.columns.dialogue': 'Prompt and reply',
  'add.columns.template': 'Template',
  'add.columns.prompt': 'Prompt',
  'add.columns.reply': 'Reply',
  'add.columns.system': 'System message',
  'add.columns.none': 'none',
  'add.columns.dialogue.help': 'Each row becomes a chat. Only the replies count in the loss.',
  'add.columns.template.help': '{column} stands for the value of a column, {open} and {close} for braces.',
  'add.columns.available': 'Columns in the files',
  'add.obstacle.columns': 'Choose the columns first: a prompt and a reply, or a template that names a column.',
  'add.obstacle.unread': 'No text found with these columns, so there is nothing to add.',
};
export type DataMessages = Partial<Record<keyof typeof data, Template>>;

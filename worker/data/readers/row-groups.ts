import { isObject, type JsonObject } from './field-path.ts';
import { speakerOf } from './message-roles.ts';

export interface Row {
  row: unknown;
  characters: number;
}

/** Rows that are looked at before they are taken for the messages of chats. */
const LOOKED_AT = 20;
const idKeys = [
  'conversation_id',
  'conversationid',
  'dialogue_id',
  'dialog_id',
  'chat_id',
  'session_id',
  'thread_id',
  'message_tree_id',
  'conv_id',
];
const turnContent = ['content', 'value', 'text', 'message', 'parts'];

/** A row that says who speaks and what, and little else: one message rather than a document. */
function isMessage(row: unknown): row is JsonObject {
  if (!isObject(row)) return false;
  const speaker = speakerOf(row);
  return (
    speaker !== null &&
    speaker.role !== null &&
    speaker.key !== 'name' &&
    turnContent.some((key) => key !== speaker.key && key in row)
  );
}

const isSlack = (row: unknown): row is JsonObject =>
  isObject(row) && row.type === 'message' && typeof row.ts === 'string' && 'text' in row;

/** Whether rows are the messages of chats, one each. */
export function areMessages(rows: readonly unknown[]): boolean {
  if (rows.length < 2) return false;
  if (rows.every(isSlack)) return true;
  if (!rows.every(isMessage)) return false;
  const roles = new Set(rows.map((row) => speakerOf(row)?.role));
  return roles.has('assistant') && roles.has('user');
}

const idOf = (row: JsonObject): string | null => {
  const key = Object.keys(row).find((name) => idKeys.includes(name.toLowerCase()));
  const id = key === undefined ? null : row[key];
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint' ? String(id) : null;
};

/** Messages that name the one before them, as a tree (several answers to a question); null if they do not. */
function treeOf(group: readonly JsonObject[]): unknown {
  const nodes = Object.create(null) as Record<string, { message: JsonObject; parent: unknown; children: unknown[] }>;
  for (const row of group) {
    const [id, parent] = [row.message_id, row.parent_id];
    if (typeof id !== 'string' || parent === undefined) return null;
    nodes[id] = { message: row, parent, children: [] };
  }
  const rank = (id: unknown): number => {
    const given = nodes[id as string].message.rank;
    return given === null || given === undefined ? Infinity : Number(given);
  };
  for (const [id, { parent }] of Object.entries(nodes))
    if (typeof parent === 'string') nodes[parent]?.children.push(id);
  // The best answer is the one that the last branch leads along.
  for (const node of Object.values(nodes)) node.children.sort((one, other) => rank(other) - rank(one) || 0);
  return { mapping: nodes };
}

/**
 * Rows as they are; but where each is one message of a chat, the rows of a chat together: those with the same id, or, of
 * rows without ids, those up to the next that the system says.
 */
export async function* groupMessages(
  rows: AsyncIterable<Row>,
  grouped: { rows: number; chats: number },
): AsyncGenerator<Row> {
  let looked: Row[] = [];
  let grouping: boolean | null = null;
  let group: JsonObject[] = [];
  let id: string | null = null;
  let characters = 0;
  function* take({ row, characters: length }: Row): Generator<Row> {
    const next = isObject(row) ? idOf(row) : null;
    const begins =
      group.length > 0 && (next !== id || (next === null && isObject(row) && speakerOf(row)?.role === 'system'));
    if (begins) yield* flush();
    id = next;
    if (isObject(row)) group.push(row);
    characters += length;
  }
  function* flush(): Generator<Row> {
    if (group.length > 0) {
      grouped.rows += group.length;
      grouped.chats++;
      yield { row: { messages: treeOf(group) ?? group }, characters };
    }
    group = [];
    characters = 0;
  }
  function* decide(): Generator<Row> {
    grouping = areMessages(looked.map(({ row }) => row));
    const early = looked;
    looked = [];
    for (const row of early)
      if (grouping) yield* take(row);
      else yield row;
  }
  for await (const row of rows) {
    if (grouping === null) {
      looked.push(row);
      // Most rows are plainly no messages.
      if (looked.length >= LOOKED_AT || !(isMessage(row.row) || isSlack(row.row))) yield* decide();
    } else if (grouping) yield* take(row);
    else yield row;
  }
  if (grouping === null) yield* decide();
  yield* flush();
}

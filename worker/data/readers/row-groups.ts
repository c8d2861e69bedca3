import { isObject, keyOf, type JsonObject } from './field-path.ts';
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
const turnContent = ['content', 'value', 'text', 'message', 'parts', 'mes'];

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

/** What numbers the messages of a chat, or dates them. */
const orderKeys = [
  ...['turn', 'turn_id', 'turn_idx', 'turn_index', 'turn_number', 'message_index', 'index', 'idx', 'seq', 'sequence'],
  ...['position', 'order', 'step', 'timestamp', 'ts', 'date', 'time', 'created_at', 'create_time', 'sent_at'],
];

const placeOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'bigint'
    ? Number(value)
    : typeof value === 'string' && value.trim() !== ''
      ? /^[\d.]+$/.test(value.trim())
        ? Number(value)
        : Date.parse(value)
      : NaN;

/** The messages of a chat in the order of what numbers them all differently; as they stand if nothing does. */
function ordered(group: readonly JsonObject[]): readonly JsonObject[] {
  for (const name of orderKeys) {
    const places = group.map((row) => {
      const key = keyOf(row, name);
      return key === undefined ? NaN : placeOf(row[key]);
    });
    if (places.some(Number.isNaN) || new Set(places).size < places.length) continue;
    if (places.every((place, at) => at === 0 || place > places[at - 1])) return group;
    return group
      .map((_, at) => at)
      .sort((one, other) => places[one] - places[other])
      .map((at) => group[at]);
  }
  return group;
}

/** What was done to rows that are single messages. */
export interface Grouping {
  rows: number;
  chats: number;
  /** Chats whose messages stood in another order. */
  reordered: number;
  /** Chats that went on after many others had begun, so that they became two. */
  divided: number;
}

/** Chats whose messages may stand between those of others, at the same time. */
export const MOST_OPEN = 1000;
const MOST_CHARACTERS = 1 << 26;

/** The chats that are open, by their ids; the one that had no message for the longest time ends first. */
class OpenChats {
  readonly #grouped: Grouping;
  readonly #open = new Map<string, { rows: JsonObject[]; characters: number }>();
  readonly #ended = new Set<string>();
  #characters = 0;

  constructor(grouped: Grouping) {
    this.#grouped = grouped;
  }

  *add(id: string, row: JsonObject, characters: number): Generator<Row> {
    const chat = this.#open.get(id) ?? { rows: [], characters: 0 };
    if (chat.rows.length === 0 && this.#ended.delete(id)) this.#grouped.divided++;
    this.#open.delete(id);
    this.#open.set(id, chat);
    chat.rows.push(row);
    chat.characters += characters;
    this.#characters += characters;
    while (this.#open.size > MOST_OPEN || (this.#characters > MOST_CHARACTERS && this.#open.size > 1)) {
      const [oldest] = this.#open.keys();
      yield* this.#end(oldest);
      if (this.#ended.size < 1_000_000) this.#ended.add(oldest);
    }
  }

  *endAll(): Generator<Row> {
    for (const id of [...this.#open.keys()]) yield* this.#end(id);
  }

  *#end(id: string): Generator<Row> {
    const { rows, characters } = this.#open.get(id)!;
    this.#open.delete(id);
    this.#characters -= characters;
    const inOrder = ordered(rows);
    const tree = treeOf(rows);
    this.#grouped.rows += rows.length;
    this.#grouped.chats++;
    if (!tree && inOrder !== rows) this.#grouped.reordered++;
    yield { row: { messages: tree ?? inOrder }, characters };
  }
}

/**
 * Rows as they are; but where each is one message of a chat, the rows of a chat together: those with the same id, or, of
 * rows without ids, those up to the next that the system says.
 */
export async function* groupMessages(rows: AsyncIterable<Row>, grouped: Grouping): AsyncGenerator<Row> {
  let looked: Row[] = [];
  let grouping: boolean | null = null;
  const chats = new OpenChats(grouped);
  let unnamed = 0;
  function* take({ row, characters }: Row): Generator<Row> {
    if (!isObject(row)) return;
    const id = idOf(row);
    if (id !== null) {
      yield* chats.add(`id ${id}`, row, characters);
      return;
    }
    if (speakerOf(row)?.role === 'system') {
      yield* chats.endAll();
      unnamed++;
    }
    yield* chats.add(`chat ${unnamed}`, row, characters);
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
  yield* chats.endAll();
}

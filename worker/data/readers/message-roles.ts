import { isObject, type JsonObject } from './field-path.ts';

/** Who speaks: `tool` answers a `call` of the assistant, `tools` says which tools there are. */
export type Role = 'system' | 'user' | 'assistant' | 'tool' | 'call' | 'tools';

const namesOfRoles: Record<Role, string> = {
  system: 'system developer systemprompt',
  user: 'user human prompter instruction usr customer client caller student patient questioner person',
  assistant:
    'assistant ai gpt chatgpt bot model chatbot agent claude llm bard bing assistent assistantai botmodel response support tutor teacher doctor advisor helper representative gemini copilot',
  tool: 'tool function observation toolresponse toolresult tooloutput functionresponse functionresult functioncalloutput ipython environment',
  call: 'functioncall toolcall action',
  tools: 'tools functions availabletools',
};
const roles = new Map(
  Object.entries(namesOfRoles).flatMap(([role, names]) =>
    names.split(' ').map((name) => [name, role as Role] as const),
  ),
);

/** The role of a name, whatever its capitals and its marks between words: `AIMessage`, `function_call`, `GPT-4`. */
export function roleNamed(name: string): Role | null {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const role = roleOf(name);
  if (remembered.size < MOST_REMEMBERED) remembered.set(name, role);
  return role;
}

/** The same few names stand before millions of messages. */
const remembered = new Map<string, Role | null>();
const MOST_REMEMBERED = 1000;

function roleOf(name: string): Role | null {
  const plain = name.toLowerCase().replaceAll(/[\s_\-.:]/g, '');
  return (
    roles.get(plain) ??
    roles.get(plain.replace(/(message|chunk)+$/, '')) ??
    (/^(gpt|chatgpt|claude|llama|gemini)\d/.test(plain) ? 'assistant' : null)
  );
}

const speakerKeys = [
  ...[
    'role',
    'from',
    'speaker',
    'author',
    'sender',
    'type',
    'user',
    'username',
    'user_name',
    'from_name',
    'sender_name',
  ],
  ...['participant', 'user_profile', 'actor', 'name'],
];

export interface Speaker {
  key: string;
  name: string;
  role: Role | null;
  /** It stands under a key for roles, not for names of people. */
  isRole: boolean;
}

/** Names of people come as strings or with more about them. */
function nameIn(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (!isObject(value)) return null;
  const keys = ['role', 'nickname', 'display_name', 'real_name', 'global_name', 'name', 'username'];
  const found = keys.map((key) => value[key]).find((name) => typeof name === 'string' && name !== '');
  return typeof found === 'string' ? found : null;
}

/** Some say by a flag whose message it is. */
const flags: readonly (readonly [key: string, ifTrue: Role, ifFalse: Role])[] = [
  ...['is_user', 'is_human', 'from_user', 'is_from_user'].map((key) => [key, 'user', 'assistant'] as const),
  ...['is_bot', 'is_ai', 'is_assistant', 'from_bot'].map((key) => [key, 'assistant', 'user'] as const),
];

function flaggedSpeaker(item: JsonObject): Speaker | null {
  for (const [name, ifTrue, ifFalse] of flags) {
    const key = [name, name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())].find(
      (one) => typeof item[one] === 'boolean',
    );
    if (key === undefined) continue;
    const role = item[key] === true ? ifTrue : ifFalse;
    return { key, name: role, role, isRole: true };
  }
  return null;
}

/** Who says a message; null for what names nobody. */
export function speakerOf(item: JsonObject): Speaker | null {
  let first: Speaker | null = null;
  for (const key of speakerKeys) {
    const name = Object.hasOwn(item, key) ? nameIn(item[key]) : null;
    if (name === null) continue;
    const role = roleNamed(name);
    const speaker = { key, name, role, isRole: key === 'role' || key === 'from' };
    // 'type' says what a message is more often than who says it.
    if (role !== null && (key !== 'name' || first === null)) return speaker;
    if (key !== 'type') first ??= speaker;
  }
  return flaggedSpeaker(item) ?? first;
}

/**
 * Parses JSON that this program keeps in a library.
 *
 * Earlier versions stored a message as its English and, beside it, with its values: `message` or `reason` with `told`,
 * `deviceReason` with `deviceTold`, `problems` with a list `told`, the sentences of an error with an object `told`. Such
 * a pair becomes one message; English that stands alone is left to `messageSchema`.
 *
 * @throws SyntaxError
 */
export const parseStored = (text: string): unknown =>
  // Few files have such a pair, and a reviver is slow. Within a string of JSON the quotes would be escaped.
  /"(?:told|deviceTold)":/.test(text) ? JSON.parse(text, mergePair) : JSON.parse(text);

function mergePair(_key: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  const { told, deviceTold, ...record } = value;
  if (Array.isArray(told)) record['problems'] = told;
  else if (isObject(told) && 'template' in told) record['message' in record ? 'message' : 'reason'] = told;
  else if (isObject(told)) Object.assign(record, told);
  else if (told !== undefined) return value;
  if (deviceTold !== undefined) record['deviceReason'] = deviceTold;
  return record;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

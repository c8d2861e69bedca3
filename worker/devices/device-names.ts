import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { DeviceKind } from './device.ts';

/** 'cuda:1' as the kind's name and its adapter. */
export function splitDeviceName(name: string): [kind: string, adapter: string | undefined] {
  const at = name.indexOf(':');
  return at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)];
}

/** The kind of a device. @throws HyenaError `not-found` that names those there are */
export function kindNamed(name: string, kinds: readonly DeviceKind[]): DeviceKind {
  const [kindName, adapter] = splitDeviceName(name);
  const kind = kinds.find((candidate) => candidate.name === kindName);
  if (kind && (adapter === undefined || (kind.gpu === true && /^\d+$/.test(adapter)))) return kind;
  throw new HyenaError('not-found', msg`Unknown device: '${name}'.`, {
    hint: msg`Use auto, or one of: ${kinds.map((known) => known.name).join(', ')}.`,
  });
}

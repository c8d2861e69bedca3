import { expect, it } from 'vitest';
import { devicesNamedBy } from './devices.ts';

it('refuses a name that is not that of a device', () => {
  const named = (value: string) => devicesNamedBy('HYENA_ONLY_DEVICES', undefined, { HYENA_ONLY_DEVICES: value });
  expect(named('')).toEqual([]);
  expect(named('native, portable')).toEqual(['native', 'portable']);
  expect(() => named('nativ')).toThrow(/HYENA_ONLY_DEVICES names nativ; the devices are .*native/);
  expect(() => named('native,typo')).toThrow('names typo');
});

import { expect, it } from 'vitest';
import { parseSettings } from '../../../../main/contract/settings.ts';
import { parseNumber } from '../../../../main/contract/typed-number.ts';

it.each([
  ['1000', 1000],
  ['1_000', 1000],
  ['1e3', 1000],
  ['1.5e3', 1500],
  ['-2', -2],
  [' 7 ', 7],
])('a whole number: %s', (text, value) => {
  expect(parseNumber(text, true)).toBe(value);
});

it.each([
  '1.000',
  '1,000',
  '1.0',
  '1.5',
  '1.',
  '0x10',
  '1e-3',
  '',
  ' ',
  'NaN',
  'Infinity',
  '1e999',
  '_1',
  '1__0',
  '１０',
])('no whole number, or more than one: %j', (text) => {
  expect(parseNumber(text, true)).toBeNull();
});

it.each([
  ['1.5', 1.5],
  ['.5', 0.5],
  ['1.000', 1],
  ['3e-4', 3e-4],
])('a number: %s', (text, value) => {
  expect(parseNumber(text, false)).toBe(value);
});

it('a setting with a separator of thousands is kept as text, which its schema refuses', () => {
  expect(parseSettings(['max_steps=1.000', 'learning_rate=0.001']).training).toEqual({
    max_steps: '1.000',
    learning_rate: 0.001,
  });
});

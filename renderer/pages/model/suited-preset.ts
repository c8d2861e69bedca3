import type { PresetName } from '../../../main/contract/presets.ts';

/** So many parameters for every token of the data are memorised rather than learned from, however it is trained. */
const mostPerToken = 10;
/** The largest data, tokens, for which a preset of the smaller ones is enough. */
const sizes: readonly (readonly [PresetName, number])[] = [
  ['tiny', 400_000],
  ['small', 4_000_000],
  ['base', 40_000_000],
];

/**
 * The preset that suits data that are far too small for a model; null where they are not, or where no smaller one is.
 *
 * @param parameters of the model that was chosen
 * @param tokens of the training split
 */
export function suitedPreset(parameters: number, tokens: number): PresetName | null {
  if (tokens === 0 || parameters <= mostPerToken * tokens || parameters < 500_000) return null;
  return sizes.find(([, most]) => tokens <= most)?.[0] ?? null;
}

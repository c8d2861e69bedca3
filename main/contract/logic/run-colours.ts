/** Colours that curves have; past them a dash tells two of one colour apart. */
export const paletteSize = 7;

/**
 * Gives runs that are shown together numbers of a colour and a dash each. A number belongs to a run for as long as it
 * lives: those that have one keep it, and the others take the colour that the fewest of those beside them have, and
 * among these the one that the fewest runs of the library have. No two runs get the same number.
 *
 * @param shown names of the runs, in their order
 * @param known numbers that runs of the library have already
 * @returns the number of each run that is shown
 */
export function assignColours(shown: readonly string[], known: ReadonlyMap<string, number>): Map<string, number> {
  const taken = new Set(known.values());
  const counted = (numbers: Iterable<number>): number[] => {
    const counts = Array.from({ length: paletteSize }, () => 0);
    for (const number of numbers) counts[number % paletteSize]++;
    return counts;
  };
  const inLibrary = counted(known.values());
  const beside = counted(shown.flatMap((name) => known.get(name) ?? []));
  const assigned = new Map<string, number>();
  for (const name of shown) {
    let number = known.get(name) ?? assigned.get(name);
    if (number === undefined) {
      const colours = Array.from({ length: paletteSize }, (_, colour) => colour);
      const [colour] = colours.sort((a, b) => beside[a] - beside[b] || inLibrary[a] - inLibrary[b] || a - b);
      number = colour;
      while (taken.has(number)) number += paletteSize;
      taken.add(number);
      beside[colour]++;
      inLibrary[colour]++;
    }
    assigned.set(name, number);
  }
  return assigned;
}

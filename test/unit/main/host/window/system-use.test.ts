import { expect, it } from 'vitest';
import { coreShares } from '../../../../../main/host/window/system-use.ts';

it('shares are of the time between two looks, and never beyond their bounds', () => {
  const before = [
    { busy: 100, all: 1000 },
    { busy: 50, all: 1000 },
  ];
  const now = [
    { busy: 150, all: 1100 },
    { busy: 40, all: 1100 },
  ];
  expect(coreShares(before, now)).toEqual([0.5, 0]);
  // A clock that did not move, and a core that was switched on.
  expect(coreShares(before, [before[0], { busy: 60, all: 1010 }, { busy: 30, all: 60 }])).toEqual([0, 1, 0.5]);
});

import { ask, emptyRow, numerals, type Task } from './task.ts';

/**
 * Selective copying (arXiv 2312.00752, section 4.1.1), as state-spaces/s4 generates it (`torch_copying_data`, `variable`):
 * M tokens 1 … A - 2 at random places among L + M, zeros elsewhere, then M markers A - 1, after which the tokens are asked
 * in their order.
 */
export const selectiveCopy: Task<'selective-copy'> = {
  version: 1,
  vocabulary: ({ vocabulary }) => numerals(vocabulary),
  length: ({ length, copied }) => length + 2 * copied,
  row({ vocabulary, length, copied }, random) {
    const row = emptyRow(length + 2 * copied);
    const places = random.distinct(length + copied, copied).sort((a, b) => a - b);
    row.inputs.fill(vocabulary - 1, length + copied);
    places.forEach((place, index) => {
      const token = 1 + random.below(vocabulary - 2);
      row.inputs[place] = token;
      ask(row, length + copied + index, token);
    });
    return row;
  },
};

/** Random tokens 1 … V - 1, then the marker 0: the most frequent one. Rows in which two are most frequent are drawn again. */
export const majority: Task<'majority'> = {
  version: 1,
  vocabulary: ({ vocabulary }) => numerals(vocabulary),
  length: ({ length }) => length + 1,
  row({ vocabulary, length }, random) {
    for (;;) {
      const counts = new Array<number>(vocabulary).fill(0);
      const row = emptyRow(length + 1);
      for (let place = 0; place < length; place++) counts[(row.inputs[place] = 1 + random.below(vocabulary - 1))]++;
      const most = Math.max(...counts);
      if (counts.indexOf(most) !== counts.lastIndexOf(most)) continue;
      ask(row, length, counts.indexOf(most));
      return row;
    }
  },
};

/** Random tokens 1 … V - 1, the marker 0, and one of the tokens: how often it occurs, as a token of its own, `=n`. */
export const counting: Task<'counting'> = {
  version: 1,
  vocabulary: ({ vocabulary, length }) => [...numerals(vocabulary), ...numerals(length + 1).map((n) => `=${n}`)],
  length: ({ length }) => length + 2,
  row({ vocabulary, length }, random) {
    const row = emptyRow(length + 2);
    for (let place = 0; place < length; place++) row.inputs[place] = 1 + random.below(vocabulary - 1);
    const token = 1 + random.below(vocabulary - 1);
    row.inputs[length + 1] = token;
    const count = row.inputs.subarray(0, length).filter((one) => one === token).length;
    ask(row, length + 1, vocabulary + count);
    return row;
  },
};

/**
 * Sums: the digits of a, then those of b, D each from the highest on, without signs between; the D + 1 digits of a + b are
 * asked one after another, each after the ones before it.
 */
export const arithmetic: Task<'arithmetic'> = {
  version: 1,
  vocabulary: () => numerals(10),
  length: ({ digits }) => 3 * digits,
  row({ digits }, random) {
    const numbers = Array.from({ length: 2 * digits }, () => random.below(10));
    const sum: number[] = [];
    for (let place = digits - 1, carry = 0; place >= 0; place--) {
      const total = numbers[place] + numbers[digits + place] + carry;
      sum.unshift(total % 10);
      carry = Math.floor(total / 10);
      if (place === 0) sum.unshift(carry);
    }
    const row = emptyRow(3 * digits);
    row.inputs.set([...numbers, ...sum.slice(0, -1)].slice(0, 3 * digits));
    sum.forEach((digit, index) => ask(row, 2 * digits - 1 + index, digit));
    return row;
  },
};

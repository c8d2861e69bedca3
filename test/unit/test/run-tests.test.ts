import { expect, it, vi } from 'vitest';
import * as others from '../../native/numerics/run-tests.mjs';

it('the runner without Vitest repeats, skips, and reports each test that fails', async () => {
  const seen: string[] = [];
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  others.describe('outer', () => {
    others.beforeAll(() => void seen.push('before all'));
    others.beforeEach(() => void seen.push('before'));
    others.afterEach(() => void seen.push('after'));
    others.it('passes', () => {
      others.onTestFinished(() => void seen.push('finished'));
      others.expect([1, { a: 'x' }]).toEqual([1, others.expect.objectContaining({ a: 'x' })]);
    });
    others.it.each([
      [1, 1],
      [1, 2],
    ])('%s is %s', (a, b) => others.expect(a).toBe(b));
    others.describe.each(['p', 'q'])('of %s', (name: string) =>
      others.it('waits', async () => {
        await Promise.resolve();
        seen.push(name);
      }),
    );
    others.it('leaves itself out', ({ skip }: { skip: (condition: boolean) => void }) => skip(true));
    others.it.skipIf(true)('is left out', () => void seen.push('never'));
    others.it('expects what is refused', () => others.expect(Promise.resolve(1)).rejects.toThrow());
  });
  others.describe.skip('none of it', () => {
    others.beforeAll(() => void seen.push('never'));
    others.it('runs', () => void seen.push('never'));
  });
  const result = await others.run();
  expect(result).toEqual({
    passed: 4,
    skipped: 3,
    failed: ['outer > 1 is 2', 'outer > expects what is refused'],
  });
  expect(seen.join(' ')).toBe(
    'before all before finished after before after before after before p after before q after before after before after',
  );
  expect(errors).toHaveBeenCalledTimes(2);
  errors.mockRestore();
});

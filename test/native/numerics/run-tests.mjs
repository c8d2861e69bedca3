// Takes the place of Vitest where the tests of test/numerics run in a Node.js of another system, for which Vitest's compilers
// are not installed (bundle.js): what those tests use of it, and nothing else. Tests run one after another in the order in
// which they stand, when all have been defined; `run` prints those that fail.
import { ASYMMETRIC_MATCHERS_OBJECT, JestAsymmetricMatchers, JestChaiExpect, JestExtend, chai } from '@vitest/expect';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

const ours = (/** @type {unknown} */ value, /** @type {string | undefined} */ message) => chai.expect(value, message);
const asymmetric = /** @type {Record<symbol, object>} */ (globalThis)[ASYMMETRIC_MATCHERS_OBJECT];
const unreachable = (/** @type {string} */ message = 'was reached') => {
  throw new Error(message);
};
/** @type {import('vitest').ExpectStatic} */
export const expect = Object.assign(/** @type {any} */ (ours), chai.expect, asymmetric, { unreachable });

/** @typedef {(...values: any[]) => unknown} Body */
/** @typedef {{ name: string, skipped: boolean, body: Body }} Test */
/** @typedef {'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach'} Moment */
/** @typedef {{ name: string, skipped: boolean, children: (Test | Suite)[], hooks: Record<Moment, Body[]> }} Suite */

/** @param {string} name @param {boolean} skipped @returns {Suite} */
const suiteOf = (name, skipped) => ({
  ...{ name, skipped, children: [] },
  hooks: { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] },
});
let current = suiteOf('', false);
/** What the running test leaves to be done at its end. @type {Body[]} */
const atEnd = [];

class Skipped extends Error {}
/** What a test is given. */
const context = {
  skip(/** @type {boolean} */ condition = true) {
    if (condition) throw new Skipped();
  },
};

/** @param {Moment} moment @returns {(body: Body) => void} */
const hook = (moment) => (body) => void current.hooks[moment].push(body);
export const [beforeAll, afterAll] = [hook('beforeAll'), hook('afterAll')];
export const [beforeEach, afterEach] = [hook('beforeEach'), hook('afterEach')];
export const onTestFinished = (/** @type {Body} */ body) => void atEnd.push(body);

/** The name of one of many: `%s` and the like in turn, `$key` of an object. @param {string} name @param {unknown[]} values */
function titled(name, values) {
  const text = (/** @type {unknown} */ value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
  const rest = [...values];
  return name.replaceAll(/%[sdifjo]|\$(\w+)/g, (_, key) =>
    text(key === undefined ? rest.shift() : /** @type {Record<string, unknown>} */ (values[0])[key]),
  );
}

/** @typedef {(name: string, body: Body, options?: unknown) => void} Define */
/** `define` with its ways of repeating and of skipping. @param {(name: string, body: Body, skipped: boolean) => void} define */
function withVariants(define) {
  /** @type {Define} */
  const plain = (name, body) => define(name, body, false);
  /** @type {Define} */
  const skip = (name, body) => define(name, body, true);
  /** @param {boolean} spreads @returns {(table: readonly unknown[]) => Define} */
  const each = (spreads) => (table) => (name, body) => {
    for (const row of table) {
      const values = spreads && Array.isArray(row) ? row : [row];
      define(titled(name, [row].flat()), () => body(...values, context), false);
    }
  };
  const skipIf = (/** @type {unknown} */ condition) => (condition ? skip : plain);
  return Object.assign(plain, { skip, skipIf, each: each(true), for: each(false) });
}

export const it = withVariants((name, body, skipped) => void current.children.push({ name, skipped, body }));

export const describe = withVariants((name, body, skipped) => {
  const [outer, suite] = [current, suiteOf(name, skipped)];
  outer.children.push(suite);
  current = suite;
  body();
  current = outer;
});

/** @param {Body[]} bodies */
async function runAll(bodies) {
  for (const body of bodies) await body();
}

/** Runs all that is defined. @returns {Promise<{ passed: number, skipped: number, failed: string[] }>} */
export async function run() {
  /** @type {{ passed: number, skipped: number, failed: string[] }} */
  const result = { passed: 0, skipped: 0, failed: [] };
  /** @param {string} name @param {() => Promise<void>} body @returns whether it ended well */
  const attempt = async (name, body) => {
    try {
      await body();
      return true;
    } catch (error) {
      result.failed.push(name);
      console.error(`${name}\n${error instanceof Error ? error.stack : String(error)}\n`);
      return false;
    }
  };
  /** @param {Suite} suite @param {Suite[]} outer @param {string} within @param {boolean} leftOut */
  const runSuite = async (suite, outer, within, leftOut) => {
    const around = [...outer, suite];
    if (!leftOut && !(await attempt(`${within}beforeAll`, () => runAll(suite.hooks.beforeAll)))) return;
    for (const child of suite.children) {
      const name = `${within}${child.name}`;
      const skipped = leftOut || child.skipped;
      if ('children' in child) await runSuite(child, around, `${name} > `, skipped);
      else if (skipped) result.skipped++;
      else {
        await attempt(name, async () => {
          try {
            for (const { hooks } of around) await runAll(hooks.beforeEach);
            await child.body(context);
            result.passed++;
          } catch (error) {
            if (!(error instanceof Skipped)) throw error;
            result.skipped++;
          } finally {
            await runAll(atEnd.splice(0).reverse());
            for (const { hooks } of [...around].reverse()) await runAll(hooks.afterEach);
          }
        });
      }
    }
    if (!leftOut) await attempt(`${within}afterAll`, () => runAll(suite.hooks.afterAll));
  };
  await runSuite(current, [], '', false);
  return result;
}

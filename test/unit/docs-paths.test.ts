import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const project = path.resolve(import.meta.dirname, '..', '..');
const ignored = new Set(['node_modules', 'build', 'dist', 'release', 'test-results', '.git', 'shared']);

/** Every file and folder of the project, with slashes, without build outputs. */
function walk(folder: string): string[] {
  return readdirSync(path.join(project, folder), { withFileTypes: true })
    .filter(({ name }) => !ignored.has(name))
    .flatMap((entry) => {
      const inside = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? [inside, ...walk(inside)] : [inside];
    });
}

const tree = walk('');
const manuals = tree.filter((file) => file.endsWith('.md') && statSync(path.join(project, file)).isFile());
const read = (file: string) => readFileSync(path.join(project, file), 'utf8');

/** What programs and libraries that are used here call theirs. */
const ofOthers = new Set([
  ...['local_choice', 'local_rolling', 'local_generate', 'multiple_choice', 'loglikelihood_rolling', 'bits_per_byte'],
  ...['generate_until', 'exact_match', 'max_length', 'TF_GetRegisteredKernelsForOp', 'VK_KHR_cooperative_matrix'],
]);
const sourceExtension = /\.(?:ts|js|mjs|cjs|svelte|css|html|wgsl|cc|h|py|yml|svg|nsh)$/;
const topFolders = [...new Set(tree.filter((file) => file.includes('/')).map((file) => file.split('/')[0]))];
const sources = new Map(
  tree
    .filter((file) => (sourceExtension.test(file) && !file.startsWith('resources/')) || /^[^/]+\.json$/.test(file))
    .map((file) => [file, read(file)]),
);
const words = new Set([...sources.values()].flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []));

/** `{a,b}` written out. */
function expand(name: string): string[] {
  const braces = /\{([^{}]*,[^{}]*)\}/.exec(name);
  if (!braces) return [name];
  return braces[1].split(',').flatMap((choice) => expand(name.replace(braces[0], choice.trim())));
}

/** Files and folders that a name in a manual may mean: a whole path, or the end of one; `*` and `<name>` stand for a part. */
function resolve(name: string): string[] {
  const pattern = name
    .replace(/\/$/, '')
    .replaceAll(/[.+^$()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\*\*|\*|<[^>]*>/g, '[^/]*');
  const end = new RegExp(`(?:^|/)${pattern}$`);
  return tree.filter((file) => end.test(file));
}

/** What in a line of code names something in the repository. */
function namesIn(code: string): { path: string; symbol?: string }[] {
  return code
    .split(/[\s,;()|`'"→]+(?![^{]*\})/)
    .flatMap(expand)
    .flatMap((token) => {
      const [, file, symbol] = /^(.*?)(?::([A-Za-z_$#][\w$.#]*))?[.:]?$/.exec(token)!;
      const rooted = topFolders.some((folder) => file.startsWith(`${folder}/`));
      const source = /^[\w./<>*-]+$/.test(file) && sourceExtension.test(file) && !/^\.\w/.test(file);
      if (/(?:^|\/)(?:build|release|test-results)\/|^https?:|…|\.\.\./.test(file)) return [];
      return rooted || source ? [{ path: file, symbol }] : [];
    });
}

/** The kernel of a gradient is named after its operation. */
const occurs = (name: string) => words.has(name) || words.has(name.replace(/Backward$/, ''));

/** Whether an identifier is one of code: it has a capital or an underscore within. */
const isIdentifier = (text: string) => /^[A-Za-z]\w*(?:[a-z0-9][A-Z]|[a-z]_[a-z])\w*$/.test(text);

interface Mention {
  readonly place: string;
  readonly text: string;
}

/** Code in a manual, by line: spans between backticks, and lines of blocks. */
function codeIn(manual: string, fenced = true): Mention[] {
  let inside = false;
  return read(manual)
    .split('\n')
    .flatMap((line, index) => {
      const place = `${manual}:${index + 1}`;
      if (/^\s*(```|~~~)/.test(line)) {
        inside = !inside;
        return [];
      }
      if (inside) return fenced ? [{ place, text: line }] : [];
      return [...line.matchAll(/`([^`]+)`/g)].map(([, text]) => ({ place, text }));
    });
}

/** What is wrong with the names of the repository in a piece of code. */
function missing(code: string): string[] {
  return namesIn(code).flatMap(({ path: name, symbol }) => {
    const files = resolve(name);
    if (files.length === 0) return [name];
    if (symbol === undefined) return [];
    const parts = symbol
      .split('.')
      .map((part) => new RegExp(`(?<![\\w$#])${part.replaceAll('$', String.raw`\$`)}(?![\\w$])`));
    const holds = files.some((file) => parts.every((part) => part.test(sources.get(file) ?? '')));
    return holds ? [] : [`${name}:${symbol}`];
  });
}

describe('manuals', () => {
  it('are all looked at', () => {
    for (const file of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/tour.md', 'worker/ops/README.md'])
      expect(manuals).toContain(file);
    expect(manuals.filter((file) => file.startsWith('docs/decisions/')).length).toBeGreaterThan(5);
    expect(manuals.flatMap((manual) => codeIn(manual).flatMap(({ text }) => namesIn(text))).length).toBeGreaterThan(
      300,
    );
  });

  it.each(manuals)('%s names files, folders and functions that exist', (manual) => {
    const wrong = codeIn(manual).flatMap(({ place, text }) => missing(text).map((name) => `${place}: ${name}`));
    expect(wrong).toEqual([]);
  });

  it.each(manuals)('%s names identifiers that occur in the sources', (manual) => {
    const wrong = codeIn(manual, false)
      .filter(({ text }) => isIdentifier(text) && !ofOthers.has(text) && !occurs(text))
      .map(({ place, text }) => `${place}: ${text}`);
    expect(wrong).toEqual([]);
  });

  it.each(manuals)('%s links to files that exist', (manual) => {
    const prose = read(manual).replaceAll(/^```[^]*?^```/gm, '');
    const links = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target);
    const local = links.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !existsSync(path.join(project, path.dirname(manual), target)))).toEqual([]);
  });
});

describe('names in manuals', () => {
  it('are found in code, as paths, ends of paths, patterns and functions', () => {
    expect(missing('`worker/ops/{linear,mlp}/contract.ts` → operation.ts:defineOperation')).toEqual([]);
    expect(missing('worker/ops/<operation>/native.ts units-*.wgsl')).toEqual([]);
    expect(missing('the/run.json of HYENA_HOME, build/main/x.js')).toEqual([]);
  });

  it('are reported if nothing has them', () => {
    expect(missing('worker/ops/{linear,nothing}/contract.ts')).toEqual(['worker/ops/nothing/contract.ts']);
    expect(missing('no-such-file.ts')).toEqual(['no-such-file.ts']);
    expect(missing('operation.ts:noSuchFunction')).toEqual(['operation.ts:noSuchFunction']);
    expect(['prefillMore', 'weight_decay', 'LayerNorm'].every(isIdentifier)).toBe(true);
    expect(['Hyena', 'GPU', 'document', '--run'].some(isIdentifier)).toBe(false);
  });
});

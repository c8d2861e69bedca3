import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from './command.ts';

/** The modules that a command loads: how long it takes to start follows from them, on any machine. */
function modulesOf(program: string, ...parameters: string[]): { modules: string[]; output: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-start-'));
  try {
    const { stdout, status, stderr } = spawnSync(process.execPath, [path.join(projectFolder, program), ...parameters], {
      encoding: 'utf8',
      env: {
        ...process.env,
        HYENA_HOME: path.join(folder, 'library'),
        NODE_V8_COVERAGE: path.join(folder, 'coverage'),
      },
    });
    expect(status, stderr).toBe(0);
    const reports = readdirSync(path.join(folder, 'coverage')).map(
      (name) => JSON.parse(readFileSync(path.join(folder, 'coverage', name), 'utf8')) as { result: { url: string }[] },
    );
    const urls = reports.flatMap(({ result }) => result.map(({ url }) => url));
    return { modules: urls.filter((url) => url.startsWith('file://')), output: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const entry = 'build/main/shells/terminal/main.js';
const packagesOf = (modules: readonly string[]): Set<string> =>
  new Set(modules.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []));

/** The chunk that a source leads: its name and a hash. */
const chunkOf = (name: string) => new RegExp(`/chunks/${name}-[\\w-]{8}\\.js$`);

describe('the start of a command', () => {
  it('loads for the help of the whole program what lists its commands', () => {
    const { modules, output } = modulesOf(entry, '--help');
    expect(output).toContain('summarise|summarize');
    expect([...packagesOf(modules)]).toEqual(['commander']);
    expect(modules.length).toBeLessThan(20);
  });

  it('loads for the help of a command that command', () => {
    for (const parameters of [
      ['export', '--help'],
      ['help', 'export'],
    ]) {
      const { modules, output } = modulesOf(entry, ...parameters);
      expect(output).toContain('--to <layout>');
      expect(modules.some((url) => chunkOf('export').test(url))).toBe(true);
      expect(modules.some((url) => chunkOf('train').test(url))).toBe(false);
    }
  });

  it('loads for a list of runs no writers of exports and no window', () => {
    const { modules, output } = modulesOf(entry, 'runs', 'list');
    expect(output).toContain('No runs.');
    expect([...packagesOf(modules)].sort()).toEqual(['commander', 'env-paths', 'minisearch']);
    expect(modules.length).toBeLessThan(120);
  });

  it('builds nothing and asks npm for nothing where all is there', () => {
    const { modules, output } = modulesOf('main/shells/terminal/hyena.js', '--help');
    expect(output).toContain('summarise|summarize');
    expect(modules.length).toBeLessThan(30);
  });
});

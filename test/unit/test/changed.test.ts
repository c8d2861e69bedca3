import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedFiles, choose } from '../../changed.js';

const project = path.resolve(import.meta.dirname, '..', '..', '..');
const groupsFor = (...files: string[]) => choose(files).whole;

describe('npm test -- changed', () => {
  it('runs the groups of webgpu for a shader', () => {
    expect(groupsFor('worker/ops/dropout/dropout.wgsl')).toEqual(['unit', 'webgpu', 'webgpu-numerics']);
    expect(groupsFor('worker/ops/dropout/webgpu.ts')).toEqual(['webgpu', 'webgpu-numerics']);
  });

  it('runs the C++ tests and all of numerics for a native kernel', () => {
    expect(groupsFor('worker/native/kernels/mlp.cc')).toEqual(['native', 'numerics']);
    expect(groupsFor('test/native/mlp.cc')).toEqual(['native']);
  });

  it('runs what starts the program for its host, its shells and the window', () => {
    expect(groupsFor('main/host/runs.ts')).toEqual(['end-to-end']);
    expect(groupsFor('main/host/window/dispatcher.ts')).toEqual(['end-to-end', 'window']);
    expect(groupsFor('main/shells/desktop/menu.ts')).toEqual(['desktop']);
    expect(groupsFor('renderer/App.svelte')).toEqual(['window']);
  });

  it('leaves tests of modules to the graph of imports, and runs a changed test of the program alone', () => {
    const operation = choose(['worker/ops/dropout/composed.ts']);
    expect(operation.whole).toEqual([]);
    expect(operation.related).toEqual(['unit', 'renderer', 'fuzz', 'numerics']);
    expect(choose(['test/end-to-end/runs.test.ts']).related).toContain('end-to-end');
    expect(choose(['docs/cli.md'])).toEqual({ checks: { format: ['docs/cli.md'] }, whole: ['unit'], related: [] });
  });

  it('reads only changed files for format and boundaries', () => {
    const { checks } = choose(['renderer/App.svelte', 'main/host/runs.ts']);
    expect(checks).toMatchObject({
      format: ['renderer/App.svelte', 'main/host/runs.ts'],
      lint: null,
      boundaries: ['main/host/runs.ts'],
      'lint-svelte': ['renderer/App.svelte'],
      'renderer-types': null,
    });
  });

  it.skipIf(!existsSync(path.join(project, '.git')))('refuses a base that git does not know', () => {
    expect(() => changedFiles('no-such-commit')).toThrow(/no-such-commit/);
  });
});

describe('npm test -- --help', () => {
  const run = (...parameters: string[]) =>
    spawnSync(process.execPath, [path.join(project, 'test', 'run.js'), ...parameters], { encoding: 'utf8' });

  it('describes every group', () => {
    const { stdout, status } = run('--help');
    expect(status).toBe(0);
    const described = [...stdout.matchAll(/^ {2}[ *] ([a-z-]+) {2,}(\S.*)$/gm)];
    expect(described.length).toBeGreaterThan(20);
    expect(described.filter(([, , meaning]) => meaning === 'undefined')).toEqual([]);
    expect(described.map(([, name]) => name)).toEqual(expect.arrayContaining(['knip', 'unit', 'window', 'words']));
  });

  it('is shown for a group that does not exist', () => {
    const { stderr, status } = run('numeric');
    expect(status).toBe(2);
    expect(stderr).toContain('There is no group of tests named numeric.');
    expect(stderr).toContain('Usage: npm test');
  });
});

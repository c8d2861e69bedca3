import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allFields } from '../../main/contract/fields.ts';
import { projectFolder, TestLibrary } from './command.ts';

let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.make();
});
afterAll(() => place.remove());

const verbs: [string, string[]][] = [
  ['', ['devices', 'setup', 'data', 'train', 'resume', 'runs', 'eval', 'generate', 'bench', 'estimate']],
  ['devices', ['--json']],
  ['data', ['add', 'list', 'show', 'remove']],
  ['data add', ['--name', '--tokenizer', '--validation', '--json']],
  ['data list', ['--json']],
  ['data show', ['--json']],
  ['data remove', ['--json']],
  ['train', ['--data', '--preset', '--config', '--set', '--run', '--device', '--seed', '--json']],
  ['resume', ['--device', '--json']],
  ['setup', ['--plan', '--remove', '--library', '--binding', '--cuda-libraries', '--json']],
  ['runs', ['list', 'show', 'remove', 'compare']],
  ['runs list', ['--json']],
  ['runs show', ['--json']],
  ['runs remove', ['--json']],
  ['runs compare', ['--json']],
  ['eval', ['--data', '--file', '--json']],
  [
    'generate',
    ['--prompt', '--prompt-file', '--max-tokens', '--temperature', '--top-k', '--top-p', '--min-p'].concat([
      ...['--repetition-penalty', '--seed', '--stop', '--json'],
    ]),
  ],
  ...(['train', 'convolution', 'attention', 'generate'] as const).map((what): [string, string[]] => [
    `bench ${what}`,
    ['--d-model', '--layers', '--vocab', '--length', '--batch', '--device', '--steps', '--json'],
  ]),
  ['bench prefill', ['--layers', '--n-layer', '--lengths', '--preset', '--run', '--set', '--device', '--json']],
  ['estimate', ['--preset', '--set', '--json']],
];

describe('help', () => {
  it.each(verbs)('help of "hyena %s" names all there is, on stdout', async (verb, expected) => {
    const { code, stdout, stderr } = await place.hyena(...verb.split(' ').filter(Boolean), '--help');
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const word of expected) expect(stdout).toContain(word);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain('\u001b');
  });

  it('help of train has every key of the configuration with its default', async () => {
    const { stdout } = await place.hyena('train', '--help');
    for (const { path: key, section } of allFields()) if (section !== 'run') expect(stdout).toContain(`  ${key} = `);
  });
});

describe('wrong usage', () => {
  it.each([
    [[], /Usage: hyena/],
    [['trian'], /unknown command 'trian'[\s\S]*Did you mean train/],
    [['data'], /Usage: hyena data/],
    [['runs', 'list', '--jsno'], /unknown option '--jsno'/],
    [['data', 'add', 'x.txt'], /required option '--name <name>'/],
    [['data', 'add', '--name', 'x'], /missing required argument 'path'/],
    [['data', 'add', 'x.txt', '--name', '../x'], /is not a valid name for a data set/],
    [['data', 'add', 'x.txt', '--name', 'x', '--validation', '2'], /--validation.*from 0 to 0.9/],
    [['train'], /dataset is missing/],
    [['train', '--data', 'x', '--preset', 'huge'], /Unknown preset: huge[\s\S]*tiny/],
    [['train', '--data', 'x', '--set', 'd_modle=3'], /Unknown key: d_modle. Did you mean d_model/],
    [['train', '--data', 'x', '--set', 'd_model'], /does not have the form key=value/],
    [
      ['train', '--data', 'x', '--set', 'd_model=2'],
      /model.d_model \(channels\) must be a whole number from 4 to 16,384/,
    ],
    [['train', '--data', 'x', '--set', 'emb_dim=4'], /model.emb_dim must be odd/],
    [['train', '--data', 'x', '--seed', '-1'], /--seed.*from 0 to 4,294,967,295/],
    [['resume', '..'], /is not a valid name for a run/],
    [['runs', 'compare', 'one'], /missing required argument/],
    [['eval', 'x', '--data', 'a', '--file', 'b'], /cannot be used with/],
    [['generate', 'x'], /No prompt given/],
    [['generate', 'x', '--prompt', 'a', '--prompt-file', 'b'], /cannot be used with/],
    [['generate', 'x', '--prompt', 'a', '--temperature', 'hot'], /--temperature.*a number from 0 to 10/],
    [['generate', 'x', '--prompt', 'a', '--top-p', '0'], /--top-p.*above 0 up to 1/],
    [['bench', 'everything'], /unknown command|Usage/],
    [['bench', 'train', '--layers', '0'], /--layers.*from 1/],
    [['bench', 'prefill', '--lengths', '0'], /--lengths.*from 1 to 16777216/],
    [['bench', 'prefill', '--layers', 'hyaena'], /mixer hyaena not found/],
    [['estimate', '--set', 'l_max=64', '--set', 'sequence_length=128'], /exceeds model.l_max/],
  ] as [string[], RegExp][])('hyena %j ends with 2 and says why', async (parameters, message) => {
    const { code, stdout, stderr } = await place.hyena(...parameters);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('what is not there', () => {
  it.each([
    [['data', 'show', 'none'], /Data set 'none' not found/],
    [['data', 'remove', 'none'], /Data set 'none' not found/],
    [['train', '--data', 'none'], /Data set 'none' not found[\s\S]*hyena data add/],
    [['runs', 'show', 'none'], /Run 'none' not found/],
    [['runs', 'remove', 'none'], /Run 'none' not found/],
    [['resume', 'none'], /Run 'none' not found/],
    [['eval', 'none'], /Run 'none' not found/],
    [['generate', 'none', '--prompt', 'x'], /Run 'none' not found/],
    [['generate', 'none', '--prompt-file', 'nowhere.txt'], /Cannot read the prompt/],
    [['data', 'add', 'nowhere.txt', '--name', 'x'], /nowhere.txt/],
    [['train', '--data', 'x', '--config', 'nowhere.json'], /Cannot read the configuration nowhere.json/],
  ] as [string[], RegExp][])('hyena %j ends with 1 and says so', async (parameters, message) => {
    const { code, stderr } = await place.hyena(...parameters);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
  });

  it('is told as JSON too where JSON was asked for', async () => {
    const { code, stdout } = await place.hyena('runs', 'show', 'none', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'error', code: 'not-found' });
  });
});

describe('the command', () => {
  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect((await place.hyena('--version')).stdout.trim()).toBe(version);
  });

  it('is found by npx in the project without the network', () => {
    const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
    const messages = execFileSync(npx, ['--offline', '--no', 'hyena', '--version'], {
      cwd: projectFolder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(messages.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

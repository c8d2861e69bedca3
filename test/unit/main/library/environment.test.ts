import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentVariables } from '../../../../main/library/environment.ts';

const project = path.resolve(import.meta.dirname, '..', '..', '..', '..');
const declaration = 'main/library/environment.ts';

/** The sources that are in the project: those that git knows, or all where it is no checkout. */
const sources = (
  existsSync(path.join(project, '.git'))
    ? execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'main', 'worker', 'test'], {
        cwd: project,
        encoding: 'utf8',
      }).split('\n')
    : ['main', 'worker', 'test'].flatMap((folder) =>
        readdirSync(path.join(project, folder), { recursive: true, encoding: 'utf8' }).map(
          (file) => `${folder}/${file.replaceAll(path.sep, '/')}`,
        ),
      )
)
  .filter((file) => /\.(ts|js|mjs|cc|h)$/.test(file) && !/\/build\//.test(file) && file !== declaration)
  .filter((file) => file !== 'test/unit/main/library/environment.test.ts' && existsSync(path.join(project, file)))
  .map((file) => ({ file, text: readFileSync(path.join(project, file), 'utf8') }));

/** The ways in which sources read a variable, the name in the first group that is there. */
const reads = new RegExp(
  [
    String.raw`\bvariable\('([A-Z][A-Z0-9_]*)'`,
    String.raw`\bprocess\.env(?:\.|\[')([A-Za-z][A-Za-z0-9_]*)`,
    String.raw`\bgetenv\("([A-Z][A-Z0-9_]*)"`,
    String.raw`\bdevicesNamedBy\('([A-Z][A-Z0-9_]*)'`,
    String.raw`\bdelete environment(?:\.|\[')([A-Z][A-Z0-9_]*)`,
    String.raw`\bwatchdogVariable = '([A-Z][A-Z0-9_]*)'`,
    String.raw`const \{ ([A-Z][A-Z0-9_]*)[^}]*\} = process\.env`,
  ].join('|'),
  'g',
);
const readings = sources.flatMap(({ file, text }) =>
  [...text.matchAll(reads)].map((match) => ({ file, name: match.slice(1).find((group) => group !== undefined)! })),
);

/** What tests set for programs that they start themselves, and what npm and the system always have. */
const ofTests = /^(HYENA_TEST_\w+|STAND_IN_\w+|FAKE_\w+|STEP|PATH|GOBIN|XDG_CONFIG_HOME|npm_execpath)$/;

/** Rows of the table with a heading, their cells without what pads them. */
function tableOf(file: string, heading: string): string[][] {
  const text = readFileSync(path.join(project, file), 'utf8');
  const section = text.slice(text.indexOf(`\n${heading}\n`) + heading.length + 2).split(/^#/m)[0];
  return [...section.matchAll(/^\| (`.*)\|$/gm)].map(([, row]) => row.split('|').map((cell) => cell.trim()));
}
const rowsFor = (...kinds: string[]) =>
  Object.entries(environmentVariables)
    .filter(([, entry]) => kinds.includes(entry.for))
    .map(([name, { meaning, otherwise }]) => [`\`${name}\``, meaning, otherwise]);

describe('environment variables', () => {
  it('are taken from Node.js in one module of the program', () => {
    const others = sources.filter(({ file }) => /^(main|worker)\/.*\.ts$/.test(file));
    expect(others.length).toBeGreaterThan(300);
    expect(others.filter(({ text }) => text.includes('process.env')).map(({ file }) => file)).toEqual([]);
  });

  it('are declared, whoever reads them: scripts before the build, C++ and tests too', () => {
    expect(readings.length).toBeGreaterThan(60);
    const undeclared = readings.filter(({ name }) => !(name in environmentVariables) && !ofTests.test(name));
    expect(undeclared).toEqual([]);
  });

  it.each(Object.entries(environmentVariables))('%s is read where its declaration says', (name, entry) => {
    const isWork = entry.for === 'work';
    const areas = readings
      .filter((reading) => reading.name === name && (isWork || !reading.file.startsWith('test/')))
      .map(({ file }) => file.split('/').slice(0, 2).join('/'));
    expect([...new Set(areas)].sort()).toEqual(entry.readBy.filter((area) => area !== 'Node.js'));
  });

  it('are in the table of docs/cli.md, those of a person and of the system', () => {
    expect(tableOf('docs/cli.md', '## Environment')).toEqual(rowsFor('use', 'system'));
  });

  it('are in the table of CONTRIBUTING.md, those of tests, builds and packages', () => {
    expect(tableOf('CONTRIBUTING.md', '## Environment')).toEqual(rowsFor('work'));
  });
});

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { allFields } from '../../contract/fields.ts';
import { languages, loadLanguage } from '../../contract/messages/language.ts';
import { en } from '../../contract/messages/window/en.ts';
import { presets } from '../../contract/presets.ts';
import { editCatalogue, keysOf, toReview } from './catalogue-file.ts';
import { findRenames, type Known, type Rename } from './renames.ts';
import {
  contractKeys,
  findTemplates,
  isSource,
  sentencesIn,
  sourceFiles,
  translatable,
  type Sentence,
} from './sentences.ts';

const project = path.resolve(import.meta.dirname, '..', '..', '..');
const folder = path.join(project, 'main', 'contract', 'messages', 'sentences');

const usage = `npm run messages [-- OPTIONS]

Updates the translations of the sentences of host and workers to the English in the sources: the translation of a
reworded sentence moves to its new key and is marked for review, unused translations are removed, and missing ones are
listed. Ambiguous cases are listed and left unchanged.

  --check            changes nothing; fails if something would be changed or is ambiguous
  --since COMMIT     commit to compare the sources with (default: HEAD)
  --rename OLD NEW   OLD became NEW (may be repeated)
  --remove           also removes ambiguous translations
`;

interface File {
  readonly name: string;
  readonly language: string;
  text: string;
}

/** Formats a file as the project's are. */
function format(file: string): void {
  execFileSync(process.execPath, [path.join(project, 'node_modules', 'oxfmt', 'bin', 'oxfmt'), file], { cwd: project });
}

/** What the files said before they were changed; nothing where Git does not tell. */
function earlier(since: string): Sentence[] {
  const git = (...parameters: string[]): string =>
    execFileSync('git', parameters, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  let changed: string[];
  try {
    changed = git('diff', '--no-renames', '--name-only', '--diff-filter=MD', '-z', since).split('\0').filter(isSource);
  } catch {
    return [];
  }
  return changed.flatMap((file) => sentencesIn(file, git('show', `${since}:${file}`)).templates);
}

/** Sentences with every place of theirs. Values that differ from place to place are not known. */
function known(templates: readonly string[], sentences: readonly Sentence[]): Known[] {
  return templates.map((template) => {
    const places = sentences.filter((one) => one.template === template);
    const spellings = new Set(places.map(({ values }) => JSON.stringify(values)));
    return { template, files: places.map(({ file }) => file), values: spellings.size === 1 ? places[0].values : null };
  });
}

/** A source that cannot be parsed would seem to have lost its sentences. */
function assertWhole(): void {
  for (const file of sourceFiles()) {
    const text = readFileSync(path.join(project, file), 'utf8');
    if (!text.includes('msg')) continue;
    const { diagnostics } = ts.transpileModule(text, {
      fileName: file,
      reportDiagnostics: true,
      compilerOptions: { target: ts.ScriptTarget.ESNext },
    });
    const [problem] = diagnostics?.filter(({ category }) => category === ts.DiagnosticCategory.Error) ?? [];
    if (problem)
      throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}. Nothing was changed.`);
  }
}

async function report(files: readonly File[], sentences: readonly string[]): Promise<void> {
  const keys = [...Object.keys(en), ...contractKeys(Object.keys(en), allFields(), Object.keys(presets))];
  for (const language of languages.filter((one) => one !== 'en')) {
    const own = files.filter((file) => file.language === language);
    const has = new Set(own.flatMap(({ text }) => keysOf(text)));
    const { messages } = await loadLanguage(language, []);
    const missing = [
      ...sentences.filter((template) => !has.has(template)).map((template) => JSON.stringify(template)),
      ...keys.filter((key) => !Object.hasOwn(messages, key)),
    ];
    const unread = own.reduce((sum, { text }) => sum + toReview(text), 0);
    console.log(`${language}: ${missing.length} missing, ${unread} to review`);
    for (const one of missing) console.log(`  missing ${one}`);
  }
}

/** Does what the usage says. */
async function run(parameters: readonly string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: {
      check: { type: 'boolean', default: false },
      since: { type: 'string', default: 'HEAD' },
      rename: { type: 'string', multiple: true, default: [] },
      remove: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values.help || positionals.length !== values.rename.length) {
    console.log(usage);
    return values.help;
  }
  const announced = findTemplates().templates;
  const sentences = translatable();
  const files: File[] = readdirSync(folder).map((name) => {
    return { name, language: name.slice(0, 2), text: readFileSync(path.join(folder, name), 'utf8') };
  });
  const perLanguage = new Map<string, Set<string>>();
  for (const { language, text } of files)
    perLanguage.set(language, new Set([...(perLanguage.get(language) ?? []), ...keysOf(text)]));

  const used = new Set(sentences);
  const translated = new Set([...perLanguage.values()].flatMap((keys) => [...keys]));
  const everywhere = (template: string) => [...perLanguage.values()].every((keys) => keys.has(template));
  const byHand: Rename[] = values.rename.map((from, index) => ({ from, to: positionals[index], order: null }));
  for (const { from, to } of byHand)
    if (!translated.has(from) || !used.has(to))
      throw new Error(
        `${JSON.stringify(translated.has(from) ? to : from)} is not a sentence of this program. Nothing was changed.`,
      );
  const settled = new Set(byHand.flatMap(({ from, to }) => [from, to]));
  const open = (template: string) => !settled.has(template);
  const gone = [...translated].filter((template) => !used.has(template)).filter(open);
  const fresh = sentences.filter((template) => !everywhere(template)).filter(open);
  const found = findRenames(known(gone, gone.length > 0 ? earlier(values.since) : []), known(fresh, announced));
  const renames = [...byHand, ...found.renames];
  const doubts = values.remove ? [] : found.doubts;
  const kept = new Set([...renames, ...doubts].map(({ from }) => from));
  const removed = new Set(gone.filter((template) => !kept.has(template)));

  for (const { from, to } of renames) console.log(`renamed ${JSON.stringify(from)}\n     to ${JSON.stringify(to)}`);
  for (const template of removed) console.log(`removed ${JSON.stringify(template)}`);
  for (const { from, candidates, why } of doubts) {
    console.log(`ambiguous ${JSON.stringify(from)}: ${why}`);
    for (const one of candidates) console.log(`       ? ${JSON.stringify(one)}`);
  }
  if (doubts.length > 0) console.log('Resolve these with --rename OLD NEW, or remove the translations with --remove.');

  const changes = renames.length + removed.size;
  if (changes > 0 && !values.check) {
    assertWhole();
    for (const file of files) {
      const edited = editCatalogue(file.text, { renames, removed }, (key) => perLanguage.get(file.language)!.has(key));
      if (edited === file.text) continue;
      const place = path.join(folder, file.name);
      writeFileSync(place, edited);
      format(place);
      file.text = readFileSync(place, 'utf8');
    }
  }
  await report(files, sentences);
  return values.check ? changes + doubts.length === 0 : doubts.length === 0;
}

// Here and not in messages.js: Vite loads the languages only while this module itself is being loaded.
if (!(await run(process.argv.slice(2)))) process.exitCode = 1;

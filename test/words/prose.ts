import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import ts from 'typescript';
import { allFields } from '../../main/contract/fields.ts';
import { findTemplates } from '../../main/setup/messages/sentences.ts';
import { Output } from '../../main/shells/terminal/output.ts';
import { createProgram, define } from '../../main/shells/terminal/program.ts';

const project = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(project, file), 'utf8');

/** A piece of English that people read. */
export interface Piece {
  /** From the project's folder. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Where a text stands in some sources: at its longest stretch without values; the first file where none has it. */
function placeOf(text: string, files: readonly string[]): Pick<Piece, 'file' | 'line'> {
  const [longest = text] = text.split(/\{[^}]*\}|\n/).sort((a, b) => b.length - a.length);
  for (const file of files) {
    const source = read(file);
    for (const form of [longest, longest.replaceAll("'", "\\'"), longest.slice(0, 25)]) {
      const at = source.indexOf(form);
      if (at >= 0) return { file, line: lineAt(source, at) };
    }
  }
  return { file: files[0], line: 1 };
}

const filesIn = (folder: string, pattern: RegExp): string[] =>
  readdirSync(path.join(project, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
    .filter((file) => pattern.test(file))
    .sort();

/** The strings of the window's English catalogues. */
function windowMessages(): Piece[] {
  return filesIn('main/contract/messages/window', /(^|[/-])en\.ts$/).flatMap((file) => {
    const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
    const pieces: Piece[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAssignment(node)) ts.forEachChild(node.initializer, visit);
      if (ts.isPropertyAssignment(node) && ts.isStringLiteralLike(node.initializer))
        pieces.push({ file, line: lineAt(source.text, node.initializer.getStart()), text: node.initializer.text });
      if (!ts.isPropertyAssignment(node)) ts.forEachChild(node, visit);
    };
    visit(source);
    return pieces;
  });
}

/** Every sentence that the program composes: of errors, hints, notices. */
const sentences = (): Piece[] =>
  findTemplates().templates.map(({ template, file }) => ({ ...placeOf(template, [file]), text: template }));

/** The program of the command line with all of its commands defined, without a host. */
export async function commandLine(): Promise<Command> {
  const context = { host: () => Promise.reject(new Error('no host here')), output: () => new Output() };
  const program = createProgram(() => Promise.resolve(context), '1');
  for (const command of program.commands) await define(command);
  return program;
}

/** Descriptions of verbs, arguments and options, and what stands after the help. */
async function help(): Promise<Piece[]> {
  const files = filesIn('main/shells/terminal', /\.ts$/);
  const texts = new Set<string>();
  const visit = (command: Command): void => {
    texts.add(command.description());
    for (const { description } of [...command.options, ...command.registeredArguments]) texts.add(description);
    command.commands.forEach(visit);
  };
  visit(await commandLine());
  return [...texts].filter(Boolean).map((text) => ({ ...placeOf(text, files), text }));
}

const programFiles = (): string[] => ['main', 'worker'].flatMap((folder) => filesIn(folder, /\.[jt]s$/));

/** The text of a literal, with `…` for values; of a node of another kind undefined. */
function literalText(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join('…');
  return undefined;
}

/** The literals of a file for which, or for one of whose ancestors, `chosen` holds. */
function literalsIn(file: string, chosen: (node: ts.Node) => boolean): Piece[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const pieces: Piece[] = [];
  const visit = (node: ts.Node, within: boolean): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const inside = within || chosen(node);
    const text = inside ? literalText(node) : undefined;
    if (text !== undefined) pieces.push({ file, line: lineAt(source.text, node.getStart()), text });
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(source, false);
  return pieces;
}

/** Descriptions of the schemas: `z.string().describe('…')`. */
const descriptions = (): Piece[] =>
  programFiles().flatMap((file) =>
    literalsIn(
      file,
      (node) =>
        node.kind !== ts.SyntaxKind.SourceFile &&
        ts.isCallExpression(node.parent) &&
        node.parent.arguments.some((argument) => argument === node) &&
        ts.isPropertyAccessExpression(node.parent.expression) &&
        node.parent.expression.name.text === 'describe',
    ),
  );

/** Every string of the shells and of the setup scripts: lines of the terminal, errors of the API and of the server. */
const shells = (): Piece[] =>
  programFiles()
    .filter((file) => /^main\/(shells|setup)\//.test(file))
    .flatMap((file) => literalsIn(file, () => true));

/** Titles and descriptions of the configuration's fields. */
const fields = (): Piece[] =>
  allFields().flatMap(({ title, description }) =>
    [title, description].map((text) => ({ ...placeOf(text, configurationFiles()), text })),
  );

const configurationFiles = (): string[] => [
  'main/contract/configuration.ts',
  'main/contract/model-configuration.ts',
  ...filesIn('main/contract/mixers', /settings\.ts$/),
];

const manuals = (): string[] => [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'worker/ops/README.md',
  ...filesIn('docs', /\.md$/),
];

/** Lines of the manuals, without blocks and spans of code. */
function manualLines(): Piece[] {
  return manuals().flatMap((file) => {
    let fenced = false;
    return read(file)
      .split('\n')
      .flatMap((line, index) => {
        const fence = /^\s*(```|~~~)/.test(line);
        if (fence) fenced = !fenced;
        return fence || fenced ? [] : [{ file, line: index + 1, text: line.replaceAll(/`[^`]*`/g, '`…`') }];
      });
  });
}

/** All that a person reads of this program, in English. */
export const prose = async (): Promise<Piece[]> => [
  ...windowMessages(),
  ...sentences(),
  ...descriptions(),
  ...shells(),
  ...(await help()),
  ...fields(),
  ...manualLines(),
];

/** Code in the manuals: spans between backticks, and lines of blocks. */
export function codeInManuals(): Piece[] {
  return manuals().flatMap((file) => {
    let fenced = false;
    return read(file)
      .split('\n')
      .flatMap((line, index): Piece[] => {
        if (/^\s*(```|~~~)/.test(line)) {
          fenced = !fenced;
          return [];
        }
        const texts = fenced ? [line] : [...line.matchAll(/`([^`]*)`/g)].map(([, text]) => text);
        return texts.map((text) => ({ file, line: index + 1, text }));
      });
  });
}

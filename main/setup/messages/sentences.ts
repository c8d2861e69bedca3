import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { allFields } from '../../contract/fields.ts';
import { containsText } from '../../contract/message.ts';

/** Keys that the contract names in English itself, and other languages translate besides. */
export const contractKeys = (
  english: readonly string[],
  fields: ReturnType<typeof allFields>,
  presetNames: readonly string[],
): string[] =>
  [
    ...fields.flatMap(({ key, section }) => (section === 'run' ? [] : [`field.${key}`, `field.${key}.help`])),
    ...new Set(fields.flatMap(({ unit }) => (unit === undefined ? [] : [`unit.${unit}`]))),
    ...presetNames.map((name) => `preset.${name}`),
  ].filter((key) => !english.includes(key));

/** Every sentence and unit that a translation may have. */
export const translatable = (): string[] =>
  [
    ...new Set([
      ...findTemplates().templates.map(({ template }) => template),
      ...allFields().flatMap(({ unit }) => unit ?? []),
    ]),
  ].filter(containsText);

const project = path.resolve(import.meta.dirname, '..', '..', '..');

/** A sentence that host, workers or the window's connection tell, as `main/contract/message.ts` has it. */
export interface Sentence {
  readonly template: string;
  /** The expressions that `{0}`, `{1}` stand for: what tells whether a rewritten sentence has them in another order. */
  readonly values: readonly string[];
  /** From the project's folder: `worker/index.ts`. */
  readonly file: string;
}

/** A text of an error that no message file can hold, as far as can be seen where it stands. */
export interface PlainString {
  readonly file: string;
  readonly text: string;
}

/** Functions that give a told sentence. */
const messageFunctions = new Set(['toMessage', 'messageOf', 'suggest', 'msg', 'joinMessages', 'unknownKey', 'refusal']);

/**
 * Every sentence that is reported: the template literals tagged `msg`, and the literal messages, `kept` and `hint` of
 * every HyenaError. A message of code `internal` speaks to who mends the program: it may stay English, whatever it
 * says.
 */
export function findTemplates(): { templates: Sentence[]; untold: PlainString[] } {
  const templates: Sentence[] = [];
  const plain: PlainString[] = [];
  for (const file of sourceFiles()) {
    const found = sentencesIn(file, readFileSync(path.join(project, file), 'utf8'));
    templates.push(...found.templates);
    plain.push(...found.untold);
  }
  return { templates, untold: plain };
}

/** Files that may tell something, from the project's folder. */
export const sourceFiles = (): string[] =>
  ['main', 'worker', 'renderer'].flatMap((folder) =>
    readdirSync(path.join(project, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
      .filter(isSource),
  );

/** Whether a file may tell something. */
export const isSource = (file: string): boolean =>
  /^(main|worker|renderer)\/.*\.ts$/.test(file) &&
  !file.includes('/contract/messages/') &&
  !file.includes('/setup/messages/') &&
  !file.includes('/node_modules/');

/** The sentences of one file, in its order. */
export function sentencesIn(file: string, text: string): { templates: Sentence[]; untold: PlainString[] } {
  if (!text.includes('msg`') && !text.includes('new HyenaError(') && !text.includes('toMessage('))
    return { templates: [], untold: [] };
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const templates: Sentence[] = [];
  const plain: PlainString[] = [];
  const constants = constantsOf(source);
  const found = (template: string, values: readonly string[] = []): void => {
    templates.push({ template, values, file });
  };
  const unknown = (node: ts.Node): void => {
    plain.push({ text: node.getText(), file });
  };

  const look = (text: ts.Expression): void => {
    if (ts.isStringLiteral(text) || ts.isNoSubstitutionTemplateLiteral(text)) found(text.text);
    else if (ts.isParenthesizedExpression(text)) look(text.expression);
    else if (ts.isConditionalExpression(text)) [text.whenTrue, text.whenFalse].forEach(look);
    else if (ts.isBinaryExpression(text) && text.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
      look(text.right);
    else if (ts.isBinaryExpression(text)) [text.left, text.right].forEach(look);
    else if (ts.isTaggedTemplateExpression(text) && text.tag.getText() === 'msg') return;
    else if (ts.isCallExpression(text) && messageFunctions.has(text.expression.getText())) return;
    else if (/(\b(sentences|messages)\.(message|kept|hint)|^undefined)$/.test(text.getText())) return;
    else if (ts.isIdentifier(text) && constants.has(text.text)) look(constants.get(text.text)!);
    else unknown(text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'msg') {
      const { template } = node;
      if (ts.isNoSubstitutionTemplateLiteral(template)) found(template.text);
      else
        found(
          templateOf(template),
          template.templateSpans.map(({ expression }) => expression.getText()),
        );
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'HyenaError') {
      const [code, message, details] = node.arguments ?? [];
      if (message && code?.getText() !== "'internal'") look(message);
      if (details && ts.isObjectLiteralExpression(details)) details.properties.forEach(lookAt);
      else if (details) unknown(details);
    }
    if (ts.isCallExpression(node) && node.expression.getText() === 'toMessage') lookWithin(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  /** Of what is made a sentence only here, the words that stand there. */
  const lookWithin = (text: ts.Expression): void => {
    if (ts.isStringLiteral(text)) found(text.text);
    else if (ts.isConditionalExpression(text)) [text.whenTrue, text.whenFalse].forEach(lookWithin);
    else if (ts.isBinaryExpression(text)) [text.left, text.right].forEach(lookWithin);
  };
  const lookAt = (property: ts.ObjectLiteralElementLike): void => {
    if (!['kept', 'hint'].includes(property.name?.getText() ?? '')) return;
    if (ts.isPropertyAssignment(property)) look(property.initializer);
    else if (ts.isShorthandPropertyAssignment(property)) look(property.name);
  };
  visit(source);
  return { templates, untold: plain };
}

const templateOf = (template: ts.TemplateExpression): string =>
  template.head.text + template.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`).join('');

/** What the names of a file stand for that are declared once, by `const`. */
function constantsOf(source: ts.SourceFile): Map<string, ts.Expression> {
  const found = new Map<string, ts.Expression[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      found.set(node.name.text, [...(found.get(node.name.text) ?? []), node.initializer]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return new Map([...found].flatMap(([name, [only, ...others]]) => (others.length === 0 ? [[name, only]] : [])));
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { allFields } from '../main/contract/fields.ts';
import { hasWords } from '../main/contract/told.ts';

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
  ].filter(hasWords);

const project = path.resolve(import.meta.dirname, '..');

/** A sentence that host, workers or the window's connection tell, as `main/contract/told.ts` has it. */
export interface Template {
  readonly template: string;
  /** From the project's folder: `worker/index.ts`. */
  readonly file: string;
}

/** A text of an error that no message file can hold, as far as can be seen where it stands. */
export interface Untold {
  readonly file: string;
  readonly text: string;
}

/** Functions that give a told sentence. */
const tellers = new Set(['asTold', 'said', 'suggest', 'told', 'toldTogether', 'unknownKey', 'refusal']);

/**
 * Every sentence that is told: the template literals tagged `told`, and the literal messages, `kept` and `hint` of every
 * HyenaError. A message of code `internal` speaks to who mends the program: it may stay English, whatever it says.
 */
export function findTemplates(): { templates: Template[]; untold: Untold[] } {
  const templates: Template[] = [];
  const untold: Untold[] = [];
  for (const folder of ['main', 'worker', 'renderer'])
    for (const name of readdirSync(path.join(project, folder), { recursive: true, encoding: 'utf8' })) {
      const file = `${folder}/${name.replaceAll(path.sep, '/')}`;
      if (!file.endsWith('.ts') || file.includes('/i18n/') || file.includes('/node_modules/')) continue;
      const text = readFileSync(path.join(project, file), 'utf8');
      if (!text.includes('told`') && !text.includes('new HyenaError(')) continue;
      const found = templatesIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
      templates.push(...found.templates.map((template) => ({ template, file })));
      untold.push(...found.untold.map((one) => ({ text: one, file })));
    }
  return { templates, untold };
}

function templatesIn(source: ts.SourceFile): { templates: string[]; untold: string[] } {
  const templates: string[] = [];
  const untold: string[] = [];
  const constants = constantsOf(source);

  const look = (text: ts.Expression): void => {
    if (ts.isStringLiteral(text) || ts.isNoSubstitutionTemplateLiteral(text)) templates.push(text.text);
    else if (ts.isParenthesizedExpression(text)) look(text.expression);
    else if (ts.isConditionalExpression(text)) [text.whenTrue, text.whenFalse].forEach(look);
    else if (ts.isBinaryExpression(text) && text.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
      look(text.right);
    else if (ts.isBinaryExpression(text)) [text.left, text.right].forEach(look);
    else if (ts.isTaggedTemplateExpression(text) && text.tag.getText() === 'told') return;
    else if (ts.isCallExpression(text) && tellers.has(text.expression.getText())) return;
    else if (/(\btold\.(message|kept|hint)|^undefined)$/.test(text.getText())) return;
    else if (ts.isIdentifier(text) && constants.has(text.text)) look(constants.get(text.text)!);
    else untold.push(text.getText());
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'told') templates.push(templateOf(node.template));
    if (ts.isNewExpression(node) && node.expression.getText() === 'HyenaError') {
      const [code, message, details] = node.arguments ?? [];
      if (message && code?.getText() !== "'internal'") look(message);
      if (details && ts.isObjectLiteralExpression(details)) details.properties.forEach(lookAt);
      else if (details) untold.push(details.getText());
    }
    if (ts.isCallExpression(node) && node.expression.getText() === 'asTold') lookWithin(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  /** Of what is made a sentence only here, the words that stand there. */
  const lookWithin = (text: ts.Expression): void => {
    if (ts.isStringLiteral(text)) templates.push(text.text);
    else if (ts.isConditionalExpression(text)) [text.whenTrue, text.whenFalse].forEach(lookWithin);
    else if (ts.isBinaryExpression(text)) [text.left, text.right].forEach(lookWithin);
  };
  const lookAt = (property: ts.ObjectLiteralElementLike): void => {
    if (!['kept', 'hint'].includes(property.name?.getText() ?? '')) return;
    if (ts.isPropertyAssignment(property)) look(property.initializer);
    else if (ts.isShorthandPropertyAssignment(property)) look(property.name);
  };
  visit(source);
  return { templates, untold };
}

function templateOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.head.text + template.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`).join('');
}

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

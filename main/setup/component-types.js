// For ESLint: the scripts of all components in one program of TypeScript. A project service, which typescript-eslint
// would use, makes a new program for each component, since their scripts replace what it had read from the disk, and then
// computes the types of all that they import again.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** @typedef {{ filePath: string, projectService?: unknown, programs?: ts.Program[], parser?: Parser }} Options */
/** @typedef {{ parseForESLint: (code: string, options: Options) => unknown }} Parser */

/**
 * The TypeScript that ESLint's parser of components makes of one: the script, then the expressions of its markup.
 * @param {string} file @param {Parser} components @param {Parser} scripts
 */
function scriptOf(file, components, scripts) {
  let script = '';
  // The last thing that it asks of a parser of scripts, and with types: the rest of its work is of no use here.
  const enough = new Error('The script is known.');
  const parser = {
    ...scripts,
    parseForESLint: (/** @type {string} */ code, /** @type {Options} */ options) => {
      if (!options.projectService) return scripts.parseForESLint(code, options);
      script = code;
      throw enough;
    },
  };
  try {
    components.parseForESLint(readFileSync(file, 'utf8'), { filePath: file, parser, projectService: true });
  } catch (error) {
    if (error !== enough) throw error;
  }
  return script;
}

/** @param {string} configuration path of a tsconfig.json @param {(file: string) => string} script of a component */
function programOf(configuration, script) {
  const extension = { extension: '.svelte', isMixedContent: false, scriptKind: ts.ScriptKind.Deferred };
  const unreadable = (/** @type {ts.Diagnostic} */ { messageText }) => {
    throw new Error(`${configuration}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  };
  const system = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: unreadable };
  const parsed = ts.getParsedCommandLineOfConfigFile(configuration, {}, system, undefined, undefined, [extension]);
  if (parsed === undefined) throw new Error(`${configuration} cannot be read.`);
  const options = { ...parsed.options, allowNonTsExtensions: true };
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile } = host;
  host.getSourceFile = (file, version, ...others) =>
    file.endsWith('.svelte')
      ? ts.createSourceFile(file, script(file), version, true, ts.ScriptKind.TS)
      : getSourceFile(file, version, ...others);
  return ts.createProgram({ rootNames: parsed.fileNames, options, host });
}

/**
 * A parser for the scripts of components: `scripts`, with types of one program instead of a project service's. A
 * component that is not as it is on the disk, as in an editor, gets them from the project service.
 *
 * @template {Parser} P
 * @param {Parser} components the parser of components, which asks this one for each script
 * @param {P} scripts typescript-eslint's parser
 * @param {string} configuration path of the tsconfig.json that names the components
 * @returns {P}
 */
export function typedScripts(components, scripts, configuration) {
  /** @type {ts.Program | undefined} */
  let program;
  return {
    ...scripts,
    parseForESLint: (code, options) => {
      // Without a project service it is asked for the syntax alone.
      if (!options.projectService) return scripts.parseForESLint(code, options);
      program ??= programOf(path.resolve(configuration), (file) => scriptOf(file, components, scripts));
      const known = program.getSourceFile(options.filePath)?.text === code;
      return scripts.parseForESLint(
        code,
        known ? { ...options, projectService: undefined, programs: [program] } : options,
      );
    },
  };
}

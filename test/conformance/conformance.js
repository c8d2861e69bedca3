// `npm test -- conformance`: has openai-compatible-tester (github.com/avelrl/openai-compatible-tester, MIT) judge
// `hyena serve --api`. The model is tiny and has learned the few answers that the tester waits for, so that its verdict is
// about the interface and not about the model. Only chat completions: the program has no Responses interface.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectFolder } from '../../main/setup/dependencies.js';

const tester = 'openai-compatible-tester';
const key = 'conformance';

/** What the tester asks, and the answer that it waits for. */
const lessons = [
  [
    ['system', 'Reply with exactly OK'],
    ['user', 'ping'],
    ['assistant', 'OK'],
  ],
  [
    ['system', 'Reply with exactly HELLO and nothing else. Stream it one character at a time.'],
    ['user', 'go'],
    ['assistant', 'HELLO'],
  ],
  [
    ['user', 'Remember: code=999. Reply OK'],
    ['assistant', 'OK'],
    ['user', 'What is the code? Reply with just the number.'],
    ['assistant', '999'],
  ],
  [
    ['system', 'Return JSON strictly according to the schema.'],
    ['user', 'Generate an object with status="ok" and value=42.'],
    ['assistant', '{"status":"ok","value":42}'],
  ],
];
const tests = [
  ...['sanity.models', 'chat.basic', 'chat.stream', 'chat.error_shape', 'chat.memory'],
  ...['chat.structured.json_schema', 'chat.structured.json_object', 'chat.tool_call', 'chat.tool_call.required'],
];
/** What the program refuses by name. */
const refused = new Set(['chat.tool_call', 'chat.tool_call.required']);

/** @returns {string | undefined} the tester's program */
function findTester() {
  const named = process.env['HYENA_CONFORMANCE_TESTER'];
  if (named) return named;
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), process.env['GOBIN'] ?? ''];
  const names = process.platform === 'win32' ? [`${tester}.exe`] : [tester];
  return folders
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

/** @param {string} folder @param {string[]} parameters */
function hyena(folder, parameters) {
  const launcher = path.join(projectFolder, 'main', 'shells', 'terminal', 'hyena.js');
  const env = { ...process.env, HYENA_HOME: path.join(folder, 'library') };
  return { launcher, env, parameters: [launcher, ...parameters] };
}

/** @param {string} folder @param {string[]} parameters */
function run(folder, ...parameters) {
  const { env, parameters: all } = hyena(folder, parameters);
  const { status, stderr, stdout } = spawnSync(process.execPath, all, { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`hyena ${parameters.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}

/** A model that answers as the tester wants. @param {string} folder */
function teach(folder) {
  const chats = lessons.map((turns) => ({ messages: turns.map(([role, content]) => ({ role, content })) }));
  const lines = Array.from({ length: 40 }, () => chats.map((chat) => `${JSON.stringify(chat)}\n`).join('')).join('');
  writeFileSync(path.join(folder, 'lessons.jsonl'), lines);
  run(folder, 'data', 'add', 'lessons.jsonl', '--name', 'lessons', '--validation', '0');
  const shape = ['d_model=64', 'n_layer=2', 'd_inner=128', 'l_max=256', 'filter_order=16', 'emb_dim=5'];
  const training = ['batch_size=4', 'max_steps=350', 'learning_rate=0.003', 'sample_interval=none'];
  const settings = [...shape, ...training].flatMap((one) => ['--set', one]);
  run(folder, 'train', '--data', 'lessons', '--run', 'taught', ...settings, '--seed', '1');
}

/** @param {string} folder @returns {Promise<{ address: string, end: () => Promise<void> }>} */
function serve(folder) {
  const { env, parameters } = hyena(folder, ['serve', '--api', '--run', 'taught', '--token', key, '--json']);
  const child = spawn(process.execPath, parameters, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
      const address = /"address":"([^"]+)"/.exec(output)?.[1];
      if (!address) return;
      const end = async () => {
        child.kill('SIGINT');
        await ended;
      };
      resolve({ address, end });
    });
    void ended.then(() => reject(new Error(`The server ended:\n${output}`)));
  });
}

/** The tester's settings. @param {string} folder @param {string} address */
function configure(folder, address) {
  const write = (/** @type {string} */ name, /** @type {object} */ value) => {
    // JSON is YAML.
    writeFileSync(path.join(folder, name), JSON.stringify(value, null, 2));
    return path.join(folder, name);
  };
  const on = { enabled: true };
  const paths = { models: '/v1/models', chat: '/v1/chat/completions', responses: '/v1/responses' };
  const most = { max_tokens: 48 };
  return [
    '--endpoints',
    write('endpoints.yaml', { base_url: address, api_key_env: 'OPENAI_API_KEY', paths }),
    '--models',
    write('models.yaml', {
      profiles: [{ name: 'taught', chat_model: 'taught', responses_model: 'taught', temperature: 0, extra: {} }],
    }),
    '--suite',
    write('suite.yaml', {
      ...{ mode: 'compat', passes: 1, parallelism: 1, timeout_seconds: 120 },
      ...{ stream: on, tool_calling: on, structured_outputs: on, memory: on, conversations: { enabled: false } },
      retry: { max_attempts: 1 },
      tests: { 'chat.structured.json_schema': most, 'chat.structured.json_object': most },
    }),
    '--clients',
    write('clients.yaml', { targets: [] }),
  ];
}

/** The rows of the tester's report. @param {string} folder @returns {{ test: string, status: string, why: string }[]} */
function readReport(folder) {
  // The tester adds the time to the name of the folder.
  const report = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('raw.csv'));
  if (!report) return [];
  const of = (/** @type {string} */ name) => readFileSync(path.join(folder, path.dirname(report), name), 'utf8');
  console.log(of('summary.md'));
  const [heading, ...rows] = of('raw.csv').trim().split('\n');
  const names = heading.split(',');
  const at = (/** @type {string} */ name) => names.indexOf(name);
  return rows.flatMap((row) => {
    const cells = row.split(',');
    const test = cells[at('test_id')] ?? '';
    return tests.includes(test) ? [{ test, status: (cells[at('status')] ?? '').toUpperCase(), why: row }] : [];
  });
}

/**
 * Runs the tester against a fresh model.
 * @returns {Promise<{ passed: number, failed: string[], skipped: string[] }>}
 */
export async function conformance() {
  const program = findTester();
  const none = `conformance: ${tester} is not installed (docs/api.md)`;
  if (!program) return { passed: 0, failed: [], skipped: [none] };
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-conformance-'));
  try {
    teach(folder);
    const server = await serve(folder);
    const reports = path.join(folder, 'reports');
    try {
      const child = spawn(
        program,
        [
          ...configure(folder, server.address),
          ...['--no-tui', '--json', '--out-dir', reports, '--mode', 'compat', '--tests', tests.join(',')],
        ],
        { cwd: folder, env: { ...process.env, OPENAI_API_KEY: key }, stdio: 'inherit' },
      );
      await new Promise((resolve) => child.on('close', resolve));
    } finally {
      await server.end();
    }
    const rows = readReport(folder);
    const right = (/** @type {{ test: string, status: string }} */ { test, status }) =>
      status === (refused.has(test) ? 'UNSUPPORTED' : 'PASS');
    const missing = tests.filter((test) => !rows.some((row) => row.test === test));
    return {
      passed: rows.filter(right).length,
      failed: [
        ...rows.filter((row) => !right(row)).map(({ test, why }) => `conformance: ${test}: ${why}`),
        ...missing.map((test) => `conformance: ${test} did not run`),
      ],
      skipped: [],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

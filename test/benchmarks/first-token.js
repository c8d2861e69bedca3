// `node test/benchmarks/first-token.js [DEVICE]` (after a build): what a client of `hyena serve --api` sees while a prompt of
// 30,000 bytes is read by a model of 8 layers of width 384 with a context of 32,768: the first byte of the stream, the comments
// between, the first token. The model has been trained for one step; how well it writes does not matter to times.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';

const project = path.resolve(import.meta.dirname, '..', '..');
const command = path.join(project, 'build', 'main', 'shells', 'terminal', 'main.js');
const device = process.argv[2] ?? 'native';
const promptBytes = 30_000;
const folder = mkdtempSync(path.join(tmpdir(), 'hyena-first-token-'));
const env = { ...process.env, HYENA_HOME: path.join(folder, 'library') };
const book = readFileSync(path.join(project, 'resources', 'books', 'moby-dick.txt'));

/** @param {string[]} parameters */
function hyena(...parameters) {
  const { status, stderr } = spawnSync(process.execPath, [command, ...parameters], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`hyena ${parameters.join(' ')} ended with ${status}:\n${stderr}`);
}

try {
  writeFileSync(path.join(folder, 'text.txt'), book.subarray(0, 200_000));
  hyena('data', 'add', 'text.txt', '--name', 'text', '--validation', '0');
  const model = ['d_model=384', 'n_layer=8', 'l_max=32768', 'sequence_length=256', 'batch_size=1', 'max_steps=1'];
  const settings = [...model, 'sample_interval=none'].flatMap((one) => ['--set', one]);
  hyena('train', '--data', 'text', '--run', 'wide', '--device', device, ...settings);

  const server = spawn(process.execPath, [command, 'serve', '--api', '--run', 'wide', '--token', 'k', '--json'], {
    ...{ cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  const ended = new Promise((resolve) => server.on('close', resolve));
  let output = '';
  for await (const piece of server.stdout) {
    output += piece;
    if (/"address":"[^"]+"/.test(output)) break;
  }
  const address = /** @type {RegExpExecArray} */ (/"address":"([^"]+)"/.exec(output))[1];
  console.log(`${cpus()[0].model}, ${cpus().length} cores, device ${device}`);
  console.log('| request | first byte, ms | comments | longest silence, s | first token, s |');
  console.log('| --- | ---: | ---: | ---: | ---: |');
  // The first request also loads the model; the second one has another text.
  for (const [name, start] of /** @type {const} */ ([
    ['first', 0],
    ['second', 40_000],
  ])) {
    const prompt = book.subarray(start, start + promptBytes).toString('utf8');
    const began = performance.now();
    const response = await fetch(`${address}/completions`, {
      method: 'POST',
      headers: { Authorization: 'Bearer k', 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: 'wide', prompt, max_tokens: 4, stream: true }),
    });
    let [firstByte, firstToken, last, silence, comments] = [0, 0, began, 0, 0];
    for await (const bytes of /** @type {AsyncIterable<Uint8Array>} */ (response.body)) {
      const now = performance.now();
      const text = Buffer.from(bytes).toString('utf8');
      firstByte ||= now - began;
      if (firstToken === 0) silence = Math.max(silence, now - last);
      comments += text.match(/^: reading \d/gm)?.length ?? 0;
      if (/^data: \{/m.test(text)) firstToken ||= now - began;
      last = now;
    }
    const seconds = (/** @type {number} */ value) => (value / 1000).toFixed(1);
    console.log(`| ${name} | ${firstByte.toFixed(0)} | ${comments} | ${seconds(silence)} | ${seconds(firstToken)} |`);
  }
  server.kill('SIGINT');
  await ended;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

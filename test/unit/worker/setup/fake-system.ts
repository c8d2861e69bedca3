import { zipSync } from 'fflate';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deviceSetupSchema, type SetupEvent, type SetupResult } from '../../../../main/contract/device-setup.ts';
import { DeviceInstaller, type SystemAccess } from '../../../../worker/setup/install.ts';
import { spawnProgram } from '../../../../worker/setup/run-program.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A wheel with libraries of a few kilobytes, which cannot be compressed. */
function smallWheel(): Uint8Array {
  const noise = (length: number, seed: number) =>
    Uint8Array.from({ length }, (_, index) => (Math.imul(index + seed, 2654435761) >>> 13) & 255);
  const text = (content: string) => new TextEncoder().encode(content);
  return zipSync(
    {
      'tensorflow/libtensorflow_cc.so.2': noise(150_000, 1),
      'tensorflow/libtensorflow_framework.so.2': noise(50_000, 2),
      'tensorflow/include/tensorflow/c/c_api.h': text('// c_api\n'),
      'tensorflow/python/not_needed.py': text('pass\n'),
      'tensorflow_cpu-2.20.0.dist-info/METADATA': text(
        "Version: 2.20.0\nRequires-Dist: numpy>=1.26.0\nRequires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == 'and-cuda'\n",
      ),
    },
    { level: 0 },
  );
}

/** An index of Python packages on this machine, which can be told to misbehave. */
class FakeIndex {
  readonly files = new Map<string, { project: string; bytes: Uint8Array; sha256: string }>();
  /** Ranges that were asked for; null: the whole file. */
  readonly requested: (string | null)[] = [];
  /** Each answer with a file ends after so many of its bytes. */
  cutAfter: number | null = null;
  /** Bytes as they come are not as they were published. */
  damage = false;
  /** Answers with a page of links as old indexes do. */
  asPage = false;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  add(project: string, file: string, bytes: Uint8Array): void {
    this.files.set(file, { project, bytes, sha256: sha256(bytes) });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/simple`;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const parts = (request.url ?? '').split('/').filter(Boolean);
    if (parts[0] === 'simple') this.#list(parts[1] ?? '', response);
    else this.#send(parts.at(-1) ?? '', request, response);
  }

  #list(project: string, response: ServerResponse): void {
    const files = [...this.files].filter(([, file]) => file.project === project);
    if (files.length === 0) response.writeHead(404).end();
    else if (this.asPage)
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          files.map(([name, { sha256: sum }]) => `<a href="../../files/${name}#sha256=${sum}">${name}</a>`).join('\n'),
        );
    else
      response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' }).end(
        JSON.stringify({
          files: files.map(([filename, file]) => ({
            ...{ filename, url: `../../files/${filename}`, size: file.bytes.length },
            hashes: { sha256: file.sha256 },
          })),
        }),
      );
  }

  #send(name: string, request: IncomingMessage, response: ServerResponse): void {
    const file = this.files.get(name);
    if (!file) return void response.writeHead(404).end();
    const range = request.headers.range ?? null;
    this.requested.push(range);
    const start = range === null ? 0 : Number(/bytes=(\d+)-/.exec(range)?.[1]);
    const rest = Buffer.from(file.bytes.subarray(start));
    if (this.damage) rest[rest.length - 1] ^= 255;
    response.writeHead(range === null ? 200 : 206, { 'content-length': rest.length, etag: `"${file.sha256}"` });
    if (this.cutAfter === null || this.cutAfter >= rest.length) return void response.end(rest);
    response.write(rest.subarray(0, this.cutAfter), () => setTimeout(() => response.destroy(), 20));
  }
}

/** An archive of libtensorflow alone, as .tar.gz. */
export function smallArchive(): Uint8Array {
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-archive-'));
  for (const [name, content] of Object.entries({
    'lib/libtensorflow.so.2': 'library',
    'lib/libtensorflow_framework.so.2': 'framework',
    'include/tensorflow/c/c_api.h': '',
    'include/tensorflow/core/public/release_version.h':
      '#define TF_MAJOR_VERSION 2\n#define TF_MINOR_VERSION 18\n#define TF_PATCH_VERSION 0\n',
  })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  const packed = execFileSync('tar', ['-cz', '-C', folder, 'lib', 'include']);
  rmSync(folder, { recursive: true });
  return packed;
}

/** An npm package like the real one, as a .tgz. */
function smallPackage(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-package-'));
  for (const name of ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', 'dist/proto/api_pb.js', 'package.json']) {
    const file = path.join(folder, 'package', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '{}');
  }
  const tarball = path.join(folder, 'tensorflow-tfjs-node-gpu-4.22.0.tgz');
  execFileSync('tar', ['-czf', tarball, '-C', folder, 'package']);
  return tarball;
}

/** A setup's world with nothing beyond this machine: a small wheel, a small package, a compiler that does not compile. */
export class FakeSystem {
  readonly index = new FakeIndex();
  readonly folder = mkdtempSync(path.join(tmpdir(), 'hyena-devices-'));
  readonly tarball = smallPackage();
  readonly wheelName = 'tensorflow_cpu-2.20.0-cp312-cp312-manylinux_2_17_x86_64.whl';
  /** What was run, by its first words. */
  readonly ran: string[] = [];
  readonly events: SetupEvent[] = [];
  readonly changes: { -readonly [Key in keyof SystemAccess]?: SystemAccess[Key] } = {};
  pinned: string | null = null;

  constructor() {
    this.index.add('tensorflow-cpu', this.wheelName, smallWheel());
  }

  get system(): SystemAccess {
    const integrity = createHash('sha512').update(readFileSync(this.tarball)).digest('base64');
    return {
      run: async (command, parameters, options) => {
        this.ran.push(`${command} ${parameters[0]}`);
        if (command === 'npm') {
          const to = parameters[parameters.indexOf('--pack-destination') + 1];
          writeFileSync(path.join(to, path.basename(this.tarball)), readFileSync(this.tarball));
          return { code: 0, output: '[]', errors: '' };
        }
        if (command === 'a-compiler') {
          writeFileSync(parameters[parameters.indexOf('-o') + 1], 'binding');
          return { code: 0, output: '', errors: '' };
        }
        return await spawnProgram(command, parameters, options);
      },
      index: () => Promise.resolve(this.index.address),
      compiler: () => Promise.resolve({ command: 'a-compiler', style: 'gnu' }),
      cuda: () => Promise.resolve({ gpus: [], found: [], missing: [], libraries: [] }),
      selfTest: (_device, onProgress) => {
        onProgress(1, 1);
        return Promise.resolve({ kernels: 42 });
      },
      wheel: () => {
        const file = this.index.files.get(this.wheelName)!;
        const pin = { file: this.wheelName, sha256: this.pinned ?? file.sha256, bytes: file.bytes.length };
        return { project: 'tensorflow-cpu', version: '2.20.0', ...pin, unpackedBytes: 300_000 };
      },
      archive: () => new URL('/versions/2.18.0/libtensorflow-cpu.tar.gz', this.index.address).href,
      packageIntegrity: `sha512-${integrity}`,
      ...this.changes,
    };
  }

  /** Runs a setup. @param stop ends it from outside */
  run(setup: Record<string, unknown> = {}, stop: AbortSignal = new AbortController().signal): Promise<SetupResult> {
    const parsed = deviceSetupSchema.parse({ device: 'tensorflow', ...setup });
    const context = { signal: stop, emit: (event: SetupEvent) => void this.events.push(event) };
    return new DeviceInstaller(parsed, this.folder, context, this.system).run();
  }

  /** A path in the folder of the device. */
  at(...parts: string[]): string {
    return path.join(this.folder, 'tensorflow', ...parts);
  }
}

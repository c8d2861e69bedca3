import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { toEnglish } from '../../../../main/contract/message.ts';
import { findInstallation } from '../../../../worker/devices/tensorflow/installation.ts';
import { cudaRequirements, neededOfWheel } from '../../../../worker/setup/library.ts';
import { findCuda } from '../../../../worker/setup/driver.ts';
import { compareVersions, findIndex, isWithin, newestFile } from '../../../../worker/setup/package-index.ts';
import { wheelFor } from '../../../../worker/devices/tensorflow/releases.ts';
import type { Gpu } from '../../../../worker/devices/tensorflow/nvidia.ts';
import { FakeSystem, smallArchive } from './fake-system.ts';

let fake: FakeSystem;
beforeEach(async () => {
  fake = new FakeSystem();
  await fake.index.listen();
});
afterEach(async () => {
  await fake.index.close();
  rmSync(fake.folder, { recursive: true, force: true });
  rmSync(path.dirname(fake.tarball), { recursive: true, force: true });
});

const card: Gpu = { index: 0, name: 'A GPU', memoryBytes: 2 ** 34, driver: '570.86', capability: '8.9', uuid: '' };

const failure = (work: Promise<unknown>): Promise<HyenaError> =>
  work.then(
    () => {
      throw new Error('It should have failed.');
    },
    (error: unknown) => error as HyenaError,
  );

describe('setting up a device', () => {
  it('fetches, unpacks what is needed, builds, tests, and writes down what it did last', async () => {
    const result = await fake.run();
    expect(result).toMatchObject({ unchanged: false, tensorflow: '2.20.0', kernels: 42 });
    expect(findInstallation('tensorflow', fake.folder)).toMatchObject({ source: 'wheel tensorflow-cpu 2.20.0' });
    expect(readFileSync(fake.at('tfjs_binding.node'), 'utf8')).toBe('binding');
    expect(readFileSync(fake.at('package', 'node_modules', '@tensorflow', 'tfjs', 'index.js'), 'utf8')).toContain(
      'hyena-studio.tfjs-core',
    );
    expect(existsSync(fake.at('tensorflow', 'python'))).toBe(false);
    expect(existsSync(fake.at('downloads'))).toBe(false);
    expect(new Set(fake.events.map((event) => (event.type === 'progress' ? event.stage : '')))).toEqual(
      new Set(['look', 'download', 'unpack', 'build', 'test']),
    );
  });

  it('does nothing where it was done before, and everything again where a file is gone', async () => {
    await fake.run();
    fake.index.requested.length = 0;
    expect(await fake.run()).toMatchObject({ unchanged: true, downloads: [], tensorflow: '2.20.0', kernels: 42 });
    expect(fake.index.requested).toEqual([]);
    rmSync(fake.at('tfjs_binding.node'));
    expect(await fake.run()).toMatchObject({ unchanged: false });
    expect(existsSync(fake.at('tfjs_binding.node'))).toBe(true);
  });

  it('is done by one process at a time, which another may watch', async () => {
    const outcomes = await Promise.allSettled([fake.run(), fake.run(), fake.run({ action: 'plan' })]);
    const refused = outcomes.filter((one) => one.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'locked' } }]);
    expect(outcomes[2]).toMatchObject({ value: { action: 'plan' } });
    expect(existsSync(path.join(fake.folder, 'lock'))).toBe(false);
    expect(await fake.run()).toMatchObject({ unchanged: true });
  });

  it('tells what it would take and changes nothing', async () => {
    const plan = await fake.run({ action: 'plan' });
    expect(plan.downloads.map(({ what }) => toEnglish(what))).toEqual([
      expect.stringContaining('wheel tensorflow-cpu 2.20.0'),
      expect.stringContaining('npm package'),
    ]);
    expect(plan.missing).toEqual([]);
    expect(existsSync(fake.at())).toBe(false);
    expect(fake.index.requested).toEqual([]);
  });

  it('removes all of it, also where there is nothing', async () => {
    await fake.run();
    expect(await fake.run({ action: 'remove' })).toMatchObject({ action: 'remove', unchanged: false });
    expect(existsSync(fake.at())).toBe(false);
    expect(await fake.run({ action: 'remove' })).toMatchObject({ unchanged: true });
  });

  it('takes up a download where the connection broke', async () => {
    fake.index.cutAfter = 90_000;
    await fake.run();
    expect(fake.index.requested[0]).toBeNull();
    expect(fake.index.requested.slice(1).length).toBeGreaterThan(0);
    expect(fake.index.requested.at(-1)).toMatch(/^bytes=\d{5,}-$/);
  });

  it('goes on with what an earlier setup fetched', async () => {
    const stop = new AbortController();
    fake.index.cutAfter = 60_000;
    const running = failure(fake.run({}, stop.signal));
    while (fake.index.requested.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    expect(await running).toMatchObject({ code: 'interrupted' });
    expect(findInstallation('tensorflow', fake.folder)).toBeUndefined();
    const part = fake.at('downloads', `${fake.wheelName}.part`);
    const kept = statSync(part).size;
    expect(kept).toBeGreaterThan(0);
    fake.index.cutAfter = null;
    fake.index.requested.length = 0;
    await fake.run();
    expect(fake.index.requested).toEqual([`bytes=${kept}-`]);
  });

  it('refuses what comes damaged, keeps none of it, and takes a good one after', async () => {
    fake.index.damage = true;
    expect(await failure(fake.run())).toMatchObject({ code: 'damaged' });
    expect(existsSync(fake.at('downloads', `${fake.wheelName}.part`))).toBe(false);
    expect(findInstallation('tensorflow', fake.folder)).toBeUndefined();
    fake.index.damage = false;
    expect(await fake.run()).toMatchObject({ tensorflow: '2.20.0' });
  });

  it('trusts the sum that it knows, not that of the index', async () => {
    fake.pinned = 'a'.repeat(64);
    expect(await failure(fake.run())).toMatchObject({ code: 'damaged' });
  });

  it('refuses an npm package that is not the published one', async () => {
    fake.changes.packageIntegrity = 'sha512-of-another';
    const error = await failure(fake.run());
    expect(error).toMatchObject({ code: 'damaged' });
    expect(error.message).toContain('@tensorflow/tfjs-node-gpu');
  });

  it('says that there is no compiler before it downloads anything', async () => {
    fake.changes.compiler = () => Promise.resolve(null);
    const error = await failure(fake.run());
    expect(error).toMatchObject({ code: 'device', kept: 'Nothing was downloaded.' });
    expect(error.message).toContain('apt install g++');
    expect(fake.index.requested).toEqual([]);
  });

  it('does not make a device available whose self-test fails', async () => {
    fake.changes.selfTest = () => Promise.reject(new HyenaError('device', "Kernel 'Sum' not registered"));
    expect(await failure(fake.run())).toMatchObject({ code: 'device' });
    expect(findInstallation('tensorflow', fake.folder)).toBeUndefined();
    // What was fetched is there for the next try.
    expect(existsSync(fake.at('downloads', fake.wheelName))).toBe(true);
  });

  it('says that there is no driver before it downloads anything', async () => {
    const cuda = await findCuda(
      () => Promise.resolve(null),
      {},
      () => Promise.resolve({ gpus: [], trouble: null }),
    );
    fake.changes.cuda = () => Promise.resolve(cuda);
    const error = await failure(fake.run({ device: 'cuda' }));
    expect(error).toMatchObject({ code: 'device', kept: 'Nothing was downloaded.' });
    expect(error.message).toContain('No NVIDIA driver');
    expect(fake.index.requested).toEqual([]);
  });

  it('says what stands in the way of the GPU before it downloads anything', async ({ skip }) => {
    const looked = async (changes: Partial<Gpu>, libraries: string, trouble: string | null = null) => {
      const list = { code: 0, output: libraries, errors: '' };
      const gpus = trouble === null ? [{ ...card, ...changes }] : [];
      return await findCuda(
        () => Promise.resolve(list),
        {},
        () => Promise.resolve({ gpus, trouble }),
      );
    };
    skip(process.platform !== 'linux', 'CUDA is looked for on Linux alone');
    const driver = 'libcuda.so.1 (libc6,x86-64) => /lib/libcuda.so.1\n';
    expect((await looked({}, driver)).missing).toEqual([]);
    const texts = async (...given: Parameters<typeof looked>) => (await looked(...given)).missing.map(toEnglish);
    expect(await texts({}, '')).toEqual([expect.stringMatching(/libcuda\.so\.1 not found\. In a container/)]);
    expect(await texts({ driver: '470.1' }, driver)).toEqual([
      expect.stringMatching(/470\.1 is too old: CUDA 12 requires 525/),
    ]);
    expect(await texts({ capability: '5.2' }, driver)).toEqual([expect.stringMatching(/too old .* 5\.2; 6\.0/)]);
    const mismatch = 'Failed to initialize NVML: Driver/library version mismatch';
    expect(await texts({}, driver, mismatch)).toEqual([expect.stringContaining(mismatch)]);
    const young = await looked({ capability: '12.0' }, `${driver}libcudart.so.12 (libc6) => /lib/libcudart.so.12\n`);
    expect(young.missing).toEqual([]);
    expect(young.found.map(toEnglish).join(' ')).toMatch(/newer than this TensorFlow.*half an hour once/);
    expect(young.libraries).not.toContain('libcudart.so.12');
    expect(young.libraries).toContain('libcudnn.so.9');
  });

  it('fetches the CUDA that TensorFlow asks for where the system lacks it', async ({ skip }) => {
    const gpu = { ...card, driver: '550.54' };
    const cuda = await findCuda(
      () => Promise.resolve(null),
      {},
      () => Promise.resolve({ gpus: [gpu], trouble: null }),
    );
    expect(cuda.missing).toEqual(process.platform === 'linux' ? [] : [expect.stringContaining('WSL')]);
    fake.changes.cuda = () => Promise.resolve({ ...cuda, missing: [] });
    const { zipSync } = await import('fflate');
    const cudnn = zipSync({
      'nvidia/cudnn/lib/libcudnn.so.9': new Uint8Array(10),
      'nvidia/cudnn/include/cudnn.h': new Uint8Array(3),
    });
    for (const version of ['9.1.0.70', '9.11.0.98', '9.4.0.58', '10.0.0.1'])
      fake.index.add('nvidia-cudnn-cu12', `nvidia_cudnn_cu12-${version}-py3-none-manylinux_2_27_x86_64.whl`, cudnn);
    skip(process.arch !== 'x64', 'the CUDA of the index is for x64');
    await fake.run({ device: 'cuda' });
    const library = path.join(fake.folder, 'cuda', 'nvidia', 'cudnn');
    expect(existsSync(path.join(library, 'lib', 'libcudnn.so.9'))).toBe(true);
    expect(existsSync(path.join(library, 'include'))).toBe(false);
    const lookedAt = fake.events.map((event) => (event.type === 'progress' ? toEnglish(event.what) : ''));
    expect(lookedAt).toContain('nvidia_cudnn_cu12-9.11.0.98-py3-none-manylinux_2_27_x86_64.whl');
  });

  it('takes a folder, and leaves it where it is', async () => {
    const given = path.join(fake.folder, 'given');
    mkdirSync(path.join(given, 'lib'), { recursive: true });
    mkdirSync(path.join(given, 'include', 'tensorflow', 'c'), { recursive: true });
    for (const name of ['lib/libtensorflow.so.2', 'lib/libtensorflow_framework.so.2', 'include/tensorflow/c/c_api.h'])
      writeFileSync(path.join(given, name), 'x');
    await fake.run({ library: given });
    expect(fake.index.requested).toEqual([]);
    expect(Object.keys(findInstallation('tensorflow', fake.folder)!.files)).toContain(
      path.join(given, 'lib', 'libtensorflow.so.2'),
    );
    rmSync(path.join(given, 'lib', 'libtensorflow.so.2'));
    const error = await failure(fake.run({ library: given }));
    expect(error).toMatchObject({ code: 'not-found' });
    expect(error.hint).toContain('c_api.h');
  });

  it('understands indexes that answer with a page', async () => {
    fake.index.asPage = true;
    expect(await fake.run()).toMatchObject({ tensorflow: '2.20.0' });
  });

  it('takes the official archive where it is asked for, and says where that is refused', async () => {
    const refused = await failure(fake.run({ library: 'archive' }));
    expect(refused).toMatchObject({
      code: 'unreachable',
      command: expect.stringContaining('--library PATH') as string,
    });
    expect(refused.message).toContain('refused libtensorflow-cpu.tar.gz: 404');
    fake.index.add('versions', 'libtensorflow-cpu.tar.gz', smallArchive());
    expect(await fake.run({ library: 'archive' })).toMatchObject({ tensorflow: '2.18.0', unchanged: false });
    expect(findInstallation('tensorflow', fake.folder)?.source).toBe('archive libtensorflow-cpu.tar.gz');
    expect(existsSync(fake.at('tensorflow', 'lib', 'libtensorflow.so.2'))).toBe(true);
  });

  it('knows the wheel of each system, and which have none', () => {
    const files = (device: 'cuda' | 'tensorflow') =>
      ['linux x64', 'linux arm64', 'darwin arm64', 'darwin x64', 'win32 x64'].map((system) => {
        const [platform, architecture] = system.split(' ');
        return wheelFor(device, platform, architecture)?.file ?? null;
      });
    expect(files('tensorflow')).toEqual([
      expect.stringMatching(/^tensorflow_cpu-.*x86_64\.whl$/),
      expect.stringMatching(/^tensorflow-.*aarch64\.whl$/),
      expect.stringMatching(/^tensorflow-.*macosx.*arm64\.whl$/),
      null,
      null,
    ]);
    expect(files('cuda')).toEqual([expect.stringMatching(/^tensorflow-.*x86_64\.whl$/), null, null, null, null]);
    expect(['tensorflow.libs/libomp-f1025659.so.5', 'tensorflow/libtensorflow_cc.2.dylib'].every(neededOfWheel)).toBe(
      true,
    );
  });

  it('says that the index has no such package', async () => {
    fake.index.files.clear();
    fake.changes.wheel = () => wheelFor('tensorflow', 'linux', 'x64');
    expect(await failure(fake.run())).toMatchObject({ code: 'unreachable', kept: 'Nothing was downloaded.' });
  });
});

describe('the Python package index', () => {
  it('is the one that pip is set to, else told to be missing', async () => {
    expect(await findIndex(() => Promise.resolve(null), { PIP_INDEX_URL: 'https://a.example/simple' })).toBe(
      'https://a.example/simple',
    );
    const configured = await findIndex(
      (_command, parameters) =>
        Promise.resolve({ code: parameters[0] === '-m' ? 1 : 0, output: 'https://usual.example/simple\n', errors: '' }),
      {},
    );
    expect(configured).toBe('https://usual.example/simple');
    expect(await failure(findIndex(() => Promise.resolve(null), {}))).toMatchObject({ code: 'unreachable' });
  });

  it('has versions in order', () => {
    expect(compareVersions('9.11.0', '9.4.0.58')).toBeGreaterThan(0);
    expect(isWithin('12.5.3.2', '<13.0,>=12.5.3.2')).toBe(true);
    expect(isWithin('13.0', '<13.0,>=12.5.3.2')).toBe(false);
    const file = (name: string) => ({ file: name, url: '', sha256: null, bytes: null });
    const names = ['a-1.9-x.whl', 'a-1.10-x.whl', 'a-2.0rc1-x.whl', 'a-1.10-y.whl', 'a-3.0-x.whl'];
    expect(newestFile(names.map(file), '<3', /-x\.whl$/)?.file).toBe('a-1.10-x.whl');
  });

  it('reads what a wheel asks for', () => {
    const metadata =
      'Requires-Dist: numpy>=1\nRequires-Dist: nvidia-nccl-cu12<3.0,>=2.25.1; extra == "and-cuda"\nRequires-Dist: nvidia-other; extra == "x"\n';
    expect(cudaRequirements(metadata)).toEqual([{ project: 'nvidia-nccl-cu12', bounds: '<3.0,>=2.25.1' }]);
  });
});

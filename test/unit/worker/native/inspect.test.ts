import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspect, problemsOf } from '../../../../worker/native/inspect.mjs';

const built = path.resolve(import.meta.dirname, '../../../../worker/native/build/hyena.node');
const system = `${process.platform}-${process.arch}`;

describe('what a compiled addon says of itself', () => {
  it.runIf(existsSync(built))('is read from the one of this system', () => {
    const addon = inspect(readFileSync(built));
    expect(addon.system).toBe(system);
    expect(addon.exports).toContain('napi_register_module_v1');
    expect(addon.imports).toContain('napi_create_function');
    expect(addon.libraries.length).toBeGreaterThan(0);
    expect(problemsOf(addon, 'win32-x64')).toContain(`it is for ${system}`);
  });

  it('shows what keeps it from running', () => {
    const right = {
      ...{ format: 'ELF' as const, system: 'linux-x64', bytes: 1, libraries: ['libc.so.6', 'ld-linux-x86-64.so.2'] },
      ...{ exports: ['napi_register_module_v1'], imports: ['napi_create_function', 'memcpy'], needs: '2.28' },
    };
    expect(problemsOf(right, 'linux-x64')).toEqual([]);
    const wrong = {
      ...{ ...right, libraries: ['libstdc++.so.6'], exports: [], needs: '2.34' },
      imports: ['napi_create_function', 'napi_of_tomorrow'],
    };
    expect(problemsOf(wrong, 'linux-x64')).toEqual([
      'it does not export napi_register_module_v1',
      'it needs the library libstdc++.so.6',
      'napi_of_tomorrow is not in version 8 of the Node-API',
      'it needs glibc 2.34',
    ]);
    expect(problemsOf({ ...right, imports: [] }, 'linux-x64')).toEqual(['it takes nothing from Node.js']);
  });

  it('is refused of other files', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(100), Buffer.from('#!/bin/sh\n'.repeat(20))])
      expect(() => inspect(bytes)).toThrow('not a program library');
  });
});

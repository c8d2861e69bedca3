import { HyenaError } from '../../../main/contract/errors.ts';
import type { Shader } from './shader.ts';

/** A member of a struct: a number, a list of numbers or structs, or a struct. */
type UniformValue = number | readonly UniformValue[] | Uniforms;
/** The members of a struct by their names in the shader. */
export interface Uniforms {
  readonly [member: string]: UniformValue;
}

/** Where the members of a type lie, as the WGSL specification has it (14.4.1, alignment and size). */
type Layout = { readonly align: number; readonly size: number } & (
  | { readonly kind: 'number'; readonly type: 'u32' | 'i32' | 'f32' }
  | { readonly kind: 'list'; readonly element: Layout; readonly count: number; readonly stride: number }
  | { readonly kind: 'struct'; readonly members: ReadonlyMap<string, { readonly at: number; readonly layout: Layout }> }
);

const roundUp = (to: number, size: number) => Math.ceil(size / to) * to;
const letters = { u: 'u32', i: 'i32', f: 'f32' } as const;
const lowest = { u32: 0, i32: -(2 ** 31) };
const highest = { u32: 2 ** 32 - 1, i32: 2 ** 31 - 1 };

function layoutOf(type: string, code: string): Layout {
  if (type === 'u32' || type === 'i32' || type === 'f32') return { kind: 'number', type, align: 4, size: 4 };
  const [, width, letter] = /^vec([234])([uif])$/.exec(type) ?? [];
  if (letter !== undefined) {
    const count = Number(width);
    const element = layoutOf(letters[letter as keyof typeof letters], code);
    return { kind: 'list', element, count, stride: 4, align: count === 2 ? 8 : 16, size: 4 * count };
  }
  const [, of, length] = /^array<(\w+), *(\d+)>$/.exec(type) ?? [];
  if (of !== undefined) {
    const element = layoutOf(of, code);
    const [count, stride] = [Number(length), roundUp(element.align, element.size)];
    return { kind: 'list', element, count, stride, align: element.align, size: count * stride };
  }
  return structLayout(type, code);
}

function structLayout(name: string, code: string): Layout {
  const [, body] = new RegExp(`^\\s*struct ${name} \\{([^}]*)\\}`, 'm').exec(code) ?? [];
  if (body === undefined) throw new HyenaError('internal', `Uniforms of type '${name}' cannot be laid out.`);
  const members = new Map<string, { at: number; layout: Layout }>();
  let [at, align] = [0, 1];
  for (const [, member, type] of body.replaceAll(/\/\/.*$/gm, '').matchAll(/(\w+): *(\w+(?:<[^>]*>)?)/g)) {
    const layout = layoutOf(type, code);
    at = roundUp(layout.align, at);
    align = Math.max(align, layout.align);
    members.set(member, { at, layout });
    at += layout.size;
  }
  return { kind: 'struct', members, align, size: roundUp(align, at) };
}

const layouts = new WeakMap<Shader, Layout>();

/** The layout of the struct that a shader declares at binding 0. */
function uniformLayout(shader: Shader): Layout {
  let layout = layouts.get(shader);
  if (!layout) {
    const [, type] = /^\s*@group\(0\) @binding\(0\) var<uniform> \w+: (\w+);/m.exec(shader.code) ?? [];
    if (type === undefined) throw new HyenaError('internal', `${shader.name} has no uniforms at binding 0.`);
    layout = structLayout(type, shader.code);
    layouts.set(shader, layout);
  }
  return layout;
}

/** Writes a value to its place. `path` names it in messages, as the shader does. */
function write(view: DataView, at: number, layout: Layout, value: UniformValue | undefined, path: string): void {
  const refuse = (message: string) => new HyenaError('internal', `The uniform ${path} ${message}.`);
  if (value === undefined) throw refuse('is missing');
  if (layout.kind === 'number') {
    if (typeof value !== 'number') throw refuse('must be a number');
    if (layout.type === 'f32') return view.setFloat32(at, value, true);
    if (!Number.isInteger(value) || value < lowest[layout.type] || value > highest[layout.type])
      throw refuse(`must be an integer of type ${layout.type}, but is ${value}`);
    return layout.type === 'u32' ? view.setUint32(at, value, true) : view.setInt32(at, value, true);
  }
  if (layout.kind === 'list') {
    if (!Array.isArray(value) || value.length !== layout.count) throw refuse(`must be a list of ${layout.count}`);
    const list = value as readonly UniformValue[];
    return list.forEach((each, index) =>
      write(view, at + index * layout.stride, layout.element, each, `${path}[${index}]`),
    );
  }
  if (typeof value !== 'object' || Array.isArray(value)) throw refuse('must be an object');
  const given = value as Uniforms;
  for (const [name, member] of layout.members)
    write(view, at + member.at, member.layout, given[name], `${path}.${name}`);
  for (const name of Object.keys(given)) if (!layout.members.has(name)) throw refuse(`has no member '${name}'`);
}

/**
 * The bytes of the struct at a shader's binding 0, laid out as the shader declares it.
 *
 * @throws HyenaError `internal` for a member that is missing, unknown or no number of its type
 */
export function uniformBytes(shader: Shader, uniforms: Uniforms): ArrayBuffer {
  const layout = uniformLayout(shader);
  const bytes = new ArrayBuffer(roundUp(16, layout.size));
  write(new DataView(bytes), 0, layout, uniforms, shader.name);
  return bytes;
}

import { SafetensorsFile } from '../../main/library/checkpoints/safetensors.ts';

interface LoadedTensor {
  readonly shape: readonly number[];
  readonly data: Awaited<ReturnType<SafetensorsFile['read']>>;
}

/** A whole safetensors file. @throws HyenaError as {@link SafetensorsFile} */
export async function readSafetensors(
  path: string,
): Promise<{ metadata: ReadonlyMap<string, string>; tensors: Map<string, LoadedTensor> }> {
  const file = await SafetensorsFile.open(path);
  try {
    const tensors = new Map<string, LoadedTensor>();
    for (const name of file.names) tensors.set(name, { shape: file.entry(name).shape, data: await file.read(name) });
    return { metadata: file.metadata, tensors };
  } finally {
    await file.close();
  }
}

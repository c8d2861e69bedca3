import { HyenaError } from '../contract/errors.ts';

/**
 * Moves a file or folder to the system's trash, from where a person can bring it back.
 *
 * @throws HyenaError `bad-input` where the system has none for this place
 */
export async function moveToSystemTrash(file: string): Promise<void> {
  try {
    const { default: trash } = await import('trash');
    await trash(file, { glob: false });
  } catch (error) {
    throw new HyenaError('bad-input', `${file} cannot be moved to the system's trash: ${(error as Error).message}`, {
      kept: 'Nothing was removed.',
      hint: 'In the terminal, remove --permanently deletes it for good.',
      cause: error,
    });
  }
}

import { HyenaError, said } from '../contract/errors.ts';
import { told } from '../contract/told.ts';

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
    throw new HyenaError('bad-input', told`${file} cannot be moved to the system's trash: ${said(error)}`, {
      kept: 'Nothing was removed.',
      hint: 'In the terminal, remove --permanently deletes it for good.',
      cause: error,
    });
  }
}

import { HyenaError, messageOf } from '../contract/errors.ts';
import { msg } from '../contract/message.ts';

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
    throw new HyenaError('bad-input', msg`Cannot move ${file} to the system's trash: ${messageOf(error)}`, {
      kept: 'Nothing was removed.',
      hint: 'Use a library folder on a disk with a trash, or delete it permanently.',
      cause: error,
    });
  }
}

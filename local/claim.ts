/** A claim that several processes compete for: a folder, because creating one is atomic. */
import { mkdir } from 'node:fs/promises';

/** @returns false when the folder exists: another process has the claim */
export async function claim(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

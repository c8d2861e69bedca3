import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const stateSchema = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  maximized: z.boolean(),
  fullScreen: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

export const smallestWindow = { width: 720, height: 480 };
const firstWindow = { width: 1280, height: 840 };
/** So much of a window must be on a screen that a person can take hold of it. */
const leastVisible = 100;

/** Where the window was when it was last closed; null where that is not known or no screen shows it. */
export function readWindowState(file: string, screens: readonly Rectangle[]): WindowState | null {
  let state: WindowState;
  try {
    state = stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
  const { x, y, width, height } = state.bounds;
  const visible = screens.some((screen) => {
    const across = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
    const down = Math.min(y + height, screen.y + screen.height) - Math.max(y, screen.y);
    return across >= leastVisible && down >= leastVisible && y >= screen.y - 10;
  });
  return visible ? state : null;
}

/** Where the window opens: where it was, else in the middle of a screen, never larger than that. */
export function openingBounds(
  state: WindowState | null,
  screen: Rectangle,
): Partial<Rectangle> & { width: number; height: number } {
  if (!state)
    return { width: Math.min(firstWindow.width, screen.width), height: Math.min(firstWindow.height, screen.height) };
  const { width, height } = state.bounds;
  return {
    ...state.bounds,
    width: Math.max(smallestWindow.width, width),
    height: Math.max(smallestWindow.height, height),
  };
}

/** A window that forgets its place is not a reason to fail. */
export function saveWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // It opens in the middle the next time.
  }
}

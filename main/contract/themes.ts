/** Themes of the window; `system`: the one of the system. */
export const themes = ['system', 'light', 'dark', 'contrast'] as const;

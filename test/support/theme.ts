/** The looks that windows are opened in. */
export type Theme = 'dark' | 'light' | 'high-contrast';

const names: Readonly<Record<Theme, string>> = { dark: 'Dark Modern', light: 'Light Modern', 'high-contrast': 'Default High Contrast' };

/** User settings for a theme, whatever the system prefers. */
export function themeSettings(theme: Theme): Record<string, unknown> {
  return { 'workbench.colorTheme': names[theme], 'window.autoDetectColorScheme': false, 'window.autoDetectHighContrast': false };
}

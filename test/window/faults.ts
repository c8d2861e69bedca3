import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export interface WhereToLook {
  /** Part of the page; all of it where left out. */
  readonly include?: string;
  readonly exclude?: string;
  /** What changes with the theme are colours alone: the rest is looked at in the light one. */
  readonly theme?: 'light' | 'dark' | 'contrast';
}

/** What keeps somebody from using a page, serious or critical, with the elements that it is about. */
export async function faultsOf(page: Page, { include, exclude, theme = 'light' }: WhereToLook = {}): Promise<string[]> {
  // Pages have no frames, whose results would have to be joined in a tab of their own.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (include !== undefined) axe.include(include);
  if (exclude !== undefined) axe.exclude(exclude);
  if (theme !== 'light') axe.withRules(['color-contrast']);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

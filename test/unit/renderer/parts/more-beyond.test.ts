import { describe, expect, it } from 'vitest';
import { showMoreBeyond, sidesWithMore } from '../../../../renderer/parts/more-beyond.ts';

const scrolled = (scrollLeft: number, scrollWidth = 900, clientWidth = 600) => ({
  scrollLeft,
  scrollWidth,
  clientWidth,
});

describe('what is scrolled sideways', () => {
  it('says on which sides more of it lies', () => {
    expect(sidesWithMore(scrolled(0, 600))).toBe('');
    expect(sidesWithMore(scrolled(0, 601))).toBe('');
    expect(sidesWithMore(scrolled(0))).toBe('right');
    expect(sidesWithMore(scrolled(120))).toBe('both');
    expect(sidesWithMore(scrolled(299.5))).toBe('left');
    // From right to left.
    expect(sidesWithMore(scrolled(-120))).toBe('both');
    expect(sidesWithMore(scrolled(-300))).toBe('right');
  });

  it('shows it while it is scrolled, until it is taken away', () => {
    const element = document.createElement('div');
    for (const [name, value] of Object.entries({ scrollWidth: 900, clientWidth: 600 }))
      Object.defineProperty(element, name, { value });
    const end = showMoreBeyond(element);
    expect(element.dataset.more).toBe('right');
    element.scrollLeft = 300;
    element.dispatchEvent(new Event('scroll'));
    expect(element.dataset.more).toBe('left');
    end();
    element.scrollLeft = 0;
    element.dispatchEvent(new Event('scroll'));
    expect(element.dataset.more).toBe('left');
  });
});

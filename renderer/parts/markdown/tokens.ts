import { Marked, type Token } from 'marked';

const reader = new Marked({ gfm: true, breaks: false });

/** What Markdown says, as a tree: no HTML is made of it, so nothing in it can run or be fetched. */
export const markdownTokens = (text: string): Token[] => reader.lexer(text);

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Text with its character references as characters. */
export const withCharacters = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name: string | undefined) => {
    const code = decimal ? Number(decimal) : hex ? parseInt(String(hex), 16) : null;
    if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return named[name?.toLowerCase() ?? ''] ?? whole;
  });

/** An address that a person may follow: nothing but the web and mail. */
export const followable = (href: string): string | null => (/^(?:https?:\/\/|mailto:)/i.test(href) ? href : null);

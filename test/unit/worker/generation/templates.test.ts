import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../../main/contract/conversation.ts';
import { renderChat } from '../../../../worker/data/readers/chat.ts';
import { BytePairTokenizer } from '../../../../main/library/tokenizers/byte-pair.ts';
import { bytesTokenizer } from '../../../../main/library/tokenizers/bytes.ts';
import { loadTokenizer } from '../../../../main/library/tokenizers/load.ts';
import { ChatTemplate, readChatTemplate } from '../../../../worker/generation/chat-template.ts';
import { encodePrompt, fitConversation } from '../../../../worker/generation/conversation.ts';
import { templates, type Prompt } from '../../../../worker/generation/templates.ts';

const user = (content: string): Turn => ({ role: 'user', content });
const answer = (content: string): Turn => ({ role: 'assistant', content });
const system = (content: string): Turn => ({ role: 'system', content });
const shown = ({ pieces }: Prompt): string => pieces.map(({ text, end }) => text + (end ? '<END>' : '')).join('');
const conversation = [user('One?'), answer('Two.'), user('Three?')];

describe('templates', () => {
  it('leave raw text as it is: what was written follows without a gap, what is said after it begins a paragraph', () => {
    expect(shown(templates.plain(conversation))).toBe('One?Two.\n\nThree?');
    expect(shown(templates.plain([user('The wh'), answer('ale'), answer(' swam.')]))).toBe('The whale swam.');
    expect(shown(templates.plain([user('A'), answer('B'), user(' C')]))).toBe('AB C');
    expect(templates.plain([]).pieces).toEqual([]);
  });

  it('templates of chats are what data sets of chats are made of, with the end of text after every answer', () => {
    const { pieces, stops } = templates.instruction([system('Be kind.'), ...conversation]);
    expect(shown({ pieces, stops })).toBe(
      '### System:\nBe kind.\n\n### Instruction:\nOne?\n\n### Response:\nTwo.<END>\n\n### Instruction:\nThree?\n\n### Response:\n',
    );
    expect(stops).toEqual(['\n### Instruction:']);
    const trained = renderChat(
      [...conversation, answer('Four.')].map(({ role, content }) => ({
        ...{ role: role === 'tool' ? ('other' as const) : role, name: role },
        ...{ content, learned: true },
      })),
    );
    const text = trained.map((segment) => segment.text + (segment.turnEnd ? '<END>' : '')).join('');
    expect(text.startsWith(shown(templates.instruction(conversation)))).toBe(true);
  });

  it('put headings before what is said', () => {
    expect(shown(templates.dialogue([system('Be kind.'), user('Hi')]))).toBe('Be kind.\n\nUser: Hi\n\nAssistant:');
    expect(templates.dialogue([user('Hi')]).stops).toEqual(['\nUser:']);
    expect(shown(templates.alpaca([user('Hi')]))).toMatch(/^Below is .*\n\n### Instruction:\nHi\n\n### Response:\n$/);
  });

  it.each(['dialogue', 'alpaca', 'instruction'] as const)('leave an answer open that is gone on with (%s)', (name) => {
    const whole = shown(templates[name]([user('Hi'), answer('I a')]));
    expect(whole.endsWith('I a')).toBe(true);
    expect(whole).toBe(
      `${shown(templates[name]([user('Hi')]))}${name === 'dialogue' ? ' ' : ''}I a`.replace(': I', ':I'),
    );
    expect(shown(templates[name]([user('Hi'), answer('I'), answer(' a')]))).toBe(whole);
  });
});

/** As Qwen and many others write theirs. */
const chatml =
  "{{ bos_token }}{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] | trim + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

describe("a model's own template", () => {
  it('is rendered as Hugging Face does, with the end of text told apart', () => {
    const template = new ChatTemplate(chatml, { bos: '<s>', eos: '<|im_end|>' });
    expect(shown(template.render(conversation))).toBe(
      '<s><|im_start|>user\nOne?<END>\n<|im_start|>assistant\nTwo.<END>\n<|im_start|>user\nThree?<END>\n<|im_start|>assistant\n',
    );
  });

  it('leaves an answer open that is gone on with, as it was written', () => {
    const template = new ChatTemplate(chatml, { eos: '<|im_end|>' });
    const prompt = template.render([user('Hi'), answer(' I am ')]);
    expect(shown(prompt)).toBe('<|im_start|>user\nHi<END>\n<|im_start|>assistant\nI am ');
  });

  it("a model's own template that cannot be read, or refuses, says so", () => {
    expect(() => new ChatTemplate('{% for %}')).toThrow(/Cannot use the model's chat template/);
    const strict = new ChatTemplate("{{ raise_exception('Roles must alternate.') }}");
    expect(() => strict.render([user('a')])).toThrow(/Roles must alternate/);
  });

  it('is ended where it runs or builds texts without bounds', () => {
    const hostile = [
      '{%- for a in range(30000) -%}{%- for b in range(30000) -%}{{ a }}{%- endfor -%}{%- endfor -%}',
      '{% for i in range(1000000000) %}{% endfor %}',
      "{% set ns = namespace(a='x') %}{% for i in range(60) %}{% set ns.a = ns.a + ns.a %}{% endfor %}{{ ns.a }}",
      "{% set ns = namespace(a=['x']) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}{% endfor %}{{ ns.a|tojson }}",
      "{{ 'x'|indent(500000000, true) }}",
      '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}',
      '{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}',
    ];
    for (const source of hostile) {
      const started = performance.now();
      expect(() => new ChatTemplate(source).render([user('a')]), source).toThrow(
        /Cannot use the model's chat template/,
      );
      expect(performance.now() - started, source).toBeLessThan(20_000);
    }
  });

  it('may be as long as long chats are', () => {
    const template = new ChatTemplate(chatml, { eos: '<|im_end|>' });
    const long = Array.from({ length: 2000 }, (_, index) =>
      index % 2 ? answer('a'.repeat(500)) : user('q'.repeat(500)),
    );
    expect(template.render([...long, user('x'.repeat(10_000_000))]).pieces).toHaveLength(2002);
  });

  it('may write the date', () => {
    const text = shown(new ChatTemplate("{{ strftime_now('%d %b %Y %%') }}").render([user('a')]));
    expect(text).toMatch(/^\d\d [A-Z][a-z]{2} 20\d\d %$/);
  });

  it('is found beside the model, in either of its places', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'hyena-template-'));
    try {
      expect(await readChatTemplate(folder)).toBeNull();
      const write = (name: string, value: unknown) =>
        writeFile(path.join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
      await write('tokenizer_config.json', { tokenizer_class: 'X', eos_token: { content: '</s>' } });
      expect(await readChatTemplate(folder)).toBeNull();
      await write('tokenizer_config.json', {
        eos_token: { content: '</s>' },
        chat_template: [
          { name: 'tools', template: 'tools' },
          { name: 'default', template: '{{ messages[0].content }}{{ eos_token }}' },
        ],
      });
      expect(shown((await readChatTemplate(folder))!.render([user('Hi')]))).toBe('Hi<END>');
      await write('chat_template.jinja', '[{{ messages[0].content }}]');
      expect(shown((await readChatTemplate(folder))!.render([user('Hi')]))).toBe('[Hi]');
      await write('tokenizer_config.json', '{');
      await expect(readChatTemplate(folder)).rejects.toMatchObject({ code: 'bad-input' });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('a conversation', () => {
  it('has the end of text as a token, and what looks like it in a text as text', async () => {
    const gpt2 = await loadTokenizer({ kind: 'gpt2' });
    expect(gpt2).toBeInstanceOf(BytePairTokenizer);
    const ids = [...encodePrompt(gpt2, templates.instruction([user('<|endoftext|>'), answer('B'), user('C')]))];
    expect(ids.filter((id) => id === gpt2.endOfText)).toHaveLength(1);
  });

  const many = [
    system('S'),
    ...Array.from({ length: 9 }, (_, index) => (index % 2 ? answer(`a${index}`) : user(`q${index}`))),
  ];
  const fit = (room: number, name: 'plain' | 'instruction') => {
    const { ids, left } = fitConversation(many, templates[name], bytesTokenizer, room, name === 'plain');
    return { text: bytesTokenizer.decode(ids), length: ids.length, left };
  };

  it('a conversation that fits is whole', () => {
    expect(fit(1000, 'instruction').left).toEqual({ turns: 0, tokens: 0 });
  });

  it('a conversation that does not fit loses its first messages, never the system’s, the last, or a question of an answer', () => {
    const whole = fit(1000, 'instruction').length;
    for (let room = 60; room < whole; room += 7) {
      const { text, length, left } = fit(room, 'instruction');
      expect(text.startsWith('### System:\nS\n\n### Instruction:\n')).toBe(true);
      expect(text.endsWith('q8\n\n### Response:\n')).toBe(true);
      expect(left.turns % 2).toBe(0);
      expect(length + left.tokens).toBe(whole);
      if (left.turns < 8) expect(length).toBeLessThanOrEqual(room);
    }
    expect(fit(3, 'instruction').left.turns).toBe(8);
  });

  it('a conversation of raw text keeps its last tokens', () => {
    const whole = fit(1000, 'plain').text;
    expect(fit(6, 'plain').text).toBe(whole.slice(-6));
    expect(fit(6, 'plain').left.turns).toBeGreaterThan(5);
  });
});

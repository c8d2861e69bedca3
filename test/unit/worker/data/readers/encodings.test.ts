import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { useFiles, zip } from './samples.ts';

const { read } = useFiles();

const texts = {
  french:
    'L’été dernier, la vieille horloge sonnait à midi. « Où est le garçon ? » demanda sa sœur, déçue. Ça va être très drôle.',
  german:
    'Über den Dächern hört man Glocken; „Grüße aus Köln“, schrieb die Nachbarin und fuhr mit großem Gepäck weiter.',
  spanish:
    '¿Dónde está el niño? La mañana siguiente llegó la lluvia, según decía el señor del último piso. ¡Qué lástima!',
  danish: 'På øen står et gammelt tårn, og børnene løber rundt om det, når sæsonen er forbi og gæsterne rejser hjem.',
  polish: 'Zażółć gęślą jaźń. Wśród gór świeciło słońce, a źródło płynęło przez łąkę aż do małej wsi.',
  czech: 'Příliš žluťoučký kůň úpěl ďábelské ódy. Děti běžely přes louku a večer šly domů.',
  hungarian: 'Árvíztűrő tükörfúrógép. A fűzfák között egy öreg őr járt, és esténként köszönt a vendégeknek.',
  turkish: 'Şu köşe yaz köşesi, bu köşe kış köşesi. Çocuklar ağaçların altında güneşin batışını izliyordu.',
  russian: 'Утром пошёл снег, и улицы стали тихими. Старик вышел во двор, взял лопату и долго смотрел на белую крышу.',
  ukrainian: 'Її хата стояла біля річки, де щовечора співали птахи, і ніхто не знав, звідки вони прилітають.',
  greek: 'Το παλιό καφενείο άνοιγε νωρίς το πρωί, και οι ψαράδες έπιναν τον καφέ τους κοιτάζοντας τη θάλασσα.',
  hebrew: 'בבוקר יצא הזקן אל הגינה, השקה את הפרחים וישב לקרוא ספר ישן עד שהשמש עמדה מעל לבית.',
  arabic: 'في الصباح خرج الرجل إلى الحديقة وسقى الأزهار ثم جلس يقرأ كتابا قديما حتى ارتفعت الشمس فوق البيت.',
  thai: 'ในตอนเช้าชายชราออกไปที่สวน รดน้ำดอกไม้ แล้วนั่งอ่านหนังสือเก่าจนกระทั่งดวงอาทิตย์ขึ้นสูง',
  hindi: 'सुबह बूढ़ा आदमी बगीचे में गया, फूलों को पानी दिया और पुरानी किताब पढ़ने बैठ गया।',
  korean: '아침에 노인은 정원으로 나가 꽃에 물을 주고 해가 집 위로 높이 떠오를 때까지 오래된 책을 읽었다.',
  japanese: '朝、老人は庭に出て花に水をやり、太陽が家の上に高く昇るまで古い本を読んでいた。カフェはまだ開いていない。',
  chinese: '早上，老人走到花园里给花浇水，然后坐下来读一本旧书，直到太阳高高地升到屋顶上。',
  traditional: '早上，老人走到花園裡給花澆水，然後坐下來讀一本舊書，直到太陽高高地升到屋頂上。',
};
type Language = keyof typeof texts;

const legacy: [string, Language[]][] = [
  ['windows-1252', ['french', 'german', 'spanish', 'danish']],
  ['macroman', ['french', 'german', 'spanish', 'danish']],
  ['cp850', ['german', 'spanish', 'danish']],
  ['cp437', ['german', 'spanish']],
  ['windows-1250', ['polish', 'czech', 'hungarian']],
  ['iso-8859-2', ['polish', 'czech', 'hungarian']],
  ['cp852', ['polish', 'czech', 'hungarian']],
  ['maccenteuro', ['polish', 'czech', 'hungarian']],
  ['windows-1254', ['turkish']],
  ['windows-1251', ['russian', 'ukrainian']],
  ['koi8-r', ['russian']],
  ['koi8-u', ['ukrainian']],
  ['iso-8859-5', ['russian', 'ukrainian']],
  ['cp866', ['russian']],
  ['maccyrillic', ['russian']],
  ['windows-1253', ['greek']],
  ['iso-8859-7', ['greek']],
  ['cp737', ['greek']],
  ['windows-1255', ['hebrew']],
  ['cp862', ['hebrew']],
  ['windows-1256', ['arabic']],
  ['windows-874', ['thai']],
  ['cp949', ['korean']],
  ['shift_jis', ['japanese']],
  ['euc-jp', ['japanese']],
  ['gb18030', ['chinese']],
  ['big5', ['traditional']],
];
const pairs = legacy.flatMap(([encoding, languages]) => languages.map((language) => [encoding, language] as const));
/** A text without the characters that an encoding lacks. */
const within = (text: string, encoding: string) =>
  [...text].filter((character) => iconv.decode(iconv.encode(character, encoding), encoding) === character).join('');

describe('a text without a mark', () => {
  it.each(pairs)('a text without a mark in %s, %s, is read and its encoding named', async (encoding, language) => {
    const text = within(texts[language], encoding);
    const { documents, problems } = await read('a.txt', iconv.encode(text, encoding));
    expect(documents.map((document) => document.text)).toEqual([text]);
    expect(problems).toEqual([
      expect.objectContaining({ severity: 'note', message: expect.stringContaining('read as') as string }),
    ]);
  });

  it.each([
    ['windows-1252', 'naïve'],
    ['windows-1252', 'It’s a “quoted” word — with a dash… and 5 € or £3.'],
    ['windows-1252', 'Temperature 20 °C ± 2 °C, 5 µm, © 2020'],
    ['macroman', 'Déjà vu à Orléans'],
    ['cp850', 'Müller, Größe, Überraschung'],
    ['windows-1251', 'Привет, мир!'],
    ['koi8-r', 'Привет, мир!'],
    ['cp866', 'Привет, мир!'],
    ['maccyrillic', 'Привет, мир!'],
    ['koi8-r', 'МОСКВА. ПРИКАЗ О НАЗНАЧЕНИИ'],
    ['windows-1252', 'ÄÖÜ ÜBERSICHT: GRÖSSE'],
    ['windows-1250', 'Čeština je krásný jazyk.'],
    ['windows-1257', 'Lietuvių kalba yra graži, žąsys ir šuo'],
    ['iso-8859-7', 'Καλημέρα κόσμε'],
    ['shift_jis', 'こんにちは、世界。'],
    ['shift_jis', 'ﾊﾝｶｸｶﾀｶﾅのテスト'],
    ['euc-jp', 'こんにちは、世界。'],
    ['gb18030', '你好，世界。这是测试。'],
    ['big5', '你好，世界。這是測試。'],
    ['cp949', '안녕하세요, 세계.'],
  ])('a text without a mark in %s that is as short as this is read: %s', async (encoding, text) => {
    expect((await read('a.txt', iconv.encode(text, encoding))).documents.map((document) => document.text)).toEqual([
      text,
    ]);
  });

  it.each(
    (Object.keys(texts) as Language[]).flatMap((language) =>
      ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'].map((encoding) => [encoding, language] as const),
    ),
  )('a text without a mark in %s, %s, is read, in archives too', async (encoding, language) => {
    const bytes = iconv.encode(texts[language], encoding, { addBOM: false });
    const plain = await read('a.txt', bytes);
    const zipped = await read('a.zip', zip({ 'a.txt': bytes }));
    const packed = await read('a.txt.gz', gzipSync(bytes));
    for (const { documents, problems } of [plain, zipped, packed]) {
      expect(documents.map(({ text }) => text)).toEqual([texts[language]]);
      expect(problems[0].message).toMatch(/read as UTF-(16|32)/);
    }
  });
});

describe('encodings of seven bits', () => {
  const japanese = '朝、老人は庭に出て花に水をやり、古い本を読んでいた。';
  const chinese = '早上，老人走到花园里给花浇水，ABC 然后坐下来读一本旧书。\n第二行。';
  const morning = 'GyRCRCshIk83P00kT0RtJEs9UCRGMlYkSz9lJHIkZCRqISI4RSQkS1wkckZJJHMkRyQkJD8hI';
  const samples: [name: string, base64: string, text: string][] = [
    [
      'ISO-2022-JP',
      `${morning}xsoQkFCQyAbJEIlKyVVJScbKEIKGyRCRnM5VExcJEckOSEjGyhC`,
      `${japanese}ABC カフェ\n二行目です。`,
    ],
    [
      'ISO-2022-JP',
      `${morning}xskKEQwITAiGyhCIBskQiUrJVUlJxsoQgobJEJGczlUTFwkRyQ5ISMbKEI=`,
      `${japanese}丂丄 カフェ\n二行目です。`,
    ],
    ['ISO-2022-JP', `${morning}xsoQkFCQyAbKEk2TCobKEIKGyRCRnM5VExcJEckOSEjGyhC`, `${japanese}ABC ｶﾌｪ\n二行目です。`],
    [
      'ISO-2022-KR',
      'GyQpQw4+RkQnPyEPIA4za0BOQDoPIA5BJD94QDg3Tg8gDjMqMCEPIA4yST8hDyAOOTBAOw8gDkFWMG0PIEFCQyAOP0A3ITVIDyAOQyVAOw8gDkBQPno0WQ8uCg41UUIwDyAOQVlATDRZDy4=',
      '아침에 노인은 정원으로 나가 꽃에 물을 주고 ABC 오래된 책을 읽었다.\n둘째 줄이다.',
    ],
    [
      'ISO-2022-CN',
      'GyQpQQ5UZ0lPIyxAT0hLV181PTsoVDBAbzh4Oyg9PUsuIywPQUJDIA5IOzpzV3hPQkA0NkFSOzE+PklKaSEjDwobJClBDjVaNn5QUCEjDw==',
      chinese,
    ],
    [
      'HZ-GB-2312',
      'fntUZ0lPIyxAT0hLV181PTsoVDBAbzh4Oyg9PUsuIyx+fUFCQyB+e0g7OnNXeE9CQDQ2QVI7MT4+SUppISN+fQp+ezVaNn5QUCEjfn0=',
      chinese,
    ],
    [
      'UTF-7',
      'U3ArQU9RLXRlciBzYWggQW5hIHNlK0FQRS1hbGVzOiBncitBUFlBM3ctZSwgbmErQU84LXZlIGNhZitBT2ssICtaZVZuTElxZSArSUJNICtBS3MtbytBUGtBdXct',
      'Später sah Ana señales: größe, naïve café, 日本語 – «où»',
    ],
    [
      'UTF-7',
      'K1ZENlBLVEJ2Y3lzd1p6QkNNSXN3QWxRTlVrMHdiekIrTUdCeElUQkVNQUl3YVRCVE1HZDFIekNNTUY4d1M1Z1RNR2lKaTE5VE1Fd3daREJMTUd3d0FnLQ==',
      '吾輩は猫である。名前はまだ無い。どこで生れたか頓と見当がつかぬ。',
    ],
  ];

  it.each(samples)('%s is read', async (name, base64, text) => {
    const bytes = Buffer.from(base64, 'base64');
    const { documents, problems } = await read('a.txt', bytes);
    expect(documents.map((document) => document.text)).toEqual([text]);
    expect(problems.map(({ message }) => message)).toEqual([`No encoding is stated; the file was read as ${name}.`]);
    const page = Buffer.concat([
      Buffer.from(`<html><meta charset="${name}"><title>T</title><p>`),
      bytes,
      Buffer.from('</p></html>'),
    ]);
    const html = await read('a.html', page);
    expect(html.documents[0].text).toBe(text.replaceAll('\n', ' '));
    expect(html.problems).toEqual([]);
  });

  it('are read behind much ASCII, and torn anywhere', async () => {
    const [[, base64, text]] = samples;
    const lines = 'plain words\n'.repeat(100_000);
    const bytes = Buffer.concat([
      Buffer.from(lines),
      ...Array.from({ length: 9000 }, () => [Buffer.from(base64, 'base64'), Buffer.from('\n')]).flat(),
    ]);
    const { documents } = await read('a.txt', bytes);
    expect(documents[0].text === lines + `${text}\n`.repeat(9000)).toBe(true);
  });

  it('are not seen in colours of a terminal, in programs, or in Base64', async () => {
    for (const text of [
      '\x1b[31mred\x1b[0m and \x1b[1mbold\x1b[m\n',
      'if (~{a}~) b = ~{c}~;\n',
      'a+ABC-b+AAAA-c+def-\n',
    ])
      expect(await read('a.txt', text.repeat(50))).toMatchObject({
        documents: [{ text: text.repeat(50) }],
        problems: [],
      });
  });
});

describe('a text that begins in ASCII', () => {
  const lines = Array.from({ length: 30_000 }, (_, line) => `Line ${line}: nothing but plain words.`).join('\n');
  it.each([
    ['windows-1252', texts.french],
    ['shift_jis', texts.japanese],
    ['gb18030', texts.chinese],
    ['koi8-r', texts.russian],
    ['utf-8', texts.thai],
  ])('and has %s further on is read, in archives too', async (encoding, late) => {
    const text = `${lines}\n${late}\n${lines}\n${late}`;
    const bytes = iconv.encode(text, encoding);
    for (const [name, content] of [
      ['a.txt', bytes],
      ['a.txt.gz', gzipSync(bytes)],
      ['a.zip', zip({ 'a.txt': bytes })],
    ] as const) {
      const { documents, problems } = await read(name, content);
      expect(documents.length).toBe(1);
      expect(documents[0].text === text).toBe(true);
      expect(problems.length).toBe(encoding === 'utf-8' ? 0 : 1);
    }
  });

  it('and is binary further on is refused', async () => {
    const bytes = Buffer.concat([Buffer.from(lines.repeat(3)), Buffer.alloc(200_000)]);
    for (const content of [gzipSync(bytes)]) {
      const { documents, problems } = await read('a.txt.gz', content);
      expect(documents).toEqual([]);
      expect(problems[0].message).toMatch(/binary data/);
    }
  });
});

describe('a text of two encodings', () => {
  const utf8 = `${texts.german}\n`.repeat(20);
  const old = `${texts.french}\n`.repeat(20);
  it.each([
    ['first UTF-8', [Buffer.from(utf8), iconv.encode(old, 'windows-1252')], utf8 + old],
    ['last UTF-8', [iconv.encode(old, 'windows-1252'), Buffer.from(utf8)], old + utf8],
    [
      'first UTF-8, far apart',
      [Buffer.from(utf8.repeat(300)), iconv.encode(old.repeat(300), 'windows-1252')],
      utf8.repeat(300) + old.repeat(300),
    ],
  ])('is read line by line, and told: %s', async (_, parts, text) => {
    const { documents, problems } = await read('a.txt', Buffer.concat(parts));
    expect(documents[0].text === text).toBe(true);
    expect(problems.map(({ message }) => message).join()).toMatch(/\d+ lines are not UTF-8.*Windows-1252/);
  });

  it('a text that is UTF-8 with a little damage stays as it is', async () => {
    const { documents, problems } = await read('a.txt', Buffer.concat([Buffer.from(utf8), Buffer.from([0xe9])]));
    expect(documents[0].text).toBe(`${utf8}\ufffd`);
    expect(problems.map(({ message }) => message).join()).toMatch(/1 byte sequence is not valid UTF-8/);
  });
});

describe('what cannot be decoded', () => {
  it('is counted', async () => {
    const bytes = Buffer.concat([iconv.encode(texts.japanese.repeat(5), 'shift_jis'), Buffer.from([0x81, 0x0a])]);
    const { problems } = await read('a.txt', bytes);
    expect(problems.map(({ message }) => message).join()).toMatch(/1 byte sequence is not valid Shift-JIS/);
  });

  it('is refused by name', async () => {
    const ebcdic =
      '48jFQNLF4+PTxUDW1UDjyMVA4sjF08ZAyeJAwtPkxUDB1cRA48jFQNbjyMXZQNLF4+PTxUDJ4kDZxcRLQNWWgpaEqECSlZamokCjiIVAo4iJmYRAlpWFSw==';
    const { documents, problems } = await read('a.txt', Buffer.from(ebcdic, 'base64'));
    expect(documents).toEqual([]);
    expect(problems[0].message).toMatch(/EBCDIC/);
  });

  it('follows what a file says of itself', async () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-2"?><a>${texts.polish}</a>`;
    const { documents, problems } = await read('a.xml', iconv.encode(xml, 'iso-8859-2'));
    expect(documents[0].text).toBe(within(xml, 'iso-8859-2'));
    expect(problems).toEqual([]);
  });
});

describe('Johab', () => {
  // Written by Python's codec.
  const bytes =
    'tGHDsbVBIJGht6W3ZSC497alt2GdoSCQYYhhII25tUEgoom3aSC6gYmhINCBiGEgu7MgtuGdoSCRvLehIJjhtaGfaSCYgYxhu6EgtaGcgZZFIMCCt2kgt6q09pRhLiD30/GuINloCg==';
  const text = `${texts.korean} 漢字 ※\n`;

  it('is read as Korean, and told', async () => {
    const decoded = await read('a.txt', Buffer.from(bytes, 'base64'));
    expect(decoded.documents[0].text).toBe(text);
    expect(decoded.problems.map(({ message }) => message).join()).toMatch(/Johab/);
  });
});

describe('UTF-8 that a program read as Windows-1252', () => {
  const misread = (text: string) => iconv.decode(Buffer.from(text), 'windows-1252');

  it.each([
    ['a.txt', misread(texts.french)],
    ['a.json', JSON.stringify([{ text: misread(texts.german) }, { text: misread('Grüße 😀 – tschüß') }])],
    ['a.csv', `id,text\n1,"${misread(texts.spanish)}"\n`],
  ])('is told in %s, and stays as it is', async (name, content) => {
    const { documents, problems } = await read(name, content);
    expect(documents[0].text).toContain('Ã');
    expect(problems.map(({ message }) => message).join()).toMatch(
      /\d+ characters look like UTF-8 that a program read as/,
    );
  });

  it('is not seen in texts that use such letters', async () => {
    for (const text of [
      ...Object.values(texts),
      '„Spaß“, groß… «CAFÉ» ÂMBAR NÃO IRMÃ ÃO ‚É‘ “À” l’été… à « mi-août » Æ° ð ÐÞ',
      'The bytes of é read as Ã© once.',
    ])
      expect((await read('b.txt', text)).problems).toEqual([]);
  });
});

describe('a few bytes', () => {
  it.each(['9a21f3077bd2c45e88', '4e01c7639fd16e02', '00ff10e7a39c5b', '7f454c4601c7d2', '1a00c34fe1902277ac0b'])(
    'of no text are not taken for UTF-16: %s',
    async (hex) => {
      const { documents, problems } = await read('a.txt', Buffer.from(hex, 'hex'));
      expect(documents).toEqual([]);
      expect(problems[0].severity).toBe('skipped');
    },
  );

  it.each(['Hello, you', 'Привет', 'γειά', 'こんにちは、世界'])('of UTF-16 without a mark are: %s', async (text) => {
    for (const encoding of ['utf-16le', 'utf-16be'])
      expect((await read('a.txt', iconv.encode(text, encoding))).documents[0].text).toBe(text);
  });
});

describe('less usual bytes', () => {
  it('characters of two surrogates are decoded and counted', async () => {
    const pair = Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]);
    const line = Buffer.concat([Buffer.from('Emoji '), pair, Buffer.from(' and café, 한국어\n')]);
    const { documents, problems } = await read('a.txt', Buffer.concat([line, line]));
    expect(documents[0].text).toBe('Emoji 😀 and café, 한국어\n'.repeat(2));
    expect(problems.map(({ message }) => message)).toEqual([
      '2 characters were encoded as surrogate pairs (CESU-8) and were decoded.',
    ]);
  });

  it.each([
    ['gb18030', '新建文本文档'],
    ['gb18030', '我的文档'],
    ['big5', '會議記錄'],
    ['cp949', '회의록'],
    ['shift_jis', '灯台日誌表示能力'],
    ['shift_jis', 'ｱﾘｶﾞﾄｳ ｺﾞｻﾞｲﾏｽ'],
    ['windows-874', 'รายงานประจำปี'],
  ])('a few characters in %s: %s', async (encoding, text) => {
    expect((await read('a.txt', iconv.encode(text, encoding))).documents[0].text).toBe(text);
  });
});

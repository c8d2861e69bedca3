import { numberedName } from '../library/runs/free-name.ts';

const adjectives =
  'amber bold brisk calm clever dusky eager early fleet gentle golden hardy keen laughing lively lucid mellow nimble ' +
  'patient quick quiet rapid ready sandy sharp silver spotted steady striped sunny swift tawny vivid wary wild wise';
const animals =
  'aardwolf badger bear cheetah civet cobra crane dingo eagle falcon fox gazelle genet hare heron hyena ibex jackal ' +
  'kudu leopard lion lynx marten mongoose oryx otter owl puma raven serval tiger viper wolf wombat zebra zorilla';

const pick = (words: string): string => {
  const list = words.split(' ');
  return list[Math.floor(Math.random() * list.length)];
};

/** A name that can be read aloud, `swift-heron`, that is not taken yet. */
export function readableName(taken: (name: string) => boolean): string {
  for (let attempt = 0; attempt < 100; attempt++) {
    const name = `${pick(adjectives)}-${pick(animals)}`;
    if (!taken(name)) return name;
  }
  return numberedName(`${pick(adjectives)}-${pick(animals)}`, taken);
}

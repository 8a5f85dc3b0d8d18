import { address } from '../../../../shared/contracts/fields.ts';

/** Text of a channel as one line: line breaks and control characters become spaces; `undefined` when nothing is left. */
export function clean(text: string | null | undefined, maximum = 200): string | undefined {
  const line = (text ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line === '' ? undefined : cut(line, maximum);
}

/** The first characters of a text, no character halved. */
const cut = (text: string, maximum: number): string => text.slice(0, maximum).toWellFormed().trim();

/** An email or phone that cannot be kept is left out: it is no reason not to ship. */
export const kept = (field: 'email' | 'phone', text: string | null | undefined): string | undefined => {
  const parsed = address.shape[field].safeParse(clean(text, 254));
  return parsed.success ? parsed.data : undefined;
};

/** Facts of a channel as attributes: at most 50, in one line each, the empty ones left out; `undefined` when there are none. */
export function attributesOf(
  facts: Readonly<Record<string, string | number | boolean | null | undefined>>,
): Record<string, string> | undefined {
  const entries = Object.entries(facts).flatMap(([name, value]) => {
    const [key, text] = [clean(name, 100), clean(value == null ? undefined : String(value), 500)];
    return key === undefined || text === undefined ? [] : [[key, text] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries.slice(0, 50));
}

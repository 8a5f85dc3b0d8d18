/** What an id may go on with. */
const within = /[\p{L}\p{N}_-]/u;

/** True of a text that names an id, and not a longer one that the id is a part of: `ord_1-r1` is not in `(ord_1-r10)`. */
export function isNamedIn(text: string | null | undefined, id: string): boolean {
  if (text == null || id === '') return false;
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    const [before = ' ', after = ' '] = [text[at - 1], text[at + id.length]];
    if (!within.test(before) && !within.test(after)) return true;
  }
  return false;
}

/** True of two spellings of a tracking number: channels keep it with or without its blanks and hyphens, and some in capitals. */
export function isSameNumber(one: string | null | undefined, other: string): boolean {
  if (one == null) return false;
  const plain = (number: string) => number.replaceAll(/[\s-]/g, '').toUpperCase();
  return plain(one) === plain(other);
}

import { createHash } from 'node:crypto';

/** 128 bits: two rows that are not the same are taken for it less often than memory fails. */
const lanes = 4;
const firstCapacity = 1 << 12;
/** Above this part of its slots a table grows. */
const fullest = 0.6;

/**
 * Which shelves a file has spoken of: 16 bytes of hash for each in one typed array, because a million strings would not fit beside the rest.
 */
export class SeenRows {
  private slots = new Uint32Array(firstCapacity * lanes);
  private count = 0;

  /** How many shelves. */
  get size(): number {
    return this.count;
  }

  /** Notes a shelf; false when it was there before. */
  add(location: string, sku: string): boolean {
    if (this.count >= (this.slots.length / lanes) * fullest) this.grow();
    const isNew = this.put(createHash('sha256').update(`${location}\n${sku}`).digest(), 0);
    if (isNew) this.count += 1;
    return isNew;
  }

  /** Open addressing: the first lane says where to look, the next free slot takes it. */
  private put(hash: Buffer | Uint32Array, from: number): boolean {
    const lane = (index: number): number =>
      hash instanceof Uint32Array ? (hash[from + index] ?? 0) : hash.readUInt32LE(index * 4);
    // An empty slot is all zeros; no hash may be.
    const words = [lane(0) | 1, lane(1), lane(2), lane(3)];
    const capacity = this.slots.length / lanes;
    for (let slot = (words[1] ?? 0) % capacity; ; slot = (slot + 1) % capacity) {
      const at = slot * lanes;
      if (this.slots[at] === 0) {
        words.forEach((word, index) => (this.slots[at + index] = word));
        return true;
      }
      if (words.every((word, index) => this.slots[at + index] === word >>> 0)) return false;
    }
  }

  private grow(): void {
    const { slots } = this;
    this.slots = new Uint32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += lanes) if (slots[at] !== 0) this.put(slots, at);
  }
}

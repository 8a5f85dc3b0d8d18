import { type ShelfState } from '../../shared/model/stock/shelf.ts';

/** What there is of one SKU at one location: facts only, nothing derived. */
export interface ShelfFacts {
  onHand: number;
  allocated: number;
  held: number;
  damaged: number;
  qualityControl: number;
  safety: number;
}

/** The locations and channels of the model's world. */
export const places = ['wh', 'store'] as const;
export type Place = (typeof places)[number];
export const channels = ['web', 'vip'] as const;
export type ChannelId = (typeof channels)[number];

/**
 * A retailer's books as a person would keep them: what is on each shelf and what was promised to whom. What may still be promised or sold
 * is worked out anew from those facts each time it is asked, so that it cannot drift as a stored counter could.
 */
export class Books {
  readonly shelves: Record<Place, ShelfFacts> = { wh: emptyShelf(), store: emptyShelf() };
  reserved = 0;
  held = 0;
  readonly fenced: Record<ChannelId, number> = { web: 0, vip: 0 };
  readonly consumed: Record<ChannelId, number> = { web: 0, vip: 0 };

  /** Available to fulfill at a location. */
  atf(place: Place): number {
    const { onHand, allocated, held, damaged, qualityControl, safety } = this.shelves[place];
    return onHand - allocated - held - damaged - qualityControl - safety;
  }

  /** Available to sell. */
  ats(): number {
    const there = places.reduce((sum, place) => sum + this.atf(place), 0);
    return there - this.reserved - this.held - this.fenced.web - this.fenced.vip;
  }

  /** Units of a shelf in one state. */
  inState(place: Place, state: ShelfState): number {
    return state === 'sellable' ? this.atf(place) : this.shelves[place][state];
  }
}

function emptyShelf(): ShelfFacts {
  return { onHand: 0, allocated: 0, held: 0, damaged: 0, qualityControl: 0, safety: 0 };
}

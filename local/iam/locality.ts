/** Whose ARNs a call's names stand for. */
export interface Locality {
  readonly accountId: string;
  readonly region: string;
}

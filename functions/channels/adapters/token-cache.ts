import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type Token } from '../domain/connection.ts';

/** A token is made anew this long before it is over, so that no call begins with one that ends on the way. */
const marginMs = 60_000;

/** Tokens in the memory of a process; many that ask for one at once wait for the same call. */
export class TokenCache {
  private readonly tokens = new Map<string, { readonly token: string; readonly until: number }>();
  private readonly minting = new Map<string, Promise<Result<string>>>();

  /** The token of a name, from memory while it lasts. Refusals: those of `mint`. */
  get(name: string, mint: () => Promise<Result<Token>>): Promise<Result<string>> {
    const kept = this.tokens.get(name);
    if (kept !== undefined && Date.now() < kept.until) return Promise.resolve(ok(kept.token));
    const minting = this.minting.get(name) ?? this.mint(name, mint).finally(() => this.minting.delete(name));
    this.minting.set(name, minting);
    return minting;
  }

  /** Forgets a token: its channel refused it. */
  forget(name: string): void {
    this.tokens.delete(name);
  }

  private async mint(name: string, mint: () => Promise<Result<Token>>): Promise<Result<string>> {
    const minted = await mint();
    if (!minted.ok) return minted;
    const { token, expiresInSeconds } = minted.value;
    this.tokens.set(name, { token, until: Date.now() + Math.max(0, expiresInSeconds * 1000 - marginMs) });
    return ok(token);
  }
}

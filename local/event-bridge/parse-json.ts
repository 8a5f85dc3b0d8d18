import { type Json } from '../aws-service.ts';

/** `JSON.parse` with the type that it has by definition; undefined for a text that is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

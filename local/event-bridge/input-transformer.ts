import { type Json } from '../aws-service.ts';
import { readPath } from './json-path.ts';

/** `InputTransformer` of a target: named paths, and the template that uses them as `<name>`. */
export interface InputTransformer {
  readonly inputPathsMap?: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

/** What a target gets instead of the event; at most one of the three. */
export interface TargetInput {
  /** A constant JSON text. */
  readonly input?: string;
  /** The part of the event that is passed on. */
  readonly inputPath?: string;
  readonly inputTransformer?: InputTransformer;
}

const WHOLE_EVENT = new Set(['aws.events.event', 'aws.events.event.json']);

/** The text that a target receives for an event. `variables` are the predefined ones (`aws.events.rule-arn` and so on). */
export function targetInput(target: TargetInput, event: Json, variables: Record<string, string> = {}): string {
  if (target.input !== undefined) return target.input;
  if (target.inputTransformer) return transformInput(target.inputTransformer, event, variables);
  if (target.inputPath !== undefined) return JSON.stringify(readPath(event, target.inputPath) ?? null);
  return JSON.stringify(event);
}

/**
 * Fills an input template. Inside a JSON string a placeholder becomes text (escaped), elsewhere JSON; a path that finds
 * nothing becomes an empty string.
 */
export function transformInput(
  { inputPathsMap = {}, inputTemplate }: InputTransformer,
  event: Json,
  variables: Record<string, string> = {},
): string {
  const valueOf = (name: string): Json | undefined => {
    if (WHOLE_EVENT.has(name)) return event;
    const path = inputPathsMap[name];
    return path === undefined ? variables[name] : readPath(event, path);
  };
  let insideString = false;
  return inputTemplate.replace(/\\.|"|<([^<>\s]+)>/g, (token: string, name: string | undefined) => {
    if (token === '"') insideString = !insideString;
    if (name === undefined) return token;
    const value = valueOf(name);
    return insideString ? asText(value) : JSON.stringify(value ?? (value === null ? null : ''));
  });
}

function asText(value: Json | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

/** A route that matched, with what its path variables stand for. */
export interface RouteMatch<T> {
  readonly route: T;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the route for a method and a path. */
export type RouteMatcher<T> = (method: string, path: string) => RouteMatch<T> | undefined;

interface Leaf<T> {
  readonly route: T;
  readonly names: readonly string[];
}

interface Node<T> {
  readonly literal: Map<string, Node<T>>;
  variable?: Node<T>;
  readonly here: Map<string, Leaf<T>>;
  readonly greedy: Map<string, Leaf<T>>;
}

/**
 * Builds a matcher with API Gateway's order: literal segments before `{variable}` before `{proxy+}`, a method before `ANY`,
 * `$default` last (HTTP API developer guide, "Routing API requests"). Path variables come URL-decoded.
 */
export function compileRoutes<T extends { readonly key: string }>(routes: readonly T[]): RouteMatcher<T> {
  const root = emptyNode<T>();
  for (const route of routes) addRoute(root, route);
  const fallback = routes.find(({ key }) => key === '$default');
  return (method, path) => {
    const values: string[] = [];
    const leaf = find(root, segmentsOf(path), 0, method, values);
    if (leaf) return { route: leaf.route, pathParameters: parametersOf(leaf.names, values) };
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function emptyNode<T>(): Node<T> {
  return { literal: new Map(), here: new Map(), greedy: new Map() };
}

function addRoute<T extends { readonly key: string }>(root: Node<T>, route: T): void {
  if (route.key === '$default') return;
  const [method = '', path = ''] = route.key.split(' ');
  const names: string[] = [];
  let node = root;
  for (const segment of segmentsOf(path)) {
    const name = /^\{(.+?)(\+?)\}$/.exec(segment);
    if (name) names.push(name[1] ?? '');
    if (name?.[2] === '+') {
      node.greedy.set(method, { route, names });
      return;
    }
    node = name ? (node.variable ??= emptyNode()) : childOf(node, segment);
  }
  node.here.set(method, { route, names });
}

function childOf<T>(node: Node<T>, segment: string): Node<T> {
  const child = node.literal.get(segment) ?? emptyNode<T>();
  node.literal.set(segment, child);
  return child;
}

/** Depth first, most specific first; `values` holds what the variables of the found path matched. */
function find<T>(
  node: Node<T>,
  path: readonly string[],
  at: number,
  method: string,
  values: string[],
): Leaf<T> | undefined {
  const segment = path[at];
  if (segment === undefined) return ofMethod(node.here, method);
  const literal = node.literal.get(segment);
  const found = literal && find(literal, path, at + 1, method, values);
  if (found) return found;
  return findVariable(node, path, at, method, values) ?? findGreedy(node, path, at, method, values);
}

function findVariable<T>(
  node: Node<T>,
  path: readonly string[],
  at: number,
  method: string,
  values: string[],
): Leaf<T> | undefined {
  const segment = path[at];
  if (!node.variable || segment === undefined || segment === '') return undefined;
  values.push(decoded(segment));
  const found = find(node.variable, path, at + 1, method, values);
  if (!found) values.pop();
  return found;
}

function findGreedy<T>(
  node: Node<T>,
  path: readonly string[],
  at: number,
  method: string,
  values: string[],
): Leaf<T> | undefined {
  const leaf = ofMethod(node.greedy, method);
  if (leaf) values.push(decoded(path.slice(at).join('/')));
  return leaf;
}

function ofMethod<T>(leaves: ReadonlyMap<string, Leaf<T>>, method: string): Leaf<T> | undefined {
  return leaves.get(method) ?? leaves.get('ANY');
}

function segmentsOf(path: string): string[] {
  return path === '/' ? [] : path.slice(1).split('/');
}

function parametersOf(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

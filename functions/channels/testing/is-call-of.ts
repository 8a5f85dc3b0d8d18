/**
 * Whether a call is the listed one: `{}` stands for a part of a path, and a query counts where the list names one, as the first of it.
 * @param listed `METHOD /path`, `METHOD /path?query`
 */
export function isCallOf(listed: string, call: string): boolean {
  const pattern = listed.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{}', '[^/?]+');
  return new RegExp(`^${pattern}${listed.includes('?') ? '(&.*)?' : '([?].*)?'}$`).test(call);
}

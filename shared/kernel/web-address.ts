/** Whether a URL leads to this machine: nothing on the way can read what is sent. */
export const isThisMachine = ({ hostname }: URL): boolean =>
  /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/**
 * What is wrong with an address that secrets and orders are sent to, as the end of a sentence about it; `undefined` when nothing is.
 * It must be https, or http to this machine: a sandbox or a tunnel.
 */
export function addressFault(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null) return 'is no URL: give all of it, such as https://shop.example.com';
  if (url.username !== '' || url.password !== '')
    return 'has a user or a password in it: leave them out, credentials are given by themselves';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url))) return undefined;
  return 'must be https: http is taken to this machine only (localhost, 127.0.0.1, [::1])';
}

/** Whether a URL leads to this machine: nothing on the way can read what is sent. */
export const isThisMachine = ({ hostname }: URL): boolean =>
  /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/**
 * Whether a URL leads to a link-local address, where a cloud keeps the credentials of its machines (169.254.0.0/16, also written as IPv6;
 * fe80::/10; and fd00:ec2::/32, where AWS has the same services).
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
const isLinkLocal = ({ hostname }: URL): boolean =>
  /^(169\.254\.\d+\.\d+|\[::ffff:a9fe:[\da-f]+\]|\[fe[89ab][\da-f]:.*\]|\[fd00:ec2:.*\])$/.test(hostname);

/**
 * What is wrong with an address that secrets and orders are sent to, as the end of a sentence about it; `undefined` when nothing is.
 * It must be https, or http to this machine: a sandbox or a tunnel; and it must not be link-local.
 */
export function addressFault(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null) return 'is no URL: give all of it, such as https://shop.example.com';
  if (url.username !== '' || url.password !== '')
    return 'has a user or a password in it: leave them out, credentials are given by themselves';
  if (isLinkLocal(url)) return 'is a link-local address, which no channel has: give its public address';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url))) return undefined;
  return 'must be https: http is taken to this machine only (localhost, 127.0.0.1, [::1])';
}

/**
 * A page's address taken apart; values stay as they were written, as in WeChat, where pages decode them.
 *
 * @param from route of the page that asked, for relative addresses
 * @example parseAddress('../detail/detail?id=3&name=%E5%BC%A0', 'pages/home/home');
 * // → { route: 'pages/detail/detail', query: { id: '3', name: '%E5%BC%A0' } }
 */
export function parseAddress(url: string, from = ''): { route: string; query: Record<string, string> } {
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const query: Record<string, string> = {};
  for (const pair of search.split('&')) {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (name) query[name] = value;
  }
  const steps = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step && step !== '.') steps.push(step);
  }
  return { route: steps.join('/'), query };
}

/** The address of a page, ready for the browser's hash or a share card. */
export function formatAddress(route: string, query: Record<string, string>): string {
  const pairs = Object.entries(query).map(([name, value]) => (value ? `${name}=${value}` : name));
  return `/${route}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
}

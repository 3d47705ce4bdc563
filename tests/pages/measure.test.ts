import { figureFaults, figuresOf } from './measure';

const nested = (depth: number): Element => {
  const outer = document.createElement('div');
  let inner = outer;
  for (let i = 1; i < depth; i++) inner = inner.appendChild(document.createElement('div'));
  return outer;
};
const wide = (nodes: number): Element => {
  const outer = document.createElement('div');
  for (let i = 1; i < nodes; i++) outer.appendChild(document.createElement('i'));
  return outer;
};

describe('WeChat’s scoring rules', () => {
  it('allow 999 nodes and not a thousand', () => {
    expect(figureFaults('p', figuresOf(wide(999), {}))).toEqual([]);
    expect(figureFaults('p', figuresOf(wide(1000), {}))).toEqual(['p: 1000 nodes, 1000 or more']);
  });

  it('allow 29 nodes within each other and not thirty', () => {
    expect(figureFaults('p', figuresOf(nested(29), {}))).toEqual([]);
    expect(figureFaults('p', figuresOf(nested(30), {}))).toEqual(['p: 30 nodes deep, 30 or more']);
  });

  it('allow 256 KB of data and not a byte more, a Chinese letter being three', () => {
    const ofBytes = (bytes: number) => '省'.repeat(Math.floor((bytes - 2) / 3)) + 'x'.repeat((bytes - 2) % 3);
    expect(figureFaults('p', figuresOf(wide(1), ofBytes(262144)))).toEqual([]);
    expect(figureFaults('p', figuresOf(wide(1), ofBytes(262145)))).toHaveLength(1);
  });
});

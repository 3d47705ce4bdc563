/**
 * WeChat's scoring rules for a page, measured on what miniprogram-simulate rendered: it makes a node of every component,
 * as a phone does, so the figures are those of the page, TDesign's insides left out.
 */
const MOST_BYTES = 256 * 1024;
const MOST_NODES = 1000;
const MOST_DEPTH = 30;

export interface PageFigures {
  /** bytes of everything the page has set; no single setData can be more */
  bytes: number;
  nodes: number;
  depth: number;
}

export function figuresOf(dom: Element, data: unknown): PageFigures {
  const depthOf = (node: Element): number =>
    1 + Math.max(0, ...[...node.children].map((child) => depthOf(child)));
  return {
    bytes: new Blob([JSON.stringify(data)]).size,
    nodes: dom.querySelectorAll('*').length + 1,
    depth: depthOf(dom),
  };
}

/** What of it WeChat would take points off for. */
export function figureFaults(where: string, { bytes, nodes, depth }: PageFigures): string[] {
  return [
    ...(bytes > MOST_BYTES ? [`${where}: ${bytes} bytes of data, more than ${MOST_BYTES}`] : []),
    ...(nodes >= MOST_NODES ? [`${where}: ${nodes} nodes, ${MOST_NODES} or more`] : []),
    ...(depth >= MOST_DEPTH ? [`${where}: ${depth} nodes deep, ${MOST_DEPTH} or more`] : []),
  ];
}

import type { ChartTone, Measure, Picture, Shape } from './picture';

/** The part of a canvas context that is used; WeChat's and the browser's both have it. */
export interface Brush {
  fillStyle: string | object;
  strokeStyle: string | object;
  lineWidth: number;
  lineJoin: string;
  lineCap: string;
  globalAlpha: number;
  font: string;
  textAlign: string;
  textBaseline: string;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): void;
  fill(): void;
  stroke(): void;
  fillText(text: string, x: number, y: number): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  measureText(text: string): { width: number };
}

const fontOf = (fontPx: number, bold: boolean): string => `${bold ? 600 : 400} ${fontPx}px sans-serif`;

export function measureWith(brush: Brush): Measure {
  return (text, fontPx, bold) => {
    brush.font = fontOf(fontPx, bold);
    return brush.measureText(text).width;
  };
}

/** Draws a picture onto a brush that is already scaled to CSS pixels. */
export function paint(brush: Brush, picture: Picture, colours: Record<ChartTone, string>): void {
  brush.clearRect(0, 0, picture.width, picture.height);
  for (const shape of picture.shapes) {
    brush.globalAlpha = shape.kind === 'polygon' ? shape.opacity : 1;
    brush.fillStyle = colours[shape.tone];
    if (shape.kind === 'text') {
      brush.font = fontOf(shape.fontPx, shape.bold);
      brush.textAlign = shape.align;
      brush.textBaseline = 'middle';
      brush.fillText(shape.text, shape.x, shape.y);
      continue;
    }
    brush.beginPath();
    if (shape.kind === 'rect') roundRect(brush, shape);
    else shape.points.forEach((p, i) => (i === 0 ? brush.moveTo(p.x, p.y) : brush.lineTo(p.x, p.y)));
    if (shape.kind === 'line') {
      brush.strokeStyle = colours[shape.tone];
      brush.lineWidth = shape.thick;
      brush.lineJoin = 'round';
      brush.lineCap = 'round';
      brush.stroke();
      continue;
    }
    brush.closePath();
    brush.fill();
  }
  brush.globalAlpha = 1;
}

function roundRect(brush: Brush, rect: Extract<Shape, { kind: 'rect' }>): void {
  const { x, y, width, height } = rect;
  const radius = Math.min(rect.radius, width / 2, height / 2);
  brush.moveTo(x + radius, y);
  brush.arcTo(x + width, y, x + width, y + height, radius);
  brush.arcTo(x + width, y + height, x, y + height, radius);
  brush.arcTo(x, y + height, x, y, radius);
  brush.arcTo(x, y, x + width, y, radius);
}

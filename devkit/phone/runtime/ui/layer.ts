/** A DOM element with a class, text and children; everything the phone draws around the pages is made by it. */
export function draw<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** A button that says something and does something. */
export function drawButton(label: string, className: string, run: () => void): HTMLButtonElement {
  const button = draw('button', className, label);
  button.type = 'button';
  button.addEventListener('click', run);
  return button;
}

/** Something above all pages, closed by `close`; tapping beside it calls `dismissed`, if given. */
export interface Layer {
  close(): void;
}

/** Shows a panel above the pages: in the middle (`dialog`) or at the bottom (`sheet`). */
export function openLayer(
  place: 'dialog' | 'sheet',
  content: (Node | string)[],
  dismissed: (() => void) | null,
): Layer {
  const panel = draw('div', `layer-${place}`, ...content);
  panel.setAttribute('role', 'dialog');
  const mask = draw('div', `layer layer-at-${place}`, panel);
  const close = () => {
    mask.classList.add('closing');
    setTimeout(() => mask.remove(), 160);
    mask.style.pointerEvents = 'none';
    mask.removeAttribute('data-open');
  };
  mask.dataset.open = '';
  mask.addEventListener('click', (event) => {
    if (event.target !== mask || !dismissed) return;
    close();
    dismissed();
  });
  document.body.append(mask);
  return { close };
}

/**
 * Asks with one list at the bottom; answers the index, or null when nothing was picked.
 */
export function askList(title: string, items: string[], color = ''): Promise<number | null> {
  return new Promise((answer) => {
    const pick = (value: number | null) => () => {
      layer.close();
      answer(value);
    };
    const rows = items.map((item, i) => {
      const row = drawButton(item, 'sheet-row', pick(i));
      row.style.color = color;
      return row;
    });
    const content = [
      ...(title ? [draw('p', 'sheet-title', title)] : []),
      ...rows,
      drawButton('取消', 'sheet-row sheet-cancel', pick(null)),
    ];
    const layer = openLayer('sheet', content, () => answer(null));
  });
}
